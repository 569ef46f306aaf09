"""The tables, one file a noun; only re-exports here."""

from .care import CareContent, CareErasure, CareFigures, CareRecord, CareUnit
from .care_work import CareAppeal, CareHelp, CarePlan, CareTransfer, CareUnlock, CareVisit
from .disputes import Dispute, DisputeParty, DisputeStep, GroupDispute, GroupDisputeStep

__all__ = [
    "CareAppeal",
    "CareContent",
    "CareErasure",
    "CareFigures",
    "CareHelp",
    "CarePlan",
    "CareRecord",
    "CareTransfer",
    "CareUnit",
    "CareUnlock",
    "CareVisit",
    "Dispute",
    "DisputeParty",
    "DisputeStep",
    "GroupDispute",
    "GroupDisputeStep",
]
