"""What is to be read of a database: the settings of a source of kind `database`, checked. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from district.kernel.connectors import certificates
from district.kernel.connectors.refused import Refused

PORTS = {"postgresql": 5432, "mysql": 3306, "sqlite": 0}
CHUNK_ROWS = 20_000
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "is null", "is not null")


@dataclass(frozen=True)
class Condition:
    """Which rows are wanted. Values are bound, never put into the text of a query."""

    column: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class Wanted:
    """A table or view and what of it is read.

    `columns` empty: all. `key`: columns that tell a row from all others, empty: the primary key. `overlap`: how far
    behind the largest cursor value an incremental run begins again, in seconds for times, in units for numbers, for
    rows that were committed late; None is `OVERLAP_S` or `OVERLAP_UNITS`. `least_share`: a full delivery with fewer
    rows than this share of the published ones is refused.
    """

    engine: str
    host: str = ""
    port: int = 0
    database: str = ""
    user: str = ""
    path: str = ""
    schema: str = ""
    table: str = ""
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    overlap: float | None = None
    is_encrypted: bool = False
    authority: str = ""
    chunk_rows: int = CHUNK_ROWS
    timeout_s: int = 300
    least_share: float = 0.5
    cursor_column: str = field(default="")


def wanted_of(settings: Mapping[str, Any], cursor_column: str = "") -> Wanted:
    """Raises Refused naming the setting that is wrong."""
    engine = str(settings.get("engine", ""))
    if engine not in PORTS:
        raise Refused(
            "engine_unknown",
            "请选择数据库类型：PostgreSQL、MySQL/MariaDB 或 SQLite",
            field="engine",
            value=engine,
        )
    wanted = Wanted(
        engine=engine,
        host=_text(settings, "host"),
        port=_number(settings, "port", PORTS[engine], 0, 65_535),
        database=_text(settings, "database"),
        user=_text(settings, "user"),
        path=_text(settings, "path"),
        schema=_text(settings, "schema"),
        table=_text(settings, "table"),
        columns=_names(settings, "select"),
        key=_names(settings, "key"),
        conditions=tuple(_condition(each) for each in settings.get("conditions") or ()),
        overlap=None if settings.get("overlap") in (None, "") else float(settings["overlap"]),
        is_encrypted=bool(settings.get("is_encrypted") or settings.get("authority")),
        authority=certificates.checked(settings["authority"]) if settings.get("authority") else "",
        chunk_rows=_number(settings, "chunk_rows", CHUNK_ROWS, 1, 200_000),
        timeout_s=_number(settings, "timeout_s", 300, 1, 7_200),
        least_share=float(settings.get("least_share", 0.5)),
        cursor_column=cursor_column,
    )
    for name in ("path",) if engine == "sqlite" else ("host", "database", "user"):
        if not getattr(wanted, name):
            raise Refused("setting_missing", f"设置“{TITLES[name]}”没有填写", field=name)
    return wanted


TITLES = {"host": "主机", "database": "数据库名", "user": "用户名", "path": "文件", "table": "表"}


def _text(settings: Mapping[str, Any], name: str) -> str:
    value = settings.get(name) or ""
    if not isinstance(value, str) or len(value) > 300 or "\x00" in value:
        raise Refused("setting_wrong", f"设置“{name}”不是合法的文本", field=name, value=str(value)[:80])
    return value.strip()


def _number(settings: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    value = settings.get(name)
    if value in (None, ""):
        return default
    try:
        number = int(str(value))
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise Refused(
            "setting_wrong", f"设置“{name}”应为 {least} 至 {most} 的整数", field=name, value=str(value)[:80]
        )
    return number


def _names(settings: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = settings.get(name) or ()
    listed = given.replace("，", ",").split(",") if isinstance(given, str) else given
    return tuple(dict.fromkeys(str(each).strip() for each in listed if str(each).strip()))


def _condition(given: Mapping[str, Any]) -> Condition:
    operator = str(given.get("operator", "=")).lower()
    if operator not in OPERATORS or not given.get("column"):
        raise Refused(
            "condition_wrong",
            f"行条件“{given.get('column', '')} {operator}”不在允许之列",
            field="conditions",
            value=operator,
        )
    return Condition(str(given["column"]), operator, given.get("value"))
