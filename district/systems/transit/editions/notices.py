"""What validation says of a feed, in words: code, severity, how often, and samples with file and row. Pure."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

SEVERITIES = ("ERROR", "WARNING", "INFO")
SAMPLES = 20
"""Kept of each kind: enough to find the rows, not a copy of a broken file."""


@dataclass(frozen=True)
class Notice:
    """`code`: of the canonical rules, or of ours (`feed_…`) for what keeps a file from being read at all."""

    code: str
    severity: str = "ERROR"
    total: int = 1
    samples: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "severity": self.severity, "total": self.total, "samples": list(self.samples)}

    @property
    def where(self) -> str:
        """File, row, field and value of the first sample: `stops.txt 第 3 行 stop_lat=…`."""
        return place_of(self.samples[0]) if self.samples else ""


def has_errors(notices: Iterable[Mapping[str, Any]]) -> bool:
    return any(each["severity"] == "ERROR" for each in notices)


def counts(notices: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Severity → notices altogether."""
    found = dict.fromkeys(SEVERITIES, 0)
    for each in notices:
        found[each["severity"]] += each["total"]
    return found


def ordered(notices: Iterable[Notice]) -> list[Notice]:
    """Errors first, then by how many."""
    return sorted(notices, key=lambda each: (SEVERITIES.index(each.severity), -each.total, each.code))


def place_of(sample: Mapping[str, Any]) -> str:
    """Where a sample lies, in Chinese."""
    parts = [str(sample.get("filename") or sample.get("childFilename") or "")]
    row = sample.get("csvRowNumber") or sample.get("newCsvRowNumber") or sample.get("currCsvRowNumber")
    if row:
        parts.append(f"第 {row} 行")
    name = sample.get("fieldName") or sample.get("childFieldName") or sample.get("columnName")
    value = sample.get("fieldValue")
    if name:
        parts.append(f"{name}={value}" if value not in (None, "") else str(name))
    known = {"filename", "childFilename", "csvRowNumber", "newCsvRowNumber", "currCsvRowNumber", "fieldName", "childFieldName",
             "columnName", "fieldValue"}  # fmt: skip
    rest = [f"{key}={_short(each)}" for key, each in sample.items() if key not in known and each not in (None, "")]
    return " ".join(part for part in (*parts, *rest[:4]) if part)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


@cache
def words() -> dict[str, str]:
    """Code → what it means, in Chinese."""
    with Path(__file__).with_name("notice_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["zh"] for row in csv.DictReader(file)}


@cache
def words_in_english() -> dict[str, str]:
    """Code → the validator's own short summary."""
    told = json.loads((files("gtfs_validator") / "data" / "notice_schema.json").read_text("utf-8"))
    return {code: each["shortSummary"] for code, each in told.items()} | OWN


OWN = {
    "feed_not_zip": "Not a readable zip file", "feed_too_large": "The file is too large",
    "feed_unpacked_too_large": "Too large when unpacked (looks like a zip bomb)",
    "feed_too_many_files": "Too many files in the archive", "feed_encrypted": "The archive has a password",
    "feed_damaged": "A file in the archive is damaged", "feed_bad_name": "A file name in the archive is not allowed",
    "feed_file_twice": "A file is in the archive more than once", "feed_not_utf8": "A file is not UTF-8",
    "feed_nul_bytes": "A file has NUL characters", "feed_unreadable": "The timetable cannot be read",
    "stops_in_one_place": "Two stops are in one place (less than 2 m apart)",
    "feed_no_days": "There is no day of service", "feed_no_trips": "There is no usable trip",
}  # fmt: skip
