"""An answer's body as records. No Django."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from district.kernel.connectors.http.asking import Answer
from district.kernel.connectors.refused import Refused

DEEPEST = 4
"""Objects within a record become columns `a.b` as far as this; what lies deeper stays JSON text."""


def data_of(answer: Answer) -> Any:
    """The JSON value. XML is not read at all: nothing in it is ever expanded or fetched. Raises Refused."""
    kind = answer.headers.get("content-type", "").lower()
    start = answer.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or "html" in kind:
        raise _not_json("html_answer", "接口回答的是网页而不是数据，可能需要登录", answer)
    if start.startswith(b"<") or "xml" in kind:
        raise _not_json("xml_answer", "接口回答的是 XML，这里只读 JSON；请让提供方改用 JSON", answer)
    try:
        return json.loads(_text(answer.body, kind), parse_constant=_no_constant)
    except RecursionError:
        raise _not_json("json_too_deep", "回答的 JSON 嵌套过深", answer) from None
    except ValueError:
        raise _not_json("not_json", "回答不是完整的 JSON", answer) from None


def records_of(data: Any, path: str) -> list[Any]:
    """The records at a JSONPath; without a path the list itself, or the only list in the answer. Raises Refused."""
    found = _listed(data) if not path else value_at(data, path)
    if isinstance(found, Mapping):
        found = [found]
    if not isinstance(found, list):
        keys = "、".join(list(data)[:12]) if isinstance(data, Mapping) else ""
        raise Refused(
            "records_missing",
            f"回答里找不到记录：路径“{path}”没有指向列表。最外层的键：{keys}",
            field="record_path",
            value=path,
        )
    return found


def value_at(data: Any, path: str) -> Any:
    """The first value at a JSONPath; None where there is none. Raises Refused for a path that is none."""
    found = _compiled(path).find(data)
    return found[0].value if found else None


@cache
def _compiled(path: str) -> Any:
    from dlt.common.jsonpath import compile_path

    try:
        return compile_path(path)
    except Exception as error:  # the parser raises plain exceptions of many kinds
        raise Refused(
            "path_wrong", f"“{path}”不是合法的 JSONPath，例如 $.data.list", field="record_path", value=path
        ) from error


def flat(record: Mapping[str, Any], before: str = "", depth: int = 1) -> dict[str, Any]:
    """Objects within objects as columns `outer.inner`."""
    row: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping) and value and depth < DEEPEST:
            row |= flat(value, f"{before}{name}.", depth + 1)
        else:
            row[f"{before}{name}"] = value
    return row


def _listed(data: Any) -> Any:
    if not isinstance(data, Mapping):
        return data
    lists = [value for value in data.values() if isinstance(value, list)]
    return lists[0] if len(lists) == 1 else None


def _text(body: bytes, kind: str) -> str:
    charset = re.search(r"charset=[\"']?([\w-]+)", kind)
    for encoding in filter(None, (charset and charset[1], "utf-8-sig", "gb18030")):
        try:
            return body.decode("gb18030" if encoding in ("gbk", "gb2312") else encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    raise ValueError("no known encoding")


def _no_constant(name: str) -> None:
    """JSON has no NaN and no Infinity; some servers write them for a missing number."""
    return None


def _not_json(code: str, words: str, answer: Answer) -> Refused:
    return Refused(code, f"{answer.url}：{words}", field="url")
