from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from district.kernel.alerts.models import Notice
from district.kernel.cases import actions
from district.kernel.cases.cards import give_cards
from district.kernel.cases.models import Card, Case, Entry, Task
from district.kernel.clock import CHINA, stopped_at
from district.testing.people import account
from district.testing.procedures import CLERK, LEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("version")]

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


@pytest.fixture
def case():
    """Its first task is due at 11:00 on the day, the case after five working days, in the evening of 9 March."""
    with stopped_at(MONDAY):
        account(CLERK)
        return actions.open_case(
            system="trial",
            procedure="plain",
            title="路灯不亮",
            channel="hotline",
            kind="投诉",
            idempotency_key="one",
        )


def cards_at(moment: datetime) -> list[tuple[str, bool]]:
    with stopped_at(moment):
        give_cards()
    return [(card.colour, card.task_id is not None) for card in Card.objects.order_by("pk")]


def test_cards_come_when_they_are_due_and_once(case):
    assert cards_at(MONDAY + timedelta(minutes=89)) == []
    assert cards_at(MONDAY + timedelta(minutes=91)) == [("yellow", True)]
    assert cards_at(MONDAY + timedelta(minutes=91)) == [("yellow", True)]
    assert cards_at(MONDAY + timedelta(minutes=121)) == [("yellow", True), ("red", True)]
    assert cards_at(MONDAY + timedelta(days=7)) == [("yellow", True), ("red", True), ("yellow", False)]
    late = MONDAY + timedelta(days=8)
    assert cards_at(late)[-1] == ("red", False)
    assert len(cards_at(late + timedelta(days=30))) == 4
    assert list(Entry.objects.filter(act__in=("warn", "overdue")).values_list("act", flat=True)) == [
        "warn", "overdue", "warn", "overdue",
    ]  # fmt: skip
    assert Notice.objects.filter(title__contains=case.number).count() == 2


def test_what_is_done_or_suspended_gets_no_card(case):
    with stopped_at(MONDAY):
        actions.suspend(case, account(LEAD), "等待")
    assert cards_at(MONDAY + timedelta(days=60)) == []


def test_a_missed_warning_goes_straight_to_red(case):
    assert cards_at(MONDAY + timedelta(days=20)) == [("red", True), ("red", False)]
    assert Task.objects.get().light == Case.objects.get().light == "red"
