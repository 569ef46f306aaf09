from __future__ import annotations

import math
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from district.kernel import home
from district.kernel.clock import CHINA
from district.kernel.devices.columns import Columns
from district.kernel.devices.lake_files import has_rest, path_of, read_day, write_day

MIDNIGHT = datetime(2026, 5, 1, tzinfo=CHINA)
DAY = MIDNIGHT.date()


def columns(values: list[float], series: int = 1) -> Columns:
    """A value a second from midnight on."""
    first = np.datetime64(int(MIDNIGHT.timestamp()), "s").astype("datetime64[us]")
    return Columns(
        np.full(len(values), series, np.int32), first + np.arange(len(values)).astype("timedelta64[s]"),
        np.array(values, np.float64), np.ones(len(values), np.int32),
    )  # fmt: skip


def read_again(values: list[float], root: Path, monkeypatch: pytest.MonkeyPatch) -> Columns:
    write_day(DAY, [columns([0.5, 1e-9], series=1), columns(values, series=2)], root)
    monkeypatch.setattr(home, "lake", lambda: root)
    return read_day(DAY, [2], MIDNIGHT, MIDNIGHT + timedelta(days=1))


reported = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-99999, max_value=10**10).map(float)


@settings(max_examples=100, deadline=None)
@example([0.0, -0.0, math.nan, math.inf, -math.inf, 2.0**53, 2.0**53 / 1e6, -9007199254.740992, 5e-324, 0.1 + 0.2])
@given(st.lists(reported | st.floats(), min_size=1, max_size=50))
def test_every_double_comes_back_bit_for_bit(tmp_path_factory: pytest.TempPathFactory, values: list[float]):
    with pytest.MonkeyPatch.context() as patch:
        found = read_again(values, tmp_path_factory.mktemp("lake"), patch)
    assert found.value.tobytes() == np.array(values, np.float64).tobytes()


def test_what_instruments_report_is_written_as_decimals(tmp_path: Path):
    write_day(DAY, [columns([float(f"{number / 7:.4f}") for number in range(-2000, 2000)])], tmp_path)
    assert not has_rest(path_of(DAY, tmp_path))


def test_a_file_written_anew_with_other_values_is_looked_at_anew(tmp_path: Path):
    for values, expected in (([0.5], False), ([0.5, 1 / 3], True)):
        write_day(DAY, [columns(values)], tmp_path)
        assert has_rest(path_of(DAY, tmp_path)) is expected


def test_nothing_asked_for_gives_no_rows(tmp_path: Path, monkeypatch: Any):
    assert len(read_again([1.0], tmp_path, monkeypatch)) == 1
    assert len(read_day(DAY, [3], MIDNIGHT, MIDNIGHT + timedelta(days=1))) == 0
