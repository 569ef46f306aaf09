"""Rows become a version: written beside, judged, then published in one step.

    with open_version(resource, made_by="run-7", mode="upsert") as draft:
        draft.write(batches)                    # as often as there are batches
        version = draft.publish(account)        # or draft.refuse("…")

Readers of an older version go on reading it: its files are never changed, and stay until they are purged. One resource
publishes one version at a time. What a killed writer leaves is not published and is swept away (`jobs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from types import TracebackType
from typing import IO, Any, Final, Literal, Self

import numpy as np
import pyarrow as pa
from django.db import connection, transaction

from district.kernel.clock import now
from district.kernel.datasets.duck import duck
from district.kernel.datasets.lake_rows import NoVersion, lake_sql, parts_of, published, relation
from district.kernel.datasets.lineage import tell as tell_lineage
from district.kernel.datasets.merging import Merged, Part, files_sql, rows, upsert
from district.kernel.datasets.models import Item, LakeFile, Resource, Version
from district.kernel.datasets.parquet import Written
from district.kernel.datasets.quality.judging import judged
from district.kernel.datasets.quality.outcome import keep_score
from district.kernel.datasets.version_events import VersionPublished, VersionRefused
from district.kernel.datasets.version_files import (
    PartWriter,
    arrow_schema,
    folder_of,
    let_go,
    make_folder,
    relative,
)
from district.kernel.events import publish as tell
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

__all__ = ["Draft", "Mode", "NoVersion", "lake_sql", "open_version", "published", "relation"]

Mode = Literal["replace", "append", "upsert"]
ROWS_A_VERSION: Final = 1_000_000_000
"""`_row` is the number of the version a row first came with times this, and its place in that delivery."""
FILES_AT_MOST: Final = 100
"""A version of more files than this is written anew: many small deliveries must not make reading slow."""


class Draft:
    """A version in the making. Held by one process; `open_version` makes it."""

    def __init__(self, version: Version, mode: Mode, lock: IO[str], keys: Sequence[str]) -> None:
        self.version, self.mode, self.keys = version, mode, list(keys)
        self.columns = [(column["name"], column["type"]) for column in version.schema]
        self.schema = arrow_schema(self.columns)
        self.rows_written = 0
        self.rows_replaced = 0
        self._lock = lock
        self._folder = folder_of(version.resource.name, version.number)
        self._writer = PartWriter(self._folder, self.schema)
        self._is_open = True
        self._adopted: list[Part] = []

    def write(self, batches: Iterable[pa.RecordBatch | pa.Table]) -> None:
        """Columns in any order; those that are missing are null.

        Raises Refused for a column the resource has not got or a value that does not fit its type.
        """
        self._must_be_open()
        for batch in batches:
            for part in batch.to_batches() if isinstance(batch, pa.Table) else (batch,):
                if part.num_rows:
                    self._writer.put(self._fitted(part))

    def adopt(self, files: Sequence[Part], schema: list[dict[str, Any]]) -> None:
        """Takes finished files of the same resource into the version, as they are, with the columns they had."""
        self._must_be_open()
        self._adopted = list(files)
        self.version.schema = schema
        self.version.save(update_fields=["schema"])
        self.columns = [(column["name"], column["type"]) for column in schema]
        self.schema = arrow_schema(self.columns)

    def publish(self, account: Account | None = None) -> Version:
        """Judges the rows by the resource's rules and makes them the published version.

        Raises Refused (code `quality`) when a blocking rule is broken: the version is kept as refused, with its
        rows, to be looked at.
        """
        self._must_be_open()
        delivered = self._writer.close()
        with transaction.atomic():
            _in_line("publish", self.version.resource_id)
            before = published(self.version.resource)
            self._settle(before, delivered)
            at = now()
            judgement = judged(self.version, before, at)
            keep_score(self.version, judgement, at)
            if judgement.broken:
                _refuse(self.version, "未达到入库规则")
            else:
                self._make_published(before, account)
        self._end()
        if judgement.broken:
            raise Refused("quality", "数据未达到入库规则，版本未发布", field=judgement.broken[0].item)
        return self.version

    def refuse(self, reason: str) -> Version:
        """Nothing of it is published."""
        self._must_be_open()
        self._writer.abandon()
        with transaction.atomic():
            _refuse(self.version, reason)
        self._end()
        return self.version

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_open and error is not None:
            self.refuse(str(error) or type(error).__name__)
        elif self._is_open:
            self.refuse("未发布即结束")

    def _must_be_open(self) -> None:
        if not self._is_open:
            raise Refused("closed", f"版本 {self.version.number} 已结束，不能再写入", field="version")

    def _end(self) -> None:
        self._is_open = False
        transaction.on_commit(self._tidy)

    def _tidy(self) -> None:
        """After the commit: files that were only a step on the way go, then the lock."""
        kept = set(
            LakeFile.objects.filter(path__startswith=f"{relative(self._folder)}/").values_list(
                "path", flat=True
            )
        )
        for path in self._folder.glob("*.parquet"):
            if relative(path) not in kept:
                path.unlink()
        let_go(self._lock)

    def _fitted(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        unknown = set(batch.schema.names) - set(self.schema.names[:-2])
        if unknown:
            raise Refused("unknown_column", f"资源没有信息项“{min(unknown)}”", field=min(unknown))
        if self.rows_written + batch.num_rows >= ROWS_A_VERSION:
            raise Refused("too_many_rows", f"一次交付不能超过 {ROWS_A_VERSION} 行", field="rows")
        first = self.version.number * ROWS_A_VERSION + self.rows_written
        self.rows_written += batch.num_rows
        columns = [_column(batch, field) for field in list(self.schema)[:-2]]
        columns.append(pa.array(np.arange(first, first + batch.num_rows, dtype=np.int64)))
        columns.append(pa.repeat(pa.scalar(self.version.made_by, pa.string()), batch.num_rows))
        return pa.record_batch(columns, schema=self.schema)

    def _settle(self, before: Version | None, delivered: list[Written]) -> None:
        """Decides of which files the version consists; writes what has to be written anew."""
        own = self._record(delivered)
        older = parts_of(before) if before and self.mode != "replace" else []
        if older:
            assert before is not None
            _must_agree(before.schema, self.version.schema)
        files = [*older, *self._adopted, *own]
        if self.mode == "upsert" and own:
            with duck() as engine:
                merged = upsert(engine, older, own, self.columns, self.keys)
                files = self._merged(merged, own)
        if len(files) > FILES_AT_MOST:
            files = self._anew(files)
        if not files:
            files = self._record(self._next_writer().write_empty())
        self._note(files)

    def _merged(self, merged: Merged, own: list[Part]) -> list[Part]:
        self.rows_replaced = merged.replaced
        if merged.batches is None:
            return [*merged.kept, *own]
        made = self._written_from(merged.batches)
        self._forget(own)
        return [*merged.kept, *made]

    def _anew(self, files: list[Part]) -> list[Part]:
        """The same rows in few files."""
        with duck() as engine:
            made = self._written_from(rows(engine, files_sql(files, self.columns)))
        self._forget([part for part in files if part.path.startswith(relative(self._folder))])
        return made

    def _written_from(self, batches: Iterable[pa.RecordBatch]) -> list[Part]:
        writer = self._next_writer()
        try:
            for batch in batches:
                writer.put(batch.cast(self.schema))
            return self._record(writer.close())
        finally:
            writer.abandon()

    def _next_writer(self) -> PartWriter:
        self._writer = PartWriter(self._folder, self.schema, self._writer.number)
        return self._writer

    def _record(self, written: list[Written]) -> list[Part]:
        names = [name for name, _ in self.columns]
        LakeFile.objects.bulk_create(
            LakeFile(
                resource=self.version.resource, path=relative(each.path), columns=names,
                rows=each.rows, bytes=each.bytes, sha256=each.sha256,
            )
            for each in written
        )  # fmt: skip
        return [Part(relative(each.path), tuple(names)) for each in written]

    def _forget(self, parts: Iterable[Part]) -> None:
        """Files that no version will name; the sweeping job takes what is left of them."""
        LakeFile.objects.filter(path__in=[part.path for part in parts]).delete()

    def _note(self, files: list[Part]) -> None:
        version = self.version
        version.files = [part.path for part in files]
        known = {each.path: each for each in LakeFile.objects.filter(path__in=version.files)}
        in_order = [known[path] for path in version.files]
        version.rows = sum(each.rows for each in in_order)
        version.bytes = sum(each.bytes for each in in_order)
        version.sha256 = digest(each.sha256 for each in in_order)
        version.save(update_fields=["files", "rows", "bytes", "sha256"])

    def _make_published(self, before: Version | None, account: Account | None) -> None:
        at = now()
        if before is not None:
            before.state, before.retired_at = Version.State.RETIRED, at
            before.save(update_fields=["state", "retired_at"])
        version = self.version
        version.state, version.published_at, version.published_by = Version.State.PUBLISHED, at, account
        version.save(update_fields=["state", "published_at", "published_by"])
        self._tell_lineage(before)
        tell(
            VersionPublished(
                resource_id=version.resource_id, version_id=version.pk, number=version.number, rows=version.rows,
                made_by=version.made_by,
            )
        )  # fmt: skip

    def _tell_lineage(self, before: Version | None) -> None:
        version, resource = self.version, self.version.resource
        node = ("version", version.pk, f"{resource.title} v{version.number}")
        came_from = [("resource", resource.pk, resource.title)]
        if before is not None and self.mode != "replace":
            came_from.append(("version", before.pk, f"{resource.title} v{before.number}"))
        tell_lineage(came_from, node, version.made_by)


def open_version(resource: Resource, made_by: str, mode: Mode = "replace") -> Draft:
    """A new version of the resource's rows. `made_by` names the delivery, and is `_run` of its rows.

    replace: the delivered rows alone; append: the published rows and these; upsert: as append, but a delivered row
    takes the place of published ones with the same key. Raises Refused for a resource without items, or for an upsert
    without key items.
    """
    items = list(resource.items.order_by("position", "pk"))
    keys = [item.name for item in items if item.is_key]
    if not items:
        raise Refused("no_items", f"资源“{resource.title}”还没有信息项", field="items")
    if mode == "upsert" and not keys:
        raise Refused("no_key", f"资源“{resource.title}”没有主键，不能按主键更新", field="mode", value=mode)
    with transaction.atomic():
        _in_line("number", resource.pk)
        last = resource.versions.order_by("-number").values_list("number", flat=True).first() or 0
        number, lock = _new_folder(resource, last + 1)
        version = Version.objects.create(
            resource=resource, number=number, schema=[_described(item) for item in items], made_by=made_by
        )
    return Draft(version, mode, lock, keys)


def digest(hashes: Iterable[str]) -> str:
    """The check value of a version: SHA-256 over those of its files, a line each, in their order."""
    return sha256("".join(f"{each}\n" for each in hashes).encode()).hexdigest()


def _new_folder(resource: Resource, number: int) -> tuple[int, IO[str]]:
    """Skips the folders that something left which the database knows nothing of."""
    while True:
        try:
            return number, make_folder(folder_of(resource.name, number))
        except FileExistsError:
            number += 1


def _in_line(what: str, resource_id: int) -> None:
    """One at a time for each resource, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"datasets.{what}", resource_id])


def _refuse(version: Version, reason: str) -> None:
    version.state, version.note, version.retired_at = Version.State.REFUSED, reason[:300], now()
    version.save(update_fields=["state", "note", "retired_at"])
    tell(
        VersionRefused(
            resource_id=version.resource_id, version_id=version.pk, number=version.number, reason=version.note
        )
    )


def _described(item: Item) -> dict[str, Any]:
    return {
        "name": item.name, "type": str(item.type), "title": item.title, "unit": item.unit, "is_key": item.is_key,
    }  # fmt: skip


def _must_agree(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    types = {column["name"]: column["type"] for column in before}
    for column in after:
        if types.get(column["name"], column["type"]) != column["type"]:
            raise Refused(
                "type_changed",
                f"信息项“{column['title']}”的类型已改变，须以整体替换方式入库",
                field=column["name"], value=column["type"],
            )  # fmt: skip


def _column(batch: pa.RecordBatch, field: pa.Field) -> pa.Array:
    position = batch.schema.get_field_index(field.name)
    if position < 0:
        return pa.nulls(batch.num_rows, field.type)
    column = batch.column(position)
    try:
        return column if column.type == field.type else column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise Refused("bad_type", f"“{field.name}”的值不符合类型：{error}", field=field.name) from error
