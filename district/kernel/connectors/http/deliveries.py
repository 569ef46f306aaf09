"""A source of kind `http` as deliveries."""

from __future__ import annotations

from collections.abc import Iterator

from district.kernel.connectors.http.description import Wanted, wanted_of
from district.kernel.connectors.http.reading import read
from district.kernel.connectors.models import Mode, Run, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows
from district.kernel.connectors.secrets import secrets_of
from district.kernel.datasets.versions import published

IS_REPLAYED = False


def goes_on(delivery: Run) -> bool:
    """Numbered pages shift, so a reading by them begins again."""
    checkpoint = delivery.checkpoint or {}
    return bool(checkpoint.get("cursor") and (checkpoint["done"] or "page" in checkpoint["cursor"]))


def open_run(delivery: Run) -> Iterator[Rows]:
    source = delivery.source
    wanted = wanted_for(source)
    cursor = delivery.checkpoint["cursor"] if goes_on(delivery) else source.cursor
    return _pages(source, wanted, cursor if isinstance(cursor, dict) else None)


def _pages(source: Source, wanted: Wanted, cursor: dict[str, object] | None) -> Iterator[Rows]:
    has_come = False
    for page in read(wanted, secrets_of(source), cursor):
        has_come = True
        yield page
    if not has_come:  # 304: what is published is what there is
        version = published(source.resource)
        yield Rows([], cursor=cursor, repeated=version.rows if version is not None else 0)


def wanted_for(source: Source) -> Wanted:
    """Raises Refused for settings that are wrong, or that do not go together."""
    wanted = wanted_of(source.settings)
    if wanted.incremental.param and source.mode == Mode.REPLACE:
        raise Refused(
            "mode_wrong",
            "按增量参数读取时只能“追加”或“按主键更新”：整体替换会丢掉以前的行",
            field="mode",
            value=source.mode,
        )
    return wanted
