"""Files of granted rows, and whose a file is."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from district.kernel import clock
from district.kernel.grants import actions, export_files, exports, row_marks
from district.kernel.grants.commands import whose_export
from district.kernel.grants.models import Export, Use
from district.kernel.grants.refused import Refused
from district.kernel.grants.tests import shared_rows
from district.kernel.jobs.in_line import run_waiting
from district.testing.people import account, organisation

ROWS = [(f"测试{n}", n, f"37030600{n % 7}") for n in range(3000)]


def test_the_order_of_rows_tells_the_number_and_changes_no_row():
    for number in (0, 1, 77, 2**32 - 1):
        marked = list(row_marks.marked(ROWS, number))
        assert sorted(marked) == sorted(ROWS)
        assert row_marks.number_of(marked) == number


def test_a_part_of_a_file_tells_it_too_and_a_shuffled_one_tells_nothing():
    marked = list(row_marks.marked(ROWS, 4321))
    assert row_marks.number_of(marked[701:2400]) == 4321
    random.Random(1).shuffle(marked)
    assert row_marks.number_of(marked) is None
    assert row_marks.number_of(marked[:3]) is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_an_export_is_masked_marked_logged_and_ends_with_the_grant(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    shared_rows.make_table(2000)
    resource = shared_rows.resource()
    asker = account("brain.provider", unit=organisation("asker", name="申请局"))
    grant = shared_rows.grant(
        resource, asker.organisation, items=["id", "name", "number", "town"], divisions=["3703060"]
    )
    asked = exports.ask_export(grant, asker, kind)
    assert {outcome for _task, outcome in run_waiting()} == {"succeeded"}
    asked.refresh_from_db()
    assert (asked.problem, asked.rows) == ("", 1333)
    copy = tmp_path / f"lost.{kind}"
    copy.write_bytes(exports.take(asked, asker).read_bytes())
    rows = export_files.read_rows(copy)
    assert len(rows) == 1333
    assert all("*" in str(row[1]) and str(row[2])[6:14] == "*" * 8 for row in rows)
    use = Use.objects.get()
    assert (use.channel, use.rows, use.subjects) == ("file", 1333, 1333)
    assert whose_export([str(copy)]) == 0
    assert grant.number in capsys.readouterr().out
    with clock.stopped_at(clock.now() + timedelta(days=4)), pytest.raises(Refused):
        exports.take(asked, asker)
    actions.withdraw(grant, None, "收")
    with pytest.raises(Refused):
        exports.take(asked, asker)
    Export.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert exports.sweep() == 1


def test_a_formula_in_a_text_is_made_harmless(tmp_path: Path):
    path = tmp_path / "x.csv"
    export_files.write_csv(path, ["甲"], [["=1+1"], ["-2"], [-2]], "印")
    assert path.read_text("utf-8-sig").splitlines() == ["甲", "'=1+1", "'-2", "-2", "# 印"]
    assert export_files.read_rows(path) == [["=1+1"], ["-2"], ["-2"]]
