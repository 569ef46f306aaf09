"""CSV and TSV as batches of text columns: block by block, so that a file of any size fits into memory. No Django.

Arrow reads the blocks. Lines it cannot divide into the right number of columns, and blocks it cannot read at all, go
through the tolerant reader of the standard library.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from district.kernel.connectors.files.dialects import SAMPLE_LINES, sniff
from district.kernel.connectors.files.headers import Header, find_header
from district.kernel.connectors.files.odd_rows import OddRows
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.text_lines import BLOCK_BYTES, Block, TextLines
from district.kernel.connectors.rows import Rows, UnreadRow
from district.kernel.files.refusal import Refusal

MOST_OPEN_BYTES = 64 * 1024 * 1024
"""A quotation mark that is open for longer than this is none."""
SAMPLE_BYTES = 256 * 1024
csv.field_size_limit(MOST_OPEN_BYTES)


class Delimited:
    """Iterate once. `header`, `delimiter` are known from the first batch on, `notes()` at the end."""

    def __init__(
        self, file: IO[bytes], options: Options, suffix: str = "", block_bytes: int = BLOCK_BYTES
    ) -> None:
        self.lines = TextLines(file, block_bytes)
        self.options, self.suffix = options, suffix
        self.header: Header | None = None
        self.delimiter = ""
        self.odd = OddRows()
        self.formulas = 0
        self.is_quote_open = False

    def __iter__(self) -> Iterator[Rows]:
        for block in self._records():
            if self.header is None:
                block = self._begin(block)
            if block.data.strip(b"\n\r"):
                yield self._rows(block)
            elif block.unread or block.bytes:
                yield Rows([], np.empty(0, np.int64), block.unread, bytes=block.bytes)
        if self.header is None:
            raise Refusal("no_rows", "文件里没有内容")

    def notes(self) -> list[dict[str, str]]:
        found = list(self.header.notes) if self.header else []
        if len(self.lines.encodings) > 1:
            names = "、".join(sorted(self.lines.encodings))
            found.append({"code": "mixed_encodings", "words": f"文件里混有几种编码（{names}），已逐行辨认"})
        if self.is_quote_open:
            found.append({"code": "open_quote", "words": "有引号没有闭合，其后的引号按普通字符读取"})
        if self.formulas:
            found.append(
                {
                    "code": "formula_text",
                    "words": f"{self.formulas} 个单元格以“=”或“@”开头，按文本保存，不会执行",
                }
            )
        return found + self.odd.notes()

    def _records(self) -> Iterator[Block]:
        """Blocks that end where a record ends: outside of quotation marks."""
        waiting: list[Block] = []
        quotes = size = 0
        for block in self.lines:
            quotes += block.data.count(b'"')
            size += len(block.data)
            waiting.append(block)
            if quotes % 2 and size <= MOST_OPEN_BYTES:
                continue
            yield _joined(waiting)
            waiting, quotes, size = [], 0, 0
        if waiting:
            yield _joined(waiting)

    def _begin(self, block: Block) -> Block:
        """Finds delimiter and header in the first block and takes the header off."""
        sample = "".join(
            block.data[:SAMPLE_BYTES].decode("utf-8", "ignore").splitlines(keepends=True)[:SAMPLE_LINES]
        )
        self.delimiter = sniff(sample, self.options.delimiter, self.suffix)
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=self.delimiter)
        rows, ends = [], []
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
        if not any(cell.strip() for row in rows for cell in row):
            raise Refusal("no_rows", "文件里没有内容")
        self.header = find_header(rows, given=self.options.header_row)
        skipped = ends[self.header.last] if self.header.last >= 0 else 0
        position = 0
        for _ in range(skipped):
            position = block.data.find(b"\n", position) + 1 or len(block.data)
        unread = tuple(row for row in block.unread if row.position > skipped)
        return Block(block.data[position:], block.first_line + skipped, unread, block.bytes)

    def _rows(self, block: Block) -> Rows:
        assert self.header is not None
        names = self.header.names
        misfits: list[tuple[int, str]] = []

        def on_misfit(row: pacsv.InvalidRow) -> str:
            misfits.append((row.number, row.text))
            return "skip"

        is_open = block.data.count(b'"') % 2 == 1
        self.is_quote_open |= is_open
        try:
            table = pacsv.read_csv(
                io.BytesIO(block.data),
                pacsv.ReadOptions(column_names=names, use_threads=False, block_size=len(block.data) + 16),
                pacsv.ParseOptions(
                    delimiter=self.delimiter,
                    quote_char=False if is_open else '"',
                    ignore_empty_lines=False,
                    newlines_in_values=not is_open and b'"' in block.data,
                    invalid_row_handler=on_misfit,
                ),
                pacsv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    strings_can_be_null=False,
                    check_utf8=False,
                ),
            )
            batch = table.combine_chunks().to_batches()[0] if table.num_rows else _empty(names)
            wrong = np.array([number - 1 for number, _ in misfits], dtype=np.int64)
            indices = np.setdiff1d(np.arange(batch.num_rows + len(misfits)), wrong, assume_unique=True)
        except pa.ArrowInvalid:
            batch, indices, misfits = self._slowly(block.data, names)
        return self._as_rows(batch, indices, misfits, block)

    def _slowly(
        self, data: bytes, names: list[str]
    ) -> tuple[pa.RecordBatch, np.ndarray, list[tuple[int, str]]]:
        good, places, misfits = [], [], []
        text = io.StringIO(data.decode("utf-8", "replace"), newline="")
        reader = csv.reader(text, delimiter=self.delimiter)
        number = 0
        while True:
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                misfits.append((number + 1, str(error)))
                row = []
            if len(row) == len(names):
                good.append(row)
                places.append(number)
            elif row:
                misfits.append((number + 1, self.delimiter.join(row)))
            number += 1
        columns = (
            [pa.array(list(column), pa.string()) for column in zip(*good, strict=True)] if good else None
        )
        batch = pa.RecordBatch.from_arrays(columns, names=names) if columns else _empty(names)
        return batch, np.array(places, dtype=np.int64), misfits

    def _as_rows(
        self, batch: pa.RecordBatch, indices: np.ndarray, misfits: list[tuple[int, str]], block: Block
    ) -> Rows:
        """With the misfits that are only a matter of form, in the order of the file."""
        unread = list(block.unread)
        mended: list[list[str]] = []
        places: list[int] = []
        for number, text in misfits:
            cells = self._mended(text)
            if cells is not None and len(cells) == batch.num_columns:
                mended.append(cells)
                places.append(number - 1)
            elif cells is not None:
                unread.append(
                    self._misfit(block.first_line + number - 1, text, len(cells), batch.num_columns)
                )
        if mended:
            more = pa.RecordBatch.from_arrays(
                [pa.array(list(c), pa.string()) for c in zip(*mended, strict=True)], names=batch.schema.names
            )
            both = pa.Table.from_batches([batch, more])
            indices = np.concatenate([indices, np.array(places, dtype=np.int64)])
            order = np.argsort(indices, kind="stable")
            batch, indices = both.take(pa.array(order)).combine_chunks().to_batches()[0], indices[order]
        kept, chosen = self.odd.without(batch)
        self._note_formulas(kept)
        return Rows(kept, block.first_line + indices[chosen], tuple(unread), bytes=block.bytes)

    def _mended(self, text: str) -> list[str] | None:
        """Cells of a line; blank ones beyond the last column are left out. None for a line that is no record."""
        assert self.header is not None
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))
        cells = rows[0] if rows else []
        width = len(self.header.names)
        if self.odd.is_odd(cells):
            return None
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        return cells

    def _misfit(self, line: int, text: str, found: int, wanted: int) -> UnreadRow:
        words = f"这一行有 {found} 列，应为 {wanted} 列；请检查多出或缺少的分隔符、没有成对的引号"
        return UnreadRow(line, {"": text[:4000]}, "wrong_width", words)

    def _note_formulas(self, batch: pa.RecordBatch) -> None:
        for column in batch.columns:
            starts = pc.binary_slice(column.cast(pa.binary()), 0, 1)
            self.formulas += pc.sum(pc.is_in(starts, pa.array([b"=", b"@"]))).as_py() or 0


def _joined(blocks: list[Block]) -> Block:
    if len(blocks) == 1:
        return blocks[0]
    unread = tuple(row for block in blocks for row in block.unread)
    return Block(b"".join(b.data for b in blocks), blocks[0].first_line, unread, sum(b.bytes for b in blocks))


def _empty(names: list[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], pa.string()) for _ in names], names=names)
