"""A source of kind `database` as deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from district.kernel.connectors.databases.description import Wanted, wanted_of
from district.kernel.connectors.databases.reading import read
from district.kernel.connectors.models import Mode, Run, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows
from district.kernel.connectors.secrets import secrets_of
from district.kernel.datasets.versions import published

IS_REPLAYED = False


def goes_on(delivery: Run) -> bool:
    """Whether the last checkpoint says where to read on: a full reading without a key begins again."""
    cursor = (delivery.checkpoint or {}).get("cursor")
    return bool(cursor and ("value" in cursor or "after" in cursor or delivery.checkpoint["done"]))


def open_run(delivery: Run) -> Iterator[Rows]:
    source = delivery.source
    wanted = wanted_for(source)
    cursor = (
        delivery.checkpoint["cursor"]
        if goes_on(delivery)
        else source.cursor
        if wanted.cursor_column
        else None
    )
    before = published(source.resource) if source.mode == Mode.REPLACE else None
    return read(
        wanted, secrets_of(source).get("password", ""), cursor, decides_by_key=source.mode == Mode.UPSERT,
        published_rows=before.rows if before is not None else 0,
    )  # fmt: skip


def wanted_for(source: Source) -> Wanted:
    """Raises Refused for settings that are wrong, or that do not go together."""
    if source.cursor_item and source.mode == Mode.REPLACE:
        raise Refused(
            "mode_wrong",
            "按增量字段读取时只能“追加”或“按主键更新”：整体替换会丢掉以前的行",
            field="mode",
            value=source.mode,
        )
    return wanted_of(source.settings, cursor_column(source))


def cursor_column(source: Source) -> str:
    """The column that the item of the cursor comes from."""
    settings: dict[str, Any] = source.settings
    if not source.cursor_item:
        return ""
    mapped = [column for column, item in settings.get("mapping", {}).items() if item == source.cursor_item]
    return str(settings.get("cursor_column") or next(iter(mapped), source.cursor_item))
