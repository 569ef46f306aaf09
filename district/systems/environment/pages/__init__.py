"""The views of the pages, one module a group; only re-exports here."""

from .bulletins import bulletin_file, bulletins
from .data_quality import data_quality, finding
from .permits import edit_limit, fulfil, permit, permits
from .readings import correct, corrections, decide, readings
from .sources import (
    add_file_record,
    add_state_mark,
    file_record_attachment,
    source,
    source_contact,
    sources,
    withdraw_file_record,
)
from .supervision import answer, case, case_attachment, review, supervision

__all__ = [
    "add_file_record",
    "add_state_mark",
    "answer",
    "bulletin_file",
    "bulletins",
    "case",
    "case_attachment",
    "correct",
    "corrections",
    "data_quality",
    "decide",
    "edit_limit",
    "file_record_attachment",
    "finding",
    "fulfil",
    "permit",
    "permits",
    "readings",
    "review",
    "source",
    "source_contact",
    "sources",
    "supervision",
    "withdraw_file_record",
]
