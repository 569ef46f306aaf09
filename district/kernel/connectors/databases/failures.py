"""What a database says when it will not serve, as codes and Chinese words. No Django."""

from __future__ import annotations

import re
from typing import Any

from district.kernel.connectors.databases.description import Wanted
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.scrubbing import scrub

# SQLSTATE of PostgreSQL (manual, appendix A) and error numbers of MySQL (server error reference).
CODES: dict[str, str] = {
    "28P01": "login_refused", "28000": "login_refused", "1045": "login_refused", "1698": "login_refused",
    "3D000": "database_missing", "1049": "database_missing",
    "42P01": "table_missing", "1146": "table_missing", "42703": "column_missing", "1054": "column_missing",
    "42501": "not_permitted", "1044": "not_permitted", "1142": "not_permitted", "1143": "not_permitted",
    "57014": "too_slow", "1317": "too_slow", "3024": "too_slow", "55P03": "table_locked", "1205": "table_locked",
    "25006": "read_only", "1792": "read_only", "53300": "server_full", "1040": "server_full",
    "2003": "host_unreachable", "2005": "host_unreachable", "2006": "connection_lost", "2013": "connection_lost",
    "57P01": "connection_lost", "57P03": "connection_lost", "08006": "connection_lost",
}  # fmt: skip
WORDS: dict[str, str] = {
    "login_refused": "用户名或密码不被接受",
    "database_missing": "服务器上没有这个数据库",
    "table_missing": "没有这个表或视图",
    "column_missing": "表里没有所选的列",
    "not_permitted": "该用户没有读取这个表的权限",
    "too_slow": "查询超过时限",
    "table_locked": "表正被占用",
    "read_only": "只读连接拒绝了写入",
    "server_full": "服务器连接数已满",
    "certificate_refused": "服务器的证书不是所填机构签发的，或不是这台主机的",
    "host_unreachable": "连不上服务器，请核对主机、端口和防火墙",
    "connection_lost": "与服务器的连接中断",
    "file_damaged": "文件不是完好的 SQLite 数据库",
    "database_error": "数据库报错",
}
PASSING = frozenset({"too_slow", "table_locked", "server_full", "host_unreachable", "connection_lost"})
_CERTIFICATE = re.compile("certificate verify failed|CERTIFICATE_VERIFY_FAILED|does not match host name")
_TEXTS = (
    (r"password authentication failed|no password supplied", "login_refused"),
    (r'database "[^"]*" does not exist', "database_missing"),
    (r"no such table", "table_missing"),
    (r"no such column", "column_missing"),
    (r"not a database|malformed", "file_damaged"),
    (r"database is locked", "table_locked"),
    (r"readonly database|read-only", "read_only"),
    (
        r"timeout expired|Connection refused|could not connect|connection failed|unreachable",
        "host_unreachable",
    ),
    (
        r"server closed the connection|Lost connection|connection is lost|terminating connection",
        "connection_lost",
    ),
)


def refused_for(error: Exception, wanted: Wanted, password: str = "") -> Refused:
    """What SQLAlchemy raised, without the password and without the query."""
    original = getattr(error, "orig", None) or error
    said = scrub(original, [password]).strip().split("\n")[0][:300]
    code = code_of(original, said)
    place = wanted.path or f"{wanted.host}:{wanted.port}/{wanted.database}"
    text = f"{place}：{WORDS[code]}（{said}）"
    return Refused(
        code,
        text,
        field="table" if code == "table_missing" else "",
        value=wanted.table,
        is_passing=code in PASSING,
    )


def code_of(error: Any, said: str) -> str:
    """MySQL's drivers give its own number and a coarser SQLSTATE: the number comes first."""
    if _CERTIFICATE.search(said):
        return "certificate_refused"
    number = error.args[0] if getattr(error, "args", None) else ""
    found = CODES.get(str(number)) or CODES.get(str(getattr(error, "sqlstate", None)))
    if found is None:
        found = next((code for pattern, code in _TEXTS if re.search(pattern, said)), None)
    return found or "database_error"
