"""A day in the district, made with fixed chances: cases, alarms, indicators, deliveries."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import count
from typing import Any

from district.kernel.alerts.models import Alarm
from district.kernel.cases.models import Case, CaseLink, Entry, ProcedureVersion
from district.kernel.clock import now
from district.kernel.connectors.models import Run, Source
from district.kernel.datasets.models import Resource, Version
from district.kernel.places.models import Division
from district.kernel.vocabulary import Procedure
from district.testing.people import organisation

READERS = ("brain.leader", "reader")
OPEN_KIND = Procedure("plain", "一般事项", "Plain", "processes/plain.bpmn", "TRIAL", readers=READERS)
GUARDED_KIND = Procedure(
    "quarrel",
    "纠纷",
    "Quarrel",
    "processes/plain.bpmn",
    "TRIQ",
    readers=("brain.leader",),
    confidants=("brain.leader",),
)
TOWNS = ("370306990", "370306991", "370306992")
_serial = count(1)


def make_towns() -> None:
    Division.objects.get_or_create(
        code="370306", defaults={"name": "周村区", "level": "district", "lon": 117.87, "lat": 36.8}
    )
    for code in TOWNS:
        Division.objects.get_or_create(
            code=code,
            defaults={
                "name": f"镇{code[-1]}",
                "level": "town",
                "lon": 117.8,
                "lat": 36.8,
                "parent_id": "370306",
            },
        )


def version_of(procedure: str) -> ProcedureVersion:
    found = ProcedureVersion.objects.filter(system="trial", key=procedure).first()
    return found or ProcedureVersion.objects.create(
        system="trial", key=procedure, number=1, bpmn="", dmn={}, digest=procedure, state="published"
    )


def add_case(procedure: str = "plain", **fields: Any) -> Case:
    number = next(_serial)
    made = Case.objects.create(**{
        "number": f"TRIAL{number:06}", "system": "trial", "procedure": procedure, "version": version_of(procedure),
        "idempotency_key": str(number), "title": f"第{number}件", "channel": "web", **fields,
    })  # fmt: skip
    if made.closed_at:
        Entry.objects.create(case=made, act="close", at=made.closed_at)
    return made


def add_alarm(severity: int, **fields: Any) -> Alarm:
    number = next(_serial)
    return Alarm.objects.create(**{
        "key": f"trial:{number}", "system": "trial", "kind": "trial", "severity": severity, "subject": f"对象{number}",
        "message": f"告警{number}", "since_at": now(), **fields,
    })  # fmt: skip


def a_day(seed: int = 1) -> None:
    """About a hundred cases, fifty alarms, ten resources with deliveries."""
    chance, at = random.Random(seed), now()
    make_towns()
    units = [organisation(f"unit{number}", name=f"单位{number}") for number in range(4)]
    for _number in range(90):
        state = chance.choice(("open", "open", "suspended", "closed", "cancelled"))
        opened = at - timedelta(hours=chance.choice((0, 0, 30, 300)))
        case = add_case(
            chance.choice(("plain", "plain", "plain", "quarrel")), state=state, opened_at=opened,
            division_code=chance.choice((*TOWNS, f"{TOWNS[0]}001", "370306", "")), organisation=chance.choice(units),
            due_at=chance.choice((None, at - timedelta(hours=1), at + timedelta(days=2))),
            closed_at=at - timedelta(hours=chance.choice((0, 40))) if state == "closed" else None,
        )  # fmt: skip
        if chance.random() < 0.4:
            before, after = chance.sample(units, 2)
            Entry.objects.create(case=case, act="hand_over", at=at - timedelta(days=chance.choice((1, 29, 31))),
                                 before={"organisation": before.pk}, after={"organisation": after.pk})  # fmt: skip
    cases = list(Case.objects.filter(system="trial"))
    for source, target in zip(cases[:20], cases[20:40], strict=True):
        CaseLink.objects.create(source=source, target=target, kind="asked")
    for _number in range(50):
        add_alarm(chance.randint(1, 4), cleared_at=chance.choice((None, None, at)))
    for number in range(10):
        a_resource(number, units[number % 4], chance)


def a_resource(number: int, provider: Any, chance: random.Random) -> Resource:
    at = now()
    found = Resource.objects.create(
        name=f"{provider.code}.set{number}", code=f"3-{number}", title=f"资源{number}", category="01", provider=provider,
        shelf=chance.choice(("published", "published", "draft")), cycle="daily", published_at=at,
    )  # fmt: skip
    source = Source.objects.create(name=f"来源{number}", resource=found)
    for state in chance.choices(("done", "failed"), k=3):
        Run.objects.create(source=source, state=state, rows_read=10, rows_taken=8 if state == "done" else 0, rows_refused=2,
                           started_at=at - timedelta(hours=chance.choice((0, 50))))  # fmt: skip
    Version.objects.create(
        resource=found, number=1, state="published", rows=8, published_at=at - timedelta(hours=number * 12)
    )
    return found
