from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.events.codec import EventError, decoded, encoded
from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class Everything(Event):
    text: str
    count: int
    value: float
    is_good: bool
    at: datetime
    maybe: datetime | None
    either: str | int | None
    many: tuple[float, ...]
    pair: tuple[str, datetime]
    table: dict[str, int]
    late: str = "later"
    notes: dict[str, str] = field(default_factory=dict)


zones = st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))
instants = st.datetimes(timezones=zones)
numbers = st.floats(allow_nan=False, allow_infinity=False)
events = st.builds(
    Everything, st.text(), st.integers(), numbers, st.booleans(), instants, st.none() | instants,
    st.none() | st.integers() | st.text(), st.lists(numbers).map(tuple), st.tuples(st.text(), instants),
    st.dictionaries(st.text(), st.integers()), st.text(), st.dictionaries(st.text(), st.text()),
)


@given(events)
def test_an_event_survives_the_journey_through_json(event):
    import json

    assert decoded(Everything, json.loads(json.dumps(encoded(event)))) == event


@pytest.mark.parametrize(
    ("field_name", "value"),
    [("at", datetime(2026, 1, 1)), ("value", float("nan")), ("value", float("inf")), ("text", b"bytes"),
     ("many", [1.0]), ("table", {1: 2})],
)
def test_what_json_cannot_carry_is_refused_by_the_name_of_its_field(field_name, value):
    good = dict(
        text="", count=0, value=0.0, is_good=True, at=datetime(2026, 1, 1, tzinfo=UTC), maybe=None,
        either=None, many=(), pair=("", datetime(2026, 1, 1, tzinfo=UTC)), table={},
    )
    with pytest.raises(EventError, match=field_name):
        encoded(Everything(**good | {field_name: value}))


@dataclass(frozen=True)
class Small(Event):
    count: int
    at: datetime
    late: str = "later"


def test_messages_from_before_and_after_an_upgrade_are_read():
    at = "2026-01-01T00:00:00+08:00"
    assert decoded(Small, {"count": 1, "at": at, "unknown": 5}).late == "later"


@pytest.mark.parametrize(
    "payload",
    [{"count": "1", "at": "2026-01-01T00:00:00+08:00"}, {"count": True, "at": "2026-01-01T00:00:00+08:00"},
     {"count": 1, "at": "yesterday"}, {"count": 1}],
)
def test_a_payload_that_misfits_is_refused(payload):
    with pytest.raises(EventError):
        decoded(Small, payload)
