"""What an attempt at a delivery knows, and what of the delivery was there before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from district.kernel.connectors.conformance import Wanted
from district.kernel.connectors.matching import Matched
from district.kernel.connectors.models import Mode, RefusedRow, RefusedState, Run, RunState, Source
from district.kernel.connectors.staging import Staging
from district.kernel.datasets.models import Version
from district.kernel.jobs import Progress


def wanted_items(source: Source) -> list[Wanted]:
    return [
        Wanted(item.name, item.title, str(item.type), item.length, item.is_required or item.is_key)
        for item in source.resource.items.order_by("position", "pk")
    ]


@dataclass
class Part:
    """What has been checked since the last checkpoint."""

    good: list[pa.RecordBatch] = field(default_factory=list)
    problems: list[RefusedRow] = field(default_factory=list)
    rows: int = 0
    read: int = 0
    repeated: int = 0
    bytes: int = 0
    cursor: Any = None


class Attempt:
    """Its parts stand in `run_checking` and `run_publishing`; `runs` puts them together."""

    run: Run
    source: Source
    progress: Progress | None
    items: list[Wanted]
    staging: Staging
    matched: Matched | None
    columns: list[str]
    part: Part

    def is_published(self) -> bool:
        """A killed attempt may have published before it could say so."""
        version = Version.objects.filter(resource=self.source.resource, made_by=self.run.mark).exclude(
            state__in=(Version.State.BUILDING, Version.State.REFUSED)
        )
        self.run.version = version.first()
        return self.run.version is not None

    def is_known_content(self) -> bool:
        """The same file again: of a replacing source the last one, of others any one taken before."""
        if not self.run.content_sha256 or self.run.corrects_id:
            return False
        taken = Run.objects.filter(source=self.source, state=RunState.DONE, corrects=None).exclude(
            pk=self.run.pk
        )
        same = taken.filter(content_sha256=self.run.content_sha256)
        if self.source.mode == Mode.REPLACE:
            last = taken.order_by("-ended_at", "-pk").first()
            same = same.filter(pk=last.pk) if last else same.none()
        found = same.order_by("pk").first()
        if found is None:
            return False
        self.run.rows_read = self.run.rows_repeated = found.rows_read
        note = f"与 {found.started_at:%Y-%m-%d} 第 {found.pk} 批是同一个文件，没有重复入库"
        self.run.notes = [*self.run.notes, {"code": "same_file", "words": note}]
        return True

    def _keep(self, problems: list[RefusedRow]) -> None:
        """A corrected row that is refused again stays the row it was, with the new reason."""
        self.run.rows_refused += len(problems)
        if self.run.corrects_id is None:
            RefusedRow.objects.bulk_create(problems, batch_size=2000, ignore_conflicts=True)
            return
        for problem in problems:
            RefusedRow.objects.filter(run_id=self.run.corrects_id, position=problem.position).update(
                item=problem.item, value=problem.value, rule=problem.rule, code=problem.code, words=problem.words,
                state=RefusedState.REFUSED,
            )  # fmt: skip
