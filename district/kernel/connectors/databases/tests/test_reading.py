from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from district.kernel.connectors import addresses
from district.kernel.connectors.databases import reading
from district.kernel.connectors.databases.columns import tables
from district.kernel.connectors.databases.description import wanted_of
from district.kernel.connectors.databases.opening import opened
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows


def rows_of(found: Iterator[Rows] | list[Rows]) -> list[dict[str, Any]]:
    return [row for each in found for row in each.rows.to_pylist()]


def shops(office: Any, count: int) -> None:
    office.execute("""
        CREATE TABLE shops (id bigint PRIMARY KEY, name text, money numeric(12,2), opened_on date, is_open boolean,
                            changed_at timestamptz, tags jsonb)""")
    office.execute(
        """
        INSERT INTO shops SELECT n, '店铺' || n, n * 1.25, DATE '2020-01-01' + n::int, n %% 2 = 0,
               TIMESTAMPTZ '2026-05-01 08:00+08' + (n / 10) * INTERVAL '1 minute', '{"一": [1]}'
        FROM generate_series(1, %s) n""",
        [count],
    )


def test_columns_come_with_their_types_before_the_first_row(office, office_settings):
    shops(office, 25)
    found = list(reading.read(wanted_of({**office_settings, "table": "shops", "chunk_rows": 10})))
    assert [len(each.rows) for each in found] == [0, 10, 10, 5, 0]
    kinds = {field.name: str(field.type) for field in found[0].rows.schema}
    assert kinds == {
        "id": "int64", "name": "string", "money": "string", "opened_on": "date32[day]", "is_open": "bool",
        "changed_at": "timestamp[us, tz=UTC]", "tags": "string",
    }  # fmt: skip
    first = rows_of(found)[0]
    assert (first["money"], first["tags"]) == ("1.25", '{"一": [1]}')


def test_only_chosen_columns_and_rows_are_read(office, office_settings):
    shops(office, 9)
    wanted = wanted_of({
        **office_settings, "table": "shops", "select": ["id", "name"],
        "conditions": [{"column": "id", "operator": ">", "value": 3},
                       {"column": "name", "operator": "in", "value": ["店铺2", "店铺5"]}],
    })  # fmt: skip
    assert rows_of(reading.read(wanted)) == [{"id": 5, "name": "店铺5"}]


def test_a_reading_that_was_cut_off_goes_on_behind_the_last_row(office, office_settings):
    shops(office, 95)
    wanted = wanted_of({**office_settings, "table": "shops", "chunk_rows": 20})
    stream = reading.read(wanted)
    first = [next(stream) for _ in range(3)]
    stream.close()
    rest = list(reading.read(wanted, cursor=first[-1].cursor))
    assert [row["id"] for row in rows_of(first + rest)] == list(range(1, 96))
    assert [int(each) for rows in first[1:] + rest[1:-1] for each in rows.positions] == list(range(1, 96))


def test_new_rows_are_found_by_the_cursor_and_equal_values_are_neither_lost_nor_doubled(
    office, office_settings
):
    shops(office, 25)
    wanted = wanted_of({**office_settings, "table": "shops", "chunk_rows": 7, "overlap": 0}, "changed_at")
    before = list(reading.read(wanted))
    cursor = before[-1].cursor
    # One with the same time as the last, one late within no overlap, one new.
    office.execute("INSERT INTO shops (id, changed_at) SELECT 100, max(changed_at) FROM shops")
    office.execute(
        "INSERT INTO shops (id, changed_at) SELECT 101, max(changed_at) + INTERVAL '1 s' FROM shops"
    )
    after = list(reading.read(wanted, cursor=cursor))
    assert [row["id"] for row in rows_of(after)] == [100, 101]
    assert rows_of(reading.read(wanted, cursor=after[-1].cursor)) == []


def test_rows_that_were_committed_late_are_found_within_the_overlap(office, office_settings):
    shops(office, 40)
    wanted = wanted_of({**office_settings, "table": "shops", "overlap": 120}, "changed_at")
    cursor = list(reading.read(wanted))[-1].cursor
    office.execute(
        "INSERT INTO shops (id, changed_at) SELECT 200, max(changed_at) - INTERVAL '90 s' FROM shops"
    )
    assert [row["id"] for row in rows_of(reading.read(wanted, cursor=cursor))] == [200]


def test_the_reader_sees_one_state_of_the_table(office, office_settings):
    shops(office, 30)
    stream = reading.read(wanted_of({**office_settings, "table": "shops", "chunk_rows": 10}))
    found = [next(stream), next(stream)]
    office.execute("DELETE FROM shops WHERE id > 15")
    assert len(rows_of(found + list(stream))) == 30


def test_nothing_can_be_written_through_the_connection(office, office_settings):
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    shops(office, 3)
    with opened(wanted_of(office_settings)) as connection:
        assert tables(connection) == ["shops"]
        with pytest.raises(SQLAlchemyError, match="read-only"):
            connection.execute(text("DELETE FROM shops"))
    assert office.execute("SELECT count(*) FROM shops").fetchone() == (3,)


