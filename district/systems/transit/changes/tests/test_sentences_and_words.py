"""A change typed as a sentence, the words made for passengers, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from district.kernel.clock import CHINA
from district.systems.transit.changes.applying import Told
from district.systems.transit.changes.checking import faults
from district.systems.transit.changes.effects import effects_of
from district.systems.transit.changes.sentence import read_sentence
from district.systems.transit.changes.words import words_of
from district.systems.transit.demo.network import feed
from district.systems.transit.schedule import read

SCHEDULE = read(feed(date(2026, 1, 1), date(2026, 12, 31)))
AT = datetime(2026, 3, 4, 7, 0, tzinfo=CHINA)
NAMES = {stop_id: stop.name for stop_id, stop in SCHEDULE.stops.items()}

LINE_NAMES = [line.name for line in SCHEDULE.lines.values()]


def clock(hour: int, minute: int = 0, day: int = 4) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(("text", "kind", "lines", "begin", "end", "cause"), [
    ("今天8点到10点半因道路施工，演示1路不停靠永安街道公交站", "skip", ("L1",), clock(8), clock(10, 30), 10),
    ("明天演示2路、3路停运，天气原因", "suspend", ("L2", "L3"), clock(0, day=5), clock(0, day=6), 8),
    ("3月6日下午2点到4点 1路 绕行", "detour", ("L1",), clock(14, day=6), clock(16, day=6), 1),
    ("2路末班提前到17:30", "early_last", ("L2",), AT, clock(0, day=5), 1),
    ("3路晚点15分钟，前方事故", "delay", ("L3",), AT, clock(0, day=5), 6),
    ("1路加开8:10、8:25两班", "extra", ("L1",), AT, clock(0, day=5), 1),
    ("9点起1路停运", "suspend", ("L1",), clock(9), None, 1),
    ("请文明乘车", "notice", (), AT, None, 1),
])  # fmt: skip
def test_a_sentence_is_read_into_fields(text, kind, lines, begin, end, cause):
    found = read_sentence(text, SCHEDULE, AT)
    assert (found.kind, found.lines, found.begin, found.end, found.cause) == (kind, lines, begin, end, cause)


def test_a_sentence_names_stops_times_and_minutes():
    skip = read_sentence("1路不停靠永安街道公交站", SCHEDULE, AT)
    assert {NAMES[stop] for stop in skip.stops} == {"永安街道公交站"}
    assert read_sentence("1路加开8:10、8:25两班", SCHEDULE, AT).details == {"starts": ["08:10", "08:25"]}
    assert read_sentence("3路晚点15分钟", SCHEDULE, AT).details == {"minutes": 15}
    assert read_sentence("2路17:30末班提前", SCHEDULE, AT).details == {"last": "17:30"}
    assert read_sentence("2路8:10、8:18班次取消", SCHEDULE, AT).departures == ("08:10", "08:18")


def told(kind: str, **fields) -> Told:
    stops, lines = frozenset(fields.pop("at_stops", ())), frozenset(fields.pop("lines", ("L1",)))
    trips, begin, end = frozenset(fields.pop("trips", ())), clock(8).timestamp(), clock(12).timestamp()
    return Told(7, kind, lines, fields.pop("direction", ""), stops, trips, begin, end, fields)


def stop_named(name: str) -> str:
    return next(stop for stop, known in NAMES.items() if known == name)


DETOUR = {"from_stop": SCHEDULE.trips["L1-0-work-000"].pattern.stop_ids[3],
          "to_stop": SCHEDULE.trips["L1-0-work-000"].pattern.stop_ids[6],
          "stops": [{"name": "临时站", "lat": 36.83, "lon": 117.88}], "path": []}  # fmt: skip
ALL = [
    told("detour", **DETOUR), told("skip", at_stops=(stop_named("永安街道公交站"),)), told("cancel"), told("suspend"),
    told("moved", at_stops=(stop_named("永安街道公交站"),), lat=36.794, lon=117.848, note="路口东侧"),
    told("extra", lines=(), like="L1-0-work-000", starts=["08:10"]), told("early_last", last="17:30"),
    told("delay", minutes=15), told("notice"), told("cancel", trips=("L1-0-work-003",)), told("suspend", lines=()),
]  # fmt: skip


@pytest.mark.parametrize("change", ALL, ids=lambda change: change.kind)
def test_every_change_has_words_in_both_languages_with_its_lines_and_times(change):
    words = words_of(SCHEDULE, change, cause=10)
    assert "3月4日08:00至12:00" in words.text
    assert "道路施工" in words.text
    assert "4 March, 08:00 to 12:00" in words.text_en
    assert "road works" in words.text_en
    for text in (words.title, words.text, words.title_en, words.text_en):
        assert "{" not in text
    for zh in re.findall(r"[\u4e00-\u9fff]+", words.title_en + words.text_en):
        assert any(zh in name for name in [*NAMES.values(), *LINE_NAMES, "临时站", "北郊镇", "南郊镇"])


def test_a_detour_says_which_stops_are_not_served_and_which_are_instead():
    words = words_of(SCHEDULE, ALL[0])
    missed = [NAMES[stop] for stop in SCHEDULE.trips["L1-0-work-000"].pattern.stop_ids[4:6]]
    assert f"不停靠{'、'.join(missed)}" in words.text
    assert "临时停靠临时站" in words.text


@pytest.mark.parametrize("change", ALL[:8], ids=lambda change: change.kind)
def test_what_is_right_is_not_refused(change):
    assert faults(SCHEDULE, replace(change, lines=change.lines or frozenset({"L1"}))) == []


@pytest.mark.parametrize(("change", "codes"), [
    (told("skip"), {"stop_missing"}), (told("skip", lines=("L77",), at_stops=("Q",)), {"unknown_line", "unknown_stop"}),
    (told("early_last", last="half past five"), {"time_unreadable"}),
    (told("delay", minutes=0), {"minutes_out_of_range"}),
    (told("delay", lines=(), minutes=5), {"line_missing"}),
    (told("extra", like="?", starts=[]), {"like_missing", "starts_missing"}),
    (told("extra", like="L1-0-work-000", starts=["8h"]), {"time_unreadable"}),
    (told("detour", **{**DETOUR, "from_stop": DETOUR["to_stop"], "to_stop": DETOUR["from_stop"]}), {"detour_not_on_line"}),
    (told("detour", **{**DETOUR, "path": [[500, 1]]}), {"path_unreadable"}),
    (told("detour", **{**DETOUR, "stops": [{"name": "?"}]}), {"stop_unreadable"}),
    (told("moved", at_stops=(stop_named("永安街道公交站"),), lat=36.9, lon=117.9), {"moved_too_far"}),
    (told("moved", at_stops=(stop_named("永安街道公交站"),)), {"place_missing"}),
    (told("cancel", trips=("?",)), {"unknown_trip"}),
])  # fmt: skip
def test_what_is_wrong_is_refused_with_its_field_and_code(change, codes):
    assert {fault.code for fault in faults(SCHEDULE, change)} == codes


def test_effects_count_what_passengers_lose():
    day = date(2026, 3, 4)
    stop = stop_named("永安街道公交站")
    found = effects_of(SCHEDULE, day, told("skip", at_stops=(stop,)))
    assert found.visits == {stop: found.shortened}
    assert found.shortened == found.concerned > 0
    cancelled = effects_of(SCHEDULE, day, told("cancel"))
    assert cancelled.cancelled == cancelled.by_line["L1"]
    suspended = replace(told("suspend"), change_id=3, begin=0.0, end=2e9)
    again = effects_of(SCHEDULE, day, told("cancel"), [suspended])
    assert again.cancelled == 0
