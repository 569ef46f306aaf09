"""Whether a source can be reached as it is set up, and what its first rows look like. Nothing is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from district.kernel.connectors.conformance import as_text, batch_of
from district.kernel.connectors.matching import match
from district.kernel.connectors.models import Kind, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.runs import wanted_items
from district.kernel.connectors.secrets import secrets_of

SHOWN_ROWS = 8
LONGEST_VALUE = 80
LISTENS_S = 3.0
PATIENCE_S = 10


@dataclass(frozen=True)
class Trial:
    """`columns`: name, and the name of the item it goes to or nothing. `tables`: those there are, as long as none was
    chosen. `note`: what a person should know though it worked."""

    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    note: str = ""


def try_out(source: Source) -> Trial:
    """Raises Refused with what is wrong."""
    secrets = secrets_of(source)
    if source.kind == Kind.DATABASE:
        return _try_database(source, secrets)
    if source.kind == Kind.HTTP:
        return _shown(source, _first_records(source, secrets))
    return _try_stream(source, secrets)


def _try_database(source: Source, secrets: Mapping[str, str]) -> Trial:
    from district.kernel.connectors.databases.columns import tables
    from district.kernel.connectors.databases.deliveries import wanted_for
    from district.kernel.connectors.databases.opening import opened
    from district.kernel.connectors.databases.reading import preview

    wanted = replace(wanted_for(source), timeout_s=PATIENCE_S)
    password = secrets.get("password", "")
    if not wanted.table:
        with opened(wanted, password) as connection:
            return Trial(tables=tables(connection, wanted.schema), note="已连接，请选择一个表或视图")
    return _shown(source, preview(wanted, password, SHOWN_ROWS))


def _first_records(source: Source, secrets: Mapping[str, str]) -> list[dict[str, Any]]:
    from district.kernel.connectors.http.deliveries import wanted_for
    from district.kernel.connectors.http.reading import preview

    wanted = wanted_for(source)
    quick = replace(wanted, tries=1, timeout_s=min(wanted.timeout_s, PATIENCE_S))
    return preview(quick, secrets, SHOWN_ROWS)


def _try_stream(source: Source, secrets: Mapping[str, str]) -> Trial:
    from district.kernel.connectors.streams.deliveries import records_of
    from district.kernel.connectors.streams.description import wanted_of
    from district.kernel.connectors.streams.listening import broker_of

    wanted = wanted_of(str(source.kind), source.settings, source.pk)
    broker = broker_of(source, wanted, is_trial=True)
    try:
        broker.connect()
        messages = broker.receive(SHOWN_ROWS, LISTENS_S)
    finally:
        broker.close()
    rows, problem = [], ""
    for message in messages:
        try:
            rows += records_of(message.payload, wanted)
        except Refused as refusal:
            problem = f"有消息读不了：{refusal}"
    if not messages:
        return Trial(note=f"已连接并订阅，{LISTENS_S:.0f} 秒内没有消息")
    return replace(_shown(source, rows), note=problem)


def _shown(source: Source, found: Any) -> Trial:
    batch = batch_of(found)
    names = list(batch.schema.names)
    matched = match(names, wanted_items(source), source.settings.get("mapping"))
    item_of = {column: item for item, column in matched.columns.items()}
    rows = [
        ["" if value is None else as_text(value)[:LONGEST_VALUE] for value in row.values()]
        for row in batch.slice(0, SHOWN_ROWS).to_pylist()
    ]
    note = "" if batch.num_rows else "已连接，目前没有行"
    return Trial(columns=[(name, item_of.get(name, "")) for name in names], rows=rows, note=note)
