from __future__ import annotations

import numpy as np

from district.edges.gateway.directory import LONG_AGO, Directory, SeriesRows, SeriesTable, Snapshot
from district.edges.gateway.tests.fakes import known

KEY = (1, "a34004", "rtd", "realtime")
NONE = SeriesRows.of([])


def test_numbers_stay_while_devices_come_and_go():
    directory = Directory()
    directory.apply(Snapshot([known(7, "A"), known(9, "B")], NONE))
    before = directory.by_code[b"B"].number
    directory.apply(Snapshot([known(11, "C"), known(9, "B", status="retired")], NONE))
    assert directory.by_code[b"B"].number == before
    assert directory.by_id(9) is directory.by_code[b"B"]
    assert b"A" not in directory.by_code
    assert set(directory.active["hj212"]) == {b"C"}


def test_a_series_is_known_by_its_number_before_it_has_an_id():
    table = SeriesTable()
    number = table.number(KEY, 0.0, 10.0)
    assert table.number(KEY) == number
    assert table.ids[number] == 0
    table.made({number: 42})
    table.stored(np.array([number, number]), np.array([5, 3]))
    assert (table.ids[number], table.last_us[number]) == (42, 5)


def test_what_the_database_says_does_not_take_back_what_was_stored_since():
    table = SeriesTable()
    number = table.number(KEY)
    table.stored(np.array([number]), np.array([100]))
    table.apply(SeriesRows.of([(42, KEY, 0.0, 10.0, 50)]))
    assert (table.ids[number], table.last_us[number], table.high[number]) == (42, 100, 10.0)


def test_a_series_gone_from_the_database_is_made_anew():
    table = SeriesTable()
    table.apply(SeriesRows.of([(42, KEY, 0.0, 10.0, 50)]))
    table.apply(NONE)
    assert table.ids[table.number(KEY)] == 0


def test_the_table_grows_and_keeps_what_it_has():
    table = SeriesTable()
    numbers = [table.number((1, f"i{n}", "rtd", "hour")) for n in range(5000)]
    table.made({number: number + 1 for number in numbers})
    assert numbers == list(range(5000))
    assert table.ids[:5000].tolist() == list(range(1, 5001))
    assert table.last_us[4999] == LONG_AGO
    assert set(table.device[:5000].tolist()) == {1}
