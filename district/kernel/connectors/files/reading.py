"""A file of any kind a department may deliver, as rows in bounded memory. No Django.

    with open_rows(path, "企业名录.xlsx", Options()) as reading:
        for rows in reading: …
        reading.notes()

Nothing but Refusal is raised over what is in a file; codes besides those of the readers: empty, bad_type, damaged.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

import pyarrow as pa

from district.kernel.connectors.files.delimited import Delimited
from district.kernel.connectors.files.json_records import JsonRecords
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.parquet_rows import ParquetRows
from district.kernel.connectors.files.unpacking import unpacked
from district.kernel.connectors.files.workbook_safety import OLE
from district.kernel.connectors.files.workbooks import Workbook
from district.kernel.connectors.rows import Rows
from district.kernel.files.refusal import Refusal

SUFFIXES = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xls",
    ".xlsb",
    ".ods",
    ".json",
    ".jsonl",
    ".ndjson",
    ".geojson",
    ".parquet",
    ".zip",
    ".gz",
)
MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam", ".xla")
BROKEN = (
    zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, UnicodeError, csv.Error,
    json.JSONDecodeError, RecursionError, ParseError, pa.ArrowException, ValueError, KeyError, IndexError, TypeError,
    OverflowError, NotImplementedError, AttributeError, OSError, RuntimeError, AssertionError,
)  # fmt: skip
"""What the libraries raise over damaged files; all of it means the same to people."""


class Reader(Protocol):
    def __iter__(self) -> Iterator[Rows]: ...

    def notes(self) -> list[dict[str, str]]: ...


class Reading:
    """Rows of a file; iterate once. `kind`: delimited, workbook, json, parquet."""

    def __init__(self, kind: str, reader: Reader) -> None:
        self.kind, self.reader = kind, reader

    def __iter__(self) -> Iterator[Rows]:
        with only_refusals():
            yield from self.reader

    def notes(self) -> list[dict[str, str]]:
        with only_refusals():
            return self.reader.notes()

    def shown(self) -> dict[str, Any]:
        """How the file was read, for people: header row (from 1), delimiter, encodings, sheet."""
        reader: Any = self.reader
        header, lines = getattr(reader, "header", None), getattr(reader, "lines", None)
        found = {
            "kind": self.kind,
            "delimiter": getattr(reader, "delimiter", ""),
            "sheet": getattr(reader, "sheet", ""),
        }
        if header is not None and header.first >= 0:
            found["header"] = header.first + 1
        if lines is not None:
            found["encodings"] = sorted(lines.encodings)
        return found


@contextmanager
def open_rows(path: Path, name: str, options: Options | None = None) -> Iterator[Reading]:
    """Raises Refusal for what is no table, dangerous or damaged."""
    options = options or Options()
    with _refusing(unpacked(path, name, options.entry)) as (plain, plain_name):
        kind = _kind(plain, plain_name)
        if kind in ("workbook", "parquet"):
            with only_refusals():
                reader: Reader = Workbook(plain, options) if kind == "workbook" else ParquetRows(plain)
            yield Reading(kind, reader)
            return
        with plain.open("rb") as file:
            suffix = PurePosixPath(plain_name).suffix.lower()
            yield Reading(
                kind,
                JsonRecords(file, options, plain.stat().st_size)
                if kind == "json"
                else Delimited(file, options, suffix),
            )


@contextmanager
def _refusing(unpacking: Any) -> Iterator[tuple[Path, str]]:
    """What goes wrong while unpacking is a refusal; what goes wrong later is dealt with there."""
    with only_refusals():
        found = unpacking.__enter__()
    try:
        yield found
    finally:
        unpacking.__exit__(None, None, None)


def _kind(path: Path, name: str) -> str:
    with path.open("rb") as file:
        start = file.read(4096)
    suffix = PurePosixPath(name).suffix.lower()
    if not start.strip():
        raise Refusal("empty", f"“{name}”是空文件")
    if suffix in MACRO_SUFFIXES:
        raise Refusal("macros", "含宏的工作簿不予接收；请另存为 .xlsx 再上传")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith((b"PK\x03\x04", OLE)):
        return "workbook"
    if suffix in (".parquet", ".xlsx", ".xls", ".xlsb", ".ods"):
        raise Refusal("damaged", f"“{name}”不是完好的 {suffix} 文件：内容与扩展名不符，或文件损坏、被截断")
    if start.startswith(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"MZ", b"\x7fELF", b"RIFF", b"SQLite format 3")
    ):
        raise Refusal("bad_type", f"“{name}”不是数据文件；可接收：{'、'.join(SUFFIXES)}")
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in (".json", ".jsonl", ".ndjson", ".geojson") or (
        suffix not in (".csv", ".tsv") and head.startswith((b"{", b"[{"))
    ):
        return "json"
    return "delimited"


@contextmanager
def only_refusals() -> Iterator[None]:
    try:
        yield
    except (Refusal, GeneratorExit):
        raise
    except BROKEN as error:
        raise Refusal("damaged", f"文件损坏、被截断或格式不对，读不下去（{type(error).__name__}）") from error
    except BaseException as error:
        # Readers written in Rust end a thread by an exception that is no Exception.
        if type(error).__name__ in (
            "PanicException",
            "CalamineError",
            "PasswordError",
            "XmlError",
            "ZipError",
            "InvalidFileException",
        ):
            raise Refusal("damaged", "文件损坏、被截断或格式不对，读不下去") from error
        raise
