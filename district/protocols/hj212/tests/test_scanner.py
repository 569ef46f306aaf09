"""The compiled scanner says what the plain decoder says, or says nothing."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.protocols import hj212
from district.protocols.hj212 import (
    NO_FRAME,
    READ,
    STATISTIC_NAMES,
    Batch,
    Scanner,
    decode,
    scanner,
    upload_of,
)
from district.protocols.hj212.framing import split
from district.protocols.hj212.layout import FRAME_COLUMNS, MOST_ITEMS

from .specimens import AREA, frame, frames, head, streams

SCANNER = Scanner()


def row(batch: Batch, number: int) -> dict[str, int]:
    return dict(zip(FRAME_COLUMNS, batch.frames[number].tolist(), strict=True))


def assert_same(batch: Batch, number: int) -> None:
    """The columns of a READ frame against the reference decoder."""
    message = decode(batch.raw(number))
    upload = upload_of(message)
    assert upload.refused == ()
    assert message.warnings == ()
    assert not message.is_encrypted
    got = row(batch, number)
    assert (f"{got['system']:02d}", f"{got['command']:04d}") == (message.st, message.cn)
    assert (None if got["flag"] < 0 else got["flag"]) == message.flag
    assert batch.message_id(number) == message.qn
    assert batch.device_codes()[number].decode() == message.mn
    assert batch.passwords()[number].decode() == message.pw
    assert upload.at is not None
    assert got["at_s"] == int(upload.at.timestamp())
    span = slice(got["readings_from"], got["readings_to"])
    assert readings_of(batch, span) == [
        (each.item, each.code, each.statistic, each.value, each.mark, each.raw,
         -1 if each.sampled_at is None else int(each.sampled_at.timestamp()))
        for each in upload.readings
    ]  # fmt: skip


def readings_of(batch: Batch, span: slice) -> list[tuple[str, str, str, float, str, str, int]]:
    columns = batch.readings
    found = []
    for at in range(span.start, span.stop):
        code = columns.items[at]
        begin = columns.text_at[at]
        text = batch.data[begin : begin + columns.text_length[at]].decode()
        mark = chr(columns.marks[at]) if columns.marks[at] else ""
        statistic = STATISTIC_NAMES[columns.statistics[at]]
        found.append((batch.codes.items[code], batch.codes.names[code], statistic, columns.values[at], mark, text,
                      columns.sampled[at]))  # fmt: skip
    return found


@settings(max_examples=400)
@given(st.lists(frames(), min_size=1, max_size=4))
def test_what_it_reads_it_reads_as_the_reference_does(drawn: list[bytes]):
    batch = SCANNER.scan(drawn)
    for number in range(len(batch)):
        if row(batch, number)["status"] == READ:
            assert_same(batch, number)


@settings(max_examples=400)
@given(st.lists(streams(), min_size=1, max_size=3))
def test_it_finds_the_same_borders_as_the_framer(chunks: list[bytes]):
    batch = SCANNER.scan(chunks)
    expected = []
    for number, chunk in enumerate(chunks):
        pieces, taken = split(chunk)
        assert batch.taken[number] == taken
        expected += [(number, piece.raw, piece.is_frame) for piece in pieces]
    got = [(row(batch, n)["chunk"], batch.raw(n), row(batch, n)["status"] != NO_FRAME) for n in range(len(batch))]
    assert got == expected


def test_the_usual_frames_are_read_and_not_left_to_the_reference():
    usual = [
        frame(),
        frame(AREA, head(CN="2051")),
        frame("DataTime=20260214090000;a21026-Cou=1.2,a21026-Min=1,a21026-Avg=2,a21026-Max=3,a21026-Flag=N;a01013-Avg=-0.2"),
        frame("DataTime=20260214090000;w01018-SampleTime=20260214080000,w01018-Rtd=2,w01018-Flag=T;"),
        frame("DataTime=20260214090000;SB1-RS=1;SB2-RS=0", head(CN="2021")),
        frame(AREA, head(Flag="9", ST="21")),
        frame(AREA, "ST=32;CN=2011;PW=1;MN=A;"),
    ]
    batch = SCANNER.scan(usual)
    assert batch.column("status").tolist() == [READ] * len(usual)
    for number in range(len(usual)):
        assert_same(batch, number)


def test_the_last_moment_of_february_and_of_the_years_are_right():
    stamps = ["20240229235959", "20280229000000", "20010101000000", "20371231235959", "20260301000000"]
    batch = SCANNER.scan([frame(f"DataTime={stamp};w01018-Rtd=1") for stamp in stamps])
    for number in range(len(stamps)):
        assert_same(batch, number)


def test_moments_just_outside_the_plausible_years_are_left_to_the_reference():
    stamps = ["20001231235959", "20380101000000", "20250229000000", "20260431000000", "20260101240000"]
    batch = SCANNER.scan([frame(f"DataTime={stamp};w01018-Rtd=1") for stamp in stamps])
    assert (batch.column("status") != READ).all()
    assert all(hj212.findings(decode(batch.raw(number))) for number in range(len(stamps)))


@given(st.from_regex(r"[0-9]{1,8}\.[0-9]{1,7}", fullmatch=True))
def test_a_number_is_the_float_that_python_reads(text: str):
    batch = SCANNER.scan([frame(f"DataTime=20260214093000;vendor-Rtd={text}")])
    assert batch.readings.values.tolist() == [float(text)]


def test_more_noise_than_room_is_still_cut_into_its_pieces():
    data = b"##" * 3000
    batch = SCANNER.scan([data])
    assert [batch.raw(n) for n in range(len(batch))] == [piece.raw for piece in split(data)[0]]


def test_a_full_table_of_codes_leaves_new_ones_to_the_reference():
    small = Scanner()
    if small.engine == "plain":
        pytest.skip("no numba on this machine")
    for start in range(0, MOST_ITEMS + 200, 40):
        area = ";".join(["DataTime=20260214093000", *(f"q{n}-Rtd=1" for n in range(start, start + 40))])
        batch = small.scan([frame(area)])
    assert batch.column("status").tolist() != [READ]
    assert small.scan([frame()]).column("status").tolist() == [READ]
    assert len(small.codes.names) == MOST_ITEMS


def test_an_empty_scan_is_empty():
    assert len(SCANNER.scan([])) == len(SCANNER.scan([b""])) == 0


@given(st.lists(streams(), min_size=1, max_size=2))
def test_without_numba_the_borders_are_the_same_and_all_is_left_to_the_reference(chunks: list[bytes]):
    plain, fast = Scanner("plain").scan(chunks), SCANNER.scan(chunks)
    assert np.array_equal(plain.taken, fast.taken)
    assert [plain.raw(n) for n in range(len(plain))] == [fast.raw(n) for n in range(len(fast))]
    assert not (plain.column("status") == READ).any()


def test_a_compiler_that_fails_is_no_reason_not_to_read(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    def fails(loop: object) -> None:
        raise RuntimeError("no compiler here")

    monkeypatch.setattr(scanner, "_try_out", fails)
    with caplog.at_level(logging.WARNING):
        assert Scanner().engine == "plain"
    assert "no compiler here" in caplog.text


def test_it_works_where_no_cache_can_be_written(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    program = (
        "from pathlib import Path; from district.protocols import hj212, jit\n"
        "assert jit.folder_of(Path(hj212.__file__).parent) == ''\n"
        "from district.protocols.hj212.compiled.jit import compiled; assert compiled(lambda x: x + 1)(1) == 2"
    )
    environment = {"NUMBA_CACHE_DIR": str(blocked / "below"), "PATH": "/usr/bin:/bin"}
    root = Path(hj212.__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], env=environment, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
