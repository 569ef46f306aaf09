"""Files for tests: written as departments write them, and broken in the ways they break."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.reading import Reading, open_rows
from district.kernel.connectors.rows import UnreadRow

TABLE = "单位名称,职工人数,成立日期\n甲公司,12,2020-01-01\n乙公司,7,2021-05-06\n"


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


class Read:
    """All that a reader gives, at once."""

    def __init__(self, path: Path, options: Options | None = None) -> None:
        self.rows: list[dict[str, Any]] = []
        self.positions: list[int] = []
        self.unread: list[UnreadRow] = []
        with open_rows(path, path.name, options) as reading:
            self.reading: Reading = reading
            for each in reading:
                rows = each.rows if isinstance(each.rows, list) else each.rows.to_pylist()
                self.rows += rows
                self.positions += each.positions.tolist() if each.positions is not None else []
                self.unread += each.unread
            self.notes = {note["code"]: note["words"] for note in reading.notes()}
            self.shown = reading.shown()


def zipped(**files: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "."), content)
    return made.getvalue()


def workbook(
    rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), more_sheets: Sequence[str] = ()
) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    for name in more_sheets:
        book.create_sheet(name).append(["x", "y"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    made = io.BytesIO(package)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return made.getvalue()


def bomb(megabytes: int) -> bytes:
    return gzip.compress(b"a,b\n" + b"1,2\n" * (megabytes * 262_144))
