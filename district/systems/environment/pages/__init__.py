"""The views of the pages, one module a group; only re-exports here."""

from .air import air
from .bulletins import bulletin_file, bulletins
from .coverage import coverage, coverage_points, coverage_shapes
from .data_quality import data_quality, finding
from .device_commands import ask_device, cancel_command, device_commands
from .devices import add_device, device, devices, edit_device
from .map import map, map_cases, map_frame, map_layer, map_reaches
from .noise import noise
from .open_data import open_data, open_data_file
from .permits import edit_limit, fulfil, permit, permits
from .public_air import public_air
from .quarantine import decide_message, quarantine, quarantined_message
from .readings import correct, corrections, decide, readings
from .sources import (
    add_file_record,
    add_state_mark,
    amend_file_record,
    file_record_attachment,
    source,
    source_contact,
    sources,
    withdraw_file_record,
)
from .stations import station, stations
from .supervision import answer, case, case_attachment, review, supervision
from .surface_water import surface_water
from .tracing import tracing

__all__ = [
    "add_device",
    "add_file_record",
    "add_state_mark",
    "air",
    "amend_file_record",
    "answer",
    "ask_device",
    "bulletin_file",
    "bulletins",
    "cancel_command",
    "case",
    "case_attachment",
    "correct",
    "corrections",
    "coverage",
    "coverage_points",
    "coverage_shapes",
    "data_quality",
    "decide",
    "decide_message",
    "device",
    "device_commands",
    "devices",
    "edit_device",
    "edit_limit",
    "file_record_attachment",
    "finding",
    "fulfil",
    "map",
    "map_cases",
    "map_frame",
    "map_layer",
    "map_reaches",
    "noise",
    "open_data",
    "open_data_file",
    "permit",
    "permits",
    "public_air",
    "quarantine",
    "quarantined_message",
    "readings",
    "review",
    "source",
    "source_contact",
    "sources",
    "station",
    "stations",
    "supervision",
    "surface_water",
    "tracing",
    "withdraw_file_record",
]
