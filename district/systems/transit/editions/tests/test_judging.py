"""Feeds of others: every broken one is told apart by code, file and row; none harms the platform."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from ...demo.network import feed as demo_feed
from ...tests import town
from .. import archive
from ..archive import looked_at
from ..judging import judged
from ..notices import words, words_in_english

REFERENCE = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "data" / "transit"
ON = date(2026, 3, 2)
WRONG = {
    "bad_date_format": ("invalid_date", "calendar.txt 第 2 行"), "contains_null": ("feed_nul_bytes", "stops.txt"),
    "duplicate_stop": ("stops_in_one_place", "stops.txt"), "empty_file": ("empty_file", "agency.txt"),
    "invalid_route_agency": ("foreign_key_violation", "routes.txt 第 4 行"),
    "missing_calendar": ("missing_calendar_and_calendar_date_files", ""),
    "missing_departure_time": ("stop_time_with_only_arrival_or_departure_time", "第 3 行"),
    "missing_routes": ("missing_required_file", "routes.txt"), "missing_stop_times": ("missing_required_file", "stop_times.txt"),
    "missing_trips": ("missing_required_file", "trips.txt"),
    "negative_stop_sequence": ("number_out_of_range", "stop_times.txt 第 9 行"),
    "undefined_stop": ("foreign_key_violation", "stop_times.txt 第 11 行"), "utf16": ("feed_not_utf8", "agency.txt"),
}  # fmt: skip
needs_cases = pytest.mark.skipif(not REFERENCE.exists(), reason="DISTRICT_REFERENCE names no reference data")


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return made.getvalue()


def unpacked(feed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(feed)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def codes(feed: bytes) -> set[str]:
    return {each.code for each in looked_at(feed)}


@needs_cases
def test_every_broken_feed_says_what_is_wrong_and_where():
    with (REFERENCE / "gtfs_cases" / "manifest.csv").open(encoding="utf-8") as file:
        expected = {row["file"].removesuffix(".zip"): row["expected"] for row in csv.DictReader(file)}
    assert {name for name, words in expected.items() if words.startswith("error")} == WRONG.keys()
    for name, said in expected.items():
        found = judged((REFERENCE / "gtfs_cases" / f"{name}.zip").read_bytes(), ON)
        if name in WRONG:
            code, where = WRONG[name]
            notices = [each for each in found.notices if each.code == code]
            assert notices, name
            assert any(where in place for place in _places(notices)), (name, list(_places(notices)))
            assert found.has_errors
        else:
            assert found.is_usable, name
        if said.startswith("warning"):
            assert not found.has_errors
            assert {each.code for each in found.notices} & {"duplicate_route_name", "unknown_column"}


def _places(notices):
    from ..notices import place_of

    return (place_of(sample) for each in notices for sample in each.samples or [{}])


def test_all_codes_have_words_in_both_languages():
    assert words().keys() == words_in_english().keys()
    assert all(words().values())


def test_what_is_no_sound_archive_is_refused_by_its_own_code():
    town_files = unpacked(town.feed())
    assert codes(b"no zip at all") == {"feed_not_zip"}
    assert codes(packed(town_files)[:-200]) == {"feed_not_zip"}
    assert codes(packed({**town_files, "../evil.txt": b"x"})) == {"feed_bad_name"}
    assert codes(packed({f"{number}.txt": b"a" for number in range(archive.MOST_FILES + 1)})) == {"feed_too_many_files"}
    damaged = bytearray(packed(town_files, zipfile.ZIP_STORED))
    place = damaged.index(b"stop_id,stop_name")
    damaged[place : place + 4] = b"XXXX"
    assert codes(bytes(damaged)) == {"feed_damaged"}
    assert codes(packed({**town_files, "stops.txt": "stop_id,站名\n".encode("gb18030")})) == {"feed_not_utf8"}
    assert codes(packed(town_files)) == set()


def test_a_bomb_is_left_before_it_unfolds(monkeypatch: pytest.MonkeyPatch):
    assert codes(packed({"stop_times.txt": b"0" * (12 << 20)})) == {"feed_unpacked_too_large"}
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 3000)
    assert "feed_unpacked_too_large" in codes(packed(unpacked(town.feed())))
    monkeypatch.setattr(archive, "LARGEST_PACKED", 3000)
    assert codes(town.feed()) == {"feed_too_large"}


def test_two_stops_in_one_place_are_noticed():
    files = unpacked(town.feed())
    files["stops.txt"] += b"twin,twin,36.8,117.86\r\n"
    found = {each.code: each for each in judged(packed(files), ON).notices}
    assert found["stops_in_one_place"].samples[0]["otherStopId"] == "s0"


def test_the_demonstration_feed_leaves_nothing_to_be_said():
    assert judged(demo_feed(date(2026, 1, 1), date(2026, 12, 31)), ON).notices == []
