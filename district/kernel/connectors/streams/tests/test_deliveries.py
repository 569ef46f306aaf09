from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from district.kernel.clock import now, stopped_at
from district.kernel.connectors.deliveries import carry_out
from district.kernel.connectors.models import Mode, Run, RunState, Source, SourceState, StreamMessage
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.runs import counts_agree
from district.kernel.connectors.streams import deliveries, keeping
from district.kernel.connectors.streams.description import wanted_of
from district.kernel.connectors.streams.message import Incoming
from district.kernel.connectors.tests.delivered import resource, rows_of
from district.kernel.connectors.tests.delivered import source as made_source
from district.kernel.datasets.models import Version

pytestmark = pytest.mark.django_db
SETTINGS = {"host": "broker.example", "topic": "office/readings"}
ITEMS = (
    {"name": "no", "title": "编号", "type": "integer"},
    {"name": "level", "title": "液位", "type": "number"},
)


def source(**settings: Any) -> Source:
    made = made_source(
        resource(*ITEMS),
        kind="mqtt",
        mode=Mode.APPEND,
        settings={**SETTINGS, "absent": ["level"], **settings},
    )
    SourceState.objects.create(source=made)
    return made


def come(of: Source, *payloads: Any, is_again: bool = False, identity: str = "") -> int:
    wanted = wanted_of("mqtt", of.settings, of.pk)
    bodies = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in payloads]
    messages = [
        Incoming("office/readings", body, identity and f"{identity}{n}", is_again)
        for n, body in enumerate(bodies)
    ]
    return keeping.keep(of.pk, messages, wanted)


def delivered(of: Source) -> Run:
    of.refresh_from_db()
    made = carry_out(Run.objects.create(source=of))
    of.refresh_from_db()
    assert counts_agree(made)
    return made


def numbers(of: Source) -> list[int]:
    return [row["no"] for row in rows_of(of.resource)]


def test_what_waits_becomes_one_version_and_the_next_begins_behind_it():
    of = source()
    come(of, {"no": 1}, {"no": 2})
    assert delivered(of).rows_taken == 2
    come(of, {"no": 3}, {"no": 3})
    assert delivered(of).rows_taken == 2
    assert delivered(of).version is None
    assert numbers(of) == [1, 2, 3, 3]
    assert Version.objects.count() == 2


def test_a_poison_message_is_kept_as_a_refused_row_and_stops_nothing():
    of = source()
    come(of, {"no": 1}, b"\xff\xfe no json \x00", 7, {"no": "many"}, {"no": 2})
    run = delivered(of)
    assert (run.state, run.rows_read, run.rows_taken, run.rows_refused) == (RunState.DONE, 5, 2, 3)
    assert sorted(run.refused.values_list("code", flat=True)) == ["bad_integer", "not_a_record", "not_json"]
    come(of, b"no json either")
    run = delivered(of)
    assert (run.state, run.rows_refused) == (RunState.DONE, 1)
    come(of, {"no": 3})
    assert delivered(of).rows_taken == 1
    assert numbers(of) == [1, 2, 3]


def test_a_message_may_hold_many_records():
    of = source(record_path="$.data")
    come(of, {"data": [{"no": 1, "level": 2.5}, {"no": 2}]}, {"data": {"no": 3}})
    delivered(of)
    assert numbers(of) == [1, 2, 3]


def test_a_message_sent_again_is_one_message_and_one_like_it_is_another():
    of = source()
    assert come(of, {"no": 1}) == 1
    assert come(of, {"no": 1}, is_again=True) == 0
    assert come(of, {"no": 1}) == 1
    assert come(of, {"no": 2}, is_again=True) == 1
    assert come(of, {"no": 5}, {"no": 6}, identity="S:") == 2
    assert come(of, {"no": 5}, {"no": 6}, identity="S:") == 0
    state = SourceState.objects.get(source=of)
    assert (state.received, state.repeated) == (8, 3)


def test_the_identity_a_message_has_itself_comes_first():
    of = source(id_path="$.id")
    assert come(of, {"id": "a", "no": 1}, {"id": "a", "no": 1}, {"id": "b", "no": 2}, identity="S:") == 2
    delivered(of)
    assert numbers(of) == [1, 2]


def test_messages_wait_for_company_before_they_make_a_version():
    of = source(every_s=60, most_rows=5)
    come(of, {"no": 1})
    assert deliveries.deliver_waiting() == []
    with stopped_at(now() + timedelta(seconds=61)):
        [run] = deliveries.deliver_waiting()
        assert deliveries.deliver_waiting() == []
    carry_out(Run.objects.get(pk=run.pk))
    come(of, *({"no": number} for number in range(5)))
    assert len(deliveries.deliver_waiting()) == 1


def test_a_delivery_that_failed_goes_on_after_a_pause():
    of = source()
    come(of, {"no": 1})
    failed = Run.objects.create(source=of, state=RunState.FAILED, code="broken", ended_at=now())
    SourceState.objects.filter(source=of).update(failures=2)
    with stopped_at(now() + timedelta(seconds=90)):
        assert deliveries.deliver_waiting() == []
    with stopped_at(now() + timedelta(seconds=130)):
        assert [run.pk for run in deliveries.deliver_waiting()] == [failed.pk]


def test_delivered_messages_are_forgotten_after_days_and_waiting_ones_never():
    of = source()
    come(of, {"no": 1})
    delivered(of)
    come(of, {"no": 2})
    with stopped_at(now() + timedelta(days=4)):
        assert deliveries.forget_delivered() == 1
    assert StreamMessage.objects.count() == 1


@pytest.mark.parametrize("topic", ["", "a b", "a/#/b", "a+/b", "x" * 401])
def test_a_topic_that_is_none_is_refused(topic):
    with pytest.raises(Refused) as refusal:
        wanted_of("mqtt", {**SETTINGS, "topic": topic}, 1)
    assert refusal.value.code == "topic_wrong"
