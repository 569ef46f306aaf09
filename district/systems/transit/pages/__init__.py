"""The pages of the manifest, each from its sub-feature."""

from ..changes.pages import amend_change, change, change_act, change_stops, changes, new_change
from ..editions.pages import compare_editions, edition, edition_feed, editions, gtfs_zip, upload, upload_edition
from ..public.pages import departures, line, line_timetable, public_worker, stop, stop_code

__all__ = [
    "amend_change",
    "change",
    "change_act",
    "change_stops",
    "changes",
    "compare_editions",
    "departures",
    "edition",
    "edition_feed",
    "editions",
    "gtfs_zip",
    "line",
    "line_timetable",
    "new_change",
    "public_worker",
    "stop",
    "stop_code",
    "upload",
    "upload_edition",
]
