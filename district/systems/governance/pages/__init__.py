"""The views of the pages, one module a group; only re-exports here."""

from ..care.pages.desk import care_desk
from ..care.pages.disputes import (
    dispute,
    dispute_act,
    dispute_new,
    disputes,
    group_dispute,
    group_dispute_new,
    group_disputes,
)
from ..care.pages.oversight import care_figures, care_looks
from ..care.pages.records import care, care_act, care_ending, care_new, care_record
from ..care.pages.requests import care_decide, care_requests, care_withdraw
from .overview import overview

__all__ = [
    "care",
    "care_act",
    "care_decide",
    "care_desk",
    "care_ending",
    "care_figures",
    "care_looks",
    "care_new",
    "care_record",
    "care_requests",
    "care_withdraw",
    "dispute",
    "dispute_act",
    "dispute_new",
    "disputes",
    "group_dispute",
    "group_dispute_new",
    "group_disputes",
    "overview",
]
