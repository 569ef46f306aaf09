"""The demonstration's deliveries: files of departments, taken on different days through the real door; simulated."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from district.kernel import clock
from district.kernel.connectors import deliveries
from district.kernel.connectors.models import Kind, Mode, Run, Source
from district.kernel.connectors.uploads import attach_to, keep_delivery
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.quality.actions import add_rule
from district.kernel.people.models import Account

from . import demo_rows

FIRMS, PERSONS, SCHOOLS, INDICATORS, PENALTIES = (
    "市场主体登记信息", "户籍人口基本信息", "学校基本信息", "主要经济指标", "行政处罚信息",
)  # fmt: skip
MODES = {FIRMS: Mode.UPSERT, PERSONS: Mode.REPLACE, SCHOOLS: Mode.REPLACE, INDICATORS: Mode.REPLACE}
RULES: dict[str, tuple[dict[str, Any], ...]] = {
    FIRMS: (
        {"kind": "range", "item": "capital", "parameters": {"low": 0}, "note": "注册资本不为负"},
        {"kind": "code", "item": "state", "parameters": {"values": ["存续", "注销", "吊销"]}},
        {"kind": "expression", "parameters": {"text": "ended_on >= founded_on"}, "note": "注销不早于成立"},
    ),
    PERSONS: ({"kind": "unique", "parameters": {"items": ["person_id"]}},),
    SCHOOLS: ({"kind": "range", "item": "pupils", "parameters": {"low": 1, "high": 5000}},),
}


@dataclass(frozen=True)
class File:
    """What a department hands in some days ago."""

    title: str
    days_ago: int
    content: bytes


class Upload:
    """Bytes as an upload."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self._content = name, io.BytesIO(content)

    def chunks(self, chunk_size: int = 65536, /) -> Iterator[bytes]:
        while part := self._content.read(chunk_size):
            yield part


def files(today: date) -> list[File]:
    """In the order they came. The registry's last file has faults, that of penalties lacks the column of the key."""
    firms = [(33, 1, 260, False), (12, 240, 330, False), (1, 320, 400, True)]
    made = [
        File(FIRMS, days, demo_rows.as_csv(demo_rows.FIRMS, demo_rows.firms(first, last, with_faults=faults)))
        for days, first, last, faults in firms
    ]
    made += [
        File(INDICATORS, days, demo_rows.as_csv(demo_rows.INDICATORS, demo_rows.indicators(
            (today - timedelta(days=days)).replace(day=1), turn), encoding="gb18030"))
        for turn, days in enumerate((66, 36, 6))
    ]  # fmt: skip
    made += [
        File(PERSONS, 20, demo_rows.as_csv(demo_rows.PERSONS, demo_rows.persons(60))),
        File(PERSONS, 0, demo_rows.as_csv(demo_rows.PERSONS, demo_rows.persons(80))),
        File(SCHOOLS, 80, demo_rows.as_csv(demo_rows.SCHOOLS, demo_rows.schools(24))),
        File(SCHOOLS, 3, demo_rows.as_csv(demo_rows.SCHOOLS, demo_rows.schools(26))),
        File(PENALTIES, 2, demo_rows.as_csv(demo_rows.PENALTIES, demo_rows.penalties(15))),
    ]
    return sorted(made, key=lambda file: -file.days_ago)


def seed_deliveries() -> None:
    """Nothing where the entries are not there, or have a source already."""
    found = {
        each.title: each
        for each in Resource.objects.filter(
            is_simulated=True, shelf=Shelf.PUBLISHED, title__in=(*MODES, PENALTIES)
        )
    }
    if not found or Source.objects.filter(resource__in=found.values()).exists():
        return
    account = Account.objects.filter(username="brain.steward", is_demo=True).first()
    present = clock.now()
    first = present - timedelta(days=90)
    with clock.stopped_at(first):
        sources = {title: _source(resource, account) for title, resource in found.items()}
    for title, rules in RULES.items():
        for rule in rules if title in found else ():
            add_rule(found[title], account, **rule)
    for number, file in enumerate(files(present.date())):
        if file.title in sources:
            with clock.stopped_at(present - timedelta(days=file.days_ago, minutes=90 - number)):
                _deliver(sources[file.title], file, account)


def _source(resource: Resource, account: Account | None) -> Source:
    return Source.objects.create(
        name=f"{resource.title}（演示文件）", resource=resource, kind=Kind.FILE,
        mode=MODES.get(resource.title, Mode.REPLACE), created_by=account,
    )  # fmt: skip


def _deliver(source: Source, file: File, account: Account | None) -> Run:
    """As the worker takes an upload."""
    kept = keep_delivery(Upload(f"{file.title}_{clock.today():%Y%m%d}.csv", file.content), account)
    run = Run.objects.create(
        source=source, made_by=account, started_at=clock.now(), content_sha256=kept.sha256, bytes=kept.size,
        input={"file": kept.pk, "name": kept.name}, cursor_before=source.cursor,
    )  # fmt: skip
    attach_to(kept, run, account)
    return deliveries.carry_out(run)
