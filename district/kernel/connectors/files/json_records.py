"""JSON: a list of records, records line by line, records somewhere in an object, GeoJSON. No Django."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np
import orjson

from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.text_lines import TextLines, whole_text_encoding
from district.kernel.connectors.rows import Rows, UnreadRow
from district.kernel.files.refusal import Refusal

BATCH_ROWS = 8_192
STEP = 1024 * 1024
MOST_RECORD = 32 * 1024 * 1024
WHOLE_BYTES = 48 * 1024 * 1024
"""An object up to this size is held whole; in a larger one the list is looked for at its beginning."""
DEEPEST = 4
_BLANK = re.compile(r"[\s,]*")
NOT_JSON = "不是有效的 JSON"


class JsonRecords:
    """Iterate once."""

    def __init__(self, file: IO[bytes], options: Options, size: int) -> None:
        self.file, self.options, self.size = file, options, size
        self.found = ""
        self.skipped = 0

    def __iter__(self) -> Iterator[Rows]:
        start = self.file.read(65536)
        self.file.seek(0)
        if _is_lines(start):
            yield from self._lines()
            return
        records = self._records()
        number = 0
        while True:
            rows, unread, places = [], [], []
            for record in records:
                number += 1
                if isinstance(record, dict):
                    rows.append(flat(record))
                    places.append(number)
                else:
                    unread.append(
                        UnreadRow(
                            number,
                            {"": json.dumps(record, ensure_ascii=False)[:4000]},
                            "not_a_record",
                            "不是一条记录（应是 {…}）",
                        )
                    )
                if len(rows) + len(unread) >= BATCH_ROWS:
                    break
            if not rows and not unread:
                break
            yield Rows(rows, np.array(places, dtype=np.int64), tuple(unread))
        if not number:
            raise Refusal("no_rows", "文件里没有记录")

    def notes(self) -> list[dict[str, str]]:
        return [{"code": "records_path", "words": f"记录取自“{self.found}”"}] if self.found else []

    def _lines(self) -> Iterator[Rows]:
        for block in TextLines(self.file):
            rows, places, unread = [], [], list(block.unread)
            for number, line in enumerate(block.data.split(b"\n"), start=block.first_line):
                if not line.strip():
                    continue
                try:
                    record = orjson.loads(line)
                except orjson.JSONDecodeError:
                    record = None
                if isinstance(record, dict):
                    rows.append(flat(record))
                    places.append(number)
                else:
                    shown = {"": line.decode("utf-8", "replace")[:4000]}
                    unread.append(UnreadRow(number, shown, "bad_json", f"这一行{NOT_JSON}记录"))
            yield Rows(rows, np.array(places, dtype=np.int64), tuple(unread), bytes=block.bytes)

    def _records(self) -> Iterator[Any]:
        text = io.TextIOWrapper(self.file, whole_text_encoding(self.file), newline="")
        head = text.read(STEP)
        stripped = head.lstrip("\ufeff \t\r\n")
        if stripped.startswith("["):
            return _elements(text, head[len(head) - len(stripped) + 1 :])
        if not stripped.startswith("{"):
            raise Refusal("bad_json", f"{NOT_JSON}：应以 [ 或 {{ 开始")
        if self.size <= WHOLE_BYTES:
            return iter(self._inside(head + text.read()))
        key = self.options.records.rsplit(".", 1)[-1] or "features"
        begin = re.search(rf'"{re.escape(key)}"\s*:\s*\[', head)
        if begin is None:
            raise Refusal("no_records", f"文件开头没有找到记录列表“{key}”，请指定记录所在的路径")
        self.found = key
        return _elements(text, head[begin.end() :])

    def _inside(self, text: str) -> list[Any]:
        try:
            whole = json.loads(text.lstrip("\ufeff"))
        except (json.JSONDecodeError, RecursionError) as error:
            where = f"（第 {error.lineno} 行）" if isinstance(error, json.JSONDecodeError) else "（嵌套过深）"
            raise Refusal("bad_json", f"{NOT_JSON}{where}，文件可能被截断") from error
        if self.options.records:
            found: Any = whole
            for name in self.options.records.split("."):
                found = found.get(name) if isinstance(found, Mapping) else None
            if not isinstance(found, list):
                raise Refusal("no_records", f"路径“{self.options.records}”处没有记录列表")
            self.found = self.options.records
            return found
        path, found = _longest_list(whole)
        self.found = path
        return found if found is not None else [whole]


def _is_lines(start: bytes) -> bool:
    """Whether a second line begins with an object of its own."""
    stripped = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, newline, rest = stripped.partition(b"\n")
    if not first.startswith(b"{") or not newline:
        return False
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return rest.lstrip().startswith(b"{") and first.rstrip().endswith(b"}")
    return True


def _longest_list(whole: Any, path: str = "", depth: int = 0) -> tuple[str, list[Any] | None]:
    """The list of records an object is about."""
    best: tuple[str, list[Any] | None] = ("", None)
    if depth >= DEEPEST or not isinstance(whole, Mapping):
        return best
    for name, value in whole.items():
        at = f"{path}.{name}" if path else str(name)
        found = (
            (at, value)
            if isinstance(value, list) and any(isinstance(each, dict) for each in value[:10])
            else _longest_list(value, at, depth + 1)
        )
        if found[1] is not None and (best[1] is None or len(found[1]) > len(best[1])):
            best = found
    return best


def _elements(text: IO[str], buffer: str) -> Iterator[Any]:
    """The elements of a list, one by one. Raises Refusal where the list breaks off."""
    decoder, position, step = json.JSONDecoder(), 0, STEP
    while True:
        position = _BLANK.match(buffer, position).end()  # type: ignore[union-attr]
        if position < len(buffer):
            if buffer[position] == "]":
                return
            try:
                element, position = decoder.raw_decode(buffer, position)
            except json.JSONDecodeError:
                pass
            except RecursionError as error:
                raise Refusal("bad_json", f"{NOT_JSON}（嵌套过深）") from error
            else:
                step = STEP
                yield element
                continue
        more = text.read(step)
        if not more:
            words = f"{NOT_JSON}：列表没有结束，文件可能被截断"
            raise Refusal("bad_json", words)
        buffer, position, step = buffer[position:] + more, 0, step * 2
        if len(buffer) > MOST_RECORD:
            raise Refusal("bad_json", f"{NOT_JSON}，或有一条记录超过 {MOST_RECORD // 1048576} MB")


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """Objects inside become columns `outer_inner`; lists stay, as JSON. A GeoJSON feature gives its properties, its
    geometry, and lon and lat of a point (RFC 7946)."""
    if record.get("type") == "Feature" and "geometry" in record:
        point = record["geometry"] or {}
        properties = record.get("properties")
        found = _spread(properties if isinstance(properties, Mapping) else {}, "", 0)
        if (
            isinstance(point, Mapping)
            and point.get("type") == "Point"
            and isinstance(point.get("coordinates"), list)
        ):
            found |= dict(zip(("lon", "lat"), point["coordinates"][:2], strict=False))
        return {**found, "geometry": json.dumps(point, ensure_ascii=False) if point else None}
    return _spread(record, "", 0)


def _spread(record: Mapping[str, Any], before: str, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping) and value and depth < DEEPEST:
            found |= _spread(value, f"{before}{name}_", depth + 1)
        else:
            found[f"{before}{name}"] = value
    return found
