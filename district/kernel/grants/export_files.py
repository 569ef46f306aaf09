"""Files of granted rows: CSV, Excel, Parquet, with a mark that is seen and one that is not."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from district.kernel import home
from district.kernel.grants.row_marks import cell_text

XLSX_ROWS = 1_000_000
BATCH = 5000
Rows = Iterable[Sequence[Any]]


def folder() -> Path:
    path = home.home() / "exports"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def write_csv(path: Path, heads: Sequence[str], rows: Rows, mark: str) -> int:
    """With a byte order mark, so that Excel reads it; the mark is the last line. Formulas are made texts."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for count, row in enumerate(rows, 1):  # noqa: B007 - the count of the last one is wanted
            writer.writerow([_harmless(value) for value in row])
        file.write(f"# {mark}\r\n")
    return count


def _harmless(value: Any) -> str:
    text = cell_text(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t") else text


def write_xlsx(path: Path, heads: Sequence[str], rows: Rows, mark: str) -> int:
    """The mark is in the heading of each printed page and on a sheet of its own."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.oddHeader.center.text = mark
    sheet.oddFooter.center.text = mark
    sheet.append(list(heads))
    count = 0
    for count, row in enumerate(rows, 1):
        if count > XLSX_ROWS:
            raise ValueError("行数超过 Excel 的上限，请导出 CSV 或 Parquet")
        sheet.append([_harmless(value) if isinstance(value, str) else _zoneless(value) for value in row])
    book.create_sheet("水印").append([mark])
    book.save(path)
    return count


def _zoneless(value: Any) -> Any:
    return value.isoformat(sep=" ") if getattr(value, "tzinfo", None) is not None else value


def write_parquet(path: Path, heads: Sequence[str], rows: Rows, mark: str) -> int:
    """Texts throughout; the mark is in the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(head, pa.string()) for head in heads], metadata={"district.watermark": mark})
    count, batch = 0, []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for count, row in enumerate(rows, 1):  # noqa: B007 - the count of the last one is wanted
            batch.append([None if value is None else cell_text(value) for value in row])
            if len(batch) == BATCH:
                writer.write_table(_table(batch, schema))
                batch = []
        if batch:
            writer.write_table(_table(batch, schema))
    return count


def _table(batch: list[list[Any]], schema: Any) -> Any:
    import pyarrow as pa

    return pa.table(dict(zip(schema.names, zip(*batch, strict=True), strict=True)), schema=schema)


WRITERS: dict[str, Callable[[Path, Sequence[str], Rows, str], int]] = {
    "csv": write_csv, "xlsx": write_xlsx, "parquet": write_parquet,
}  # fmt: skip


def read_rows(path: Path) -> list[list[Any]]:
    """The rows of such a file, without headings and marks. Raises ValueError for other kinds of files."""
    kind = path.suffix.lower().removeprefix(".")
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [row for row in csv.reader(file) if row and not row[0].startswith("# ")]
        return [[_said(text) for text in row] for row in lines[1:]]
    if kind == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(path, read_only=True).worksheets[0]
        return [[_said(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    if kind == "parquet":
        import pyarrow.parquet as pq

        return [list(row.values()) for row in pq.read_table(path).to_pylist()]
    raise ValueError("应为 CSV、xlsx 或 Parquet 文件")


def _said(value: Any) -> Any:
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:2] in "=+-@\t" else value


def digest_of(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
