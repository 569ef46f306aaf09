"""Rates of stages, beside the same found by pandas from the plain rows."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pandas as pd
import pytest
from django.db import connection

from district.kernel.cases.indicator_queries import Period, counts, steps_on_time
from district.kernel.cases.indicators import CASE_INDICATORS, measured
from district.kernel.cases.models import Case, Task
from district.kernel.clock import CHINA

PERIOD = Period(datetime(2026, 11, 1, tzinfo=CHINA), datetime(2026, 12, 1, tzinfo=CHINA))


@pytest.mark.django_db
def test_rates_of_stages_are_those_of_plain_rows(version):
    _plant(version)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.stage, t.opened_at, t.due_at, t.done_at, t.state, t.parent_id, c.state AS case_state, c.system, c.procedure"
            " FROM cases_task t JOIN cases_case c ON c.id = t.case_id"
        )
        rows = pd.DataFrame(cursor.fetchall(), columns=[each[0] for each in cursor.description])
    for name in ("opened_at", "due_at", "done_at"):
        rows[name] = pd.to_datetime(rows[name], utc=True)
    rows = rows[rows.due_at.notna() & rows.parent_id.isna() & ~rows.case_state.isin(["cancelled", "merged"])]
    done = (rows.done_at >= PERIOD.start) & (rows.done_at < PERIOD.until)
    late = (rows.due_at < PERIOD.until) & (rows.opened_at < PERIOD.until) & rows.state.isin(["ready", "claimed", "waiting"])
    wanted = {
        stage: (int(done[part.index].sum()), int((done & (rows.done_at <= rows.due_at))[part.index].sum()),
                int(late[part.index].sum()))
        for stage, part in rows[done | late].groupby("stage")
    }  # fmt: skip
    found = {each.stage: (each.done, each.on_time, each.late_open) for each in steps_on_time(Case.objects.all(), PERIOD)}
    assert len(found) == 3
    assert found == wanted


@pytest.mark.django_db
def test_what_the_public_tells_of_a_cell_its_inspector_has_missed(version):
    for number, (channel, cell, day) in enumerate(
        [("grid", "C1", 3), ("grid", "C1", 4), ("hotline", "C1", 5), ("hotline", "", 5), ("alarm", "C1", 6), ("grid", "C2", -3)]
    ):
        Case.objects.create(
            number=f"M{number}", system="trial", procedure="plain", version=version, idempotency_key=f"m{number}", title="x",
            channel=channel, cell_code=cell, opened_at=PERIOD.start + timedelta(days=day),
        )  # fmt: skip
    counted = counts(Case.objects.all(), PERIOD)
    missed = next(each for each in measured(counted, CASE_INDICATORS) if each.indicator.key == "missed")
    assert (missed.part, missed.whole) == (1, 3)


def _plant(version):
    chance = random.Random(3)
    cases = [
        Case.objects.create(
            number=f"S{n}", system="trial", procedure="plain", version=version, idempotency_key=f"s{n}", title="x",
            channel="grid", state=chance.choice(["open", "open", "closed", "cancelled"]),
            closed_at=PERIOD.start,
        )
        for n in range(40)
    ]  # fmt: skip
    for node in range(300):
        opened = PERIOD.start + timedelta(hours=chance.uniform(-400, 900))
        done = chance.choice([None, opened + timedelta(hours=chance.uniform(0, 90))])
        Task.objects.create(
            case=chance.choice(cases), name="步骤", key="k", node=node, stage=chance.choice(["立案", "派遣", "核查"]),
            role="trial.clerk", opened_at=opened, done_at=done, state="done" if done else chance.choice(["ready", "cancelled"]),
            due_at=chance.choice([None, opened + timedelta(hours=chance.uniform(0, 90))]),
            parent=chance.choice([None, None, None, Task.objects.first()]),
        )  # fmt: skip
