"""Real complaints and their replies, replayed with the times they had. Found through DISTRICT_REFERENCE."""

from __future__ import annotations

import csv
import os
from datetime import datetime
from pathlib import Path

import pytest
from django.utils.dateparse import parse_datetime

from district.kernel.cases.actions import complete
from district.kernel.cases.models import Case, Task
from district.kernel.clock import CHINA, stopped_at
from district.kernel.people.seed import seed_organisations
from district.systems.governance.reports.receiving import NewReport, receive

FILE = "data/governance/complaints_with_replies_zh_dev.csv"
STEPS = {
    "accept": {"accepted": "立案"}, "dispatch": {"organisation": "municipal"}, "sign": {"signed": "签收"},
    "handle": {"result": "已处理"}, "report": {}, "check": {"passed": True}, "close": {}, "review": {"review": "通过"},
    "call_back": {"is_reached": False},
}  # fmt: skip


def moment(text: str) -> datetime:
    day, _space, time = text.replace("/", "-").partition(" ")
    year, month, on = (int(part) for part in day.split("-"))
    hour, *rest = (int(part) for part in time.split(":"))
    found = parse_datetime(f"{year}-{month:02}-{on:02}T{hour:02}:{':'.join(f'{part:02}' for part in rest)}")
    assert found is not None
    return found.replace(tzinfo=CHINA)


@pytest.mark.django_db
def test_real_complaints_are_replayed_with_the_times_they_had():
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: the recorded complaints are not part of this repository")
    seed_organisations()
    with (Path(reference) / FILE).open(encoding="utf-8-sig", newline="") as rows:
        recorded = list(csv.DictReader(rows))
    for row in recorded:
        opened_at, closed_at = moment(row["time"]), moment(row["reply_time"])
        text = f"{row['subject']}\n{row['detail']}"[:4000]
        with stopped_at(opened_at):
            case = receive(NewReport(f"replay:{row['id']}", text, "citizen")).case
        with stopped_at(closed_at):
            while task := Task.objects.filter(case=case, state="ready").first():
                complete(
                    task,
                    None,
                    STEPS[task.key]
                    | ({"outcome": row["reply"][:280]} if task.key in ("handle", "report") else {}),
                )
    cases = list(Case.objects.order_by("opened_at"))
    assert len(cases) == len({row["id"] for row in recorded})
    assert all(case.state == "closed" and case.outcome for case in cases)
    expected = sorted((moment(row["time"]), moment(row["reply_time"])) for row in recorded)
    assert sorted((case.opened_at, case.closed_at) for case in cases) == expected