def test_a_name_is_never_part_of_a_query(office, office_settings):
    shops(office, 3)
    office.execute('CREATE TABLE "odd"";DROP TABLE shops;--" (id int)')
    odd = 'odd";DROP TABLE shops;--'
    assert rows_of(reading.read(wanted_of({**office_settings, "table": odd}))) == []
    with pytest.raises(Refused) as refusal:
        rows_of(reading.read(wanted_of({**office_settings, "table": "shops; DROP TABLE shops"})))
    assert refusal.value.code == "table_missing"
    with pytest.raises(Refused) as refusal:
        wanted_of(
            {
                **office_settings,
                "table": "shops",
                "conditions": [{"column": "id", "operator": "= 1 OR", "value": 1}],
            }
        )
    assert refusal.value.code == "condition_wrong"


def test_a_column_that_is_gone_is_told_before_any_row(office, office_settings):
    shops(office, 3)
    office.execute("ALTER TABLE shops RENAME COLUMN name TO title")
    with pytest.raises(Refused) as refusal:
        next(reading.read(wanted_of({**office_settings, "table": "shops", "select": ["id", "name"]})))
    assert (refusal.value.code, refusal.value.value) == ("column_missing", "name")
    assert "title" in str(refusal.value)


def test_rows_without_a_cursor_value_would_be_lost_and_are_told(office, office_settings):
    shops(office, 3)
    office.execute("UPDATE shops SET changed_at = NULL WHERE id = 2")
    with pytest.raises(Refused) as refusal:
        rows_of(reading.read(wanted_of({**office_settings, "table": "shops"}, "changed_at")))
    assert refusal.value.code == "cursor_has_nulls"


def test_a_table_that_was_emptied_by_mistake_does_not_empty_the_resource(office, office_settings):
    shops(office, 30)
    wanted = wanted_of({**office_settings, "table": "shops"})
    assert len(rows_of(reading.read(wanted, published_rows=60))) == 30
    with pytest.raises(Refused) as refusal:
        rows_of(reading.read(wanted, published_rows=61))
    assert refusal.value.code == "too_few_rows"


def test_errors_have_codes_and_no_password(office, office_settings, monkeypatch):
    secret = "-".join(("hunter", "2", "hunter"))
    for change, code in (
        ({"database": "nowhere"}, "database_missing"),
        ({"table": "nothing"}, "table_missing"),
    ):
        with pytest.raises(Refused) as refusal:
            rows_of(reading.read(wanted_of({**office_settings, "table": "shops", **change}), secret))
        assert refusal.value.code == code
        assert secret not in "".join(traceback.format_exception(refusal.value))
    monkeypatch.setenv(addresses.VARIABLE, "127.0.0.1")
    with pytest.raises(Refused) as refusal:
        reading.preview(wanted_of({**office_settings, "host": "127.0.0.1", "port": 1, "table": "shops"}))
    assert (refusal.value.code, refusal.value.is_passing) == ("host_unreachable", True)


def test_the_platforms_own_database_is_no_source(office_settings):
    for host in (office_settings["host"], "localhost", "127.0.0.1", "::1", "0.0.0.0"):
        with pytest.raises(Refused) as refusal:
            reading.preview(wanted_of({**office_settings, "host": host, "table": "people_account"}))
        assert refusal.value.code == "address_forbidden"


def test_a_sqlite_file_is_read_and_odd_values_do_not_stop_it(ledger):
    connection, settings = ledger
    connection.execute(
        "CREATE TABLE shops (id INTEGER PRIMARY KEY, name TEXT, money DECIMAL, at DATETIME, n INTEGER)"
    )
    connection.execute(
        "INSERT INTO shops VALUES (1, '甲', 1.5, '2026-05-01 08:00:00', 3), (2, X'00ff', 'many', 'soon', 'four')"
    )
    found = reading.preview(wanted_of(settings))
    assert found.to_pylist() == [
        {"id": 1, "name": "甲", "money": "1.5", "at": "2026-05-01 08:00:00", "n": "3"},
        {"id": 2, "name": "00ff", "money": "many", "at": "soon", "n": "four"},
    ]
    assert found.schema.field("id").type == pa.int64()


def test_a_sqlite_file_is_read_on_by_its_cursor(ledger):
    connection, settings = ledger
    connection.execute("CREATE TABLE shops (id INTEGER PRIMARY KEY, at DATETIME)")
    connection.execute("INSERT INTO shops VALUES (1, '2026-05-01 08:00'), (2, '2026-05-02 08:00')")
    wanted = wanted_of(settings, "at")
    first = list(reading.read(wanted))
    connection.execute("INSERT INTO shops VALUES (3, '2026-05-02 08:00'), (4, '2026-05-03 08:00')")
    assert [row["id"] for row in rows_of(reading.read(wanted, cursor=first[-1].cursor))] == [3, 4]


@pytest.mark.parametrize(
    ("path", "code"),
    [("../../etc/passwd", "path_forbidden"), ("/etc/passwd", "path_forbidden"), ("no.db", "file_missing")],
)
def test_a_path_opens_no_other_file_of_the_server(path, code):
    with pytest.raises(Refused) as refusal:
        reading.preview(wanted_of({"engine": "sqlite", "path": path, "table": "t"}))
    assert refusal.value.code == code


def test_a_file_that_is_no_database_is_told(ledger):
    connection, settings = ledger
    connection.close()
    from district.kernel.connectors.databases.opening import sqlite_path

    sqlite_path("ledger.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(Refused) as refusal:
        reading.preview(wanted_of(settings))
    assert refusal.value.code == "file_damaged"
