from __future__ import annotations

import pytest

from district.kernel.people.refused import Refused
from district.systems.brain.workspace.reading_sql import read


def test_names_of_resources_are_found_wherever_they_stand():
    question = read("""
        WITH own AS (SELECT town, count(*) AS n FROM civil.families GROUP BY town)
        SELECT own.town, n, (SELECT max(aqi) FROM environment.AirQualityDaily) FROM own
        JOIN hr.jobs AS jobs ON jobs.town = own.town WHERE EXISTS (SELECT 1 FROM credit.lists)
        UNION ALL SELECT 'x', 1, 2 ORDER BY 1
    """)
    assert set(question.tables) == {"civil.families", "environment.AirQualityDaily", "hr.jobs", "credit.lists"}


def test_columns_that_are_needed_are_known_unless_a_star_asks_for_all():
    assert read("SELECT a, sum(b) FROM x.y WHERE c > 1 GROUP BY a").tables == {"x.y": frozenset({"a", "b", "c"})}
    assert read("SELECT * FROM x.y").tables == {"x.y": None}


REFUSED = {
    "": "sql_empty",
    "SELEC 1": "sql_unreadable",
    "SELECT FROM WHERE": "sql_unreadable",
    "SELECT 1; SELECT 2": "sql_not_select",
    "DELETE FROM x.y": "sql_not_select",
    "CREATE TABLE x.y AS SELECT 1": "sql_not_select",
    "WITH gone AS (DELETE FROM x.y RETURNING *) SELECT * FROM gone": "sql_forbidden",
    "COPY x.y TO 'z.csv'": "sql_not_select",
    "ATTACH 'z.db'": "sql_not_select",
    "PRAGMA database_list": "sql_not_select",
    "SET memory_limit = '9GB'": "sql_not_select",
    "INSTALL httpfs": "sql_not_select",
    "CALL pragma_version()": "sql_not_select",
    "SELECT * FROM read_parquet('*.parquet')": "sql_table",
    "SELECT * FROM read_csv('/etc/passwd')": "sql_table",
    "SELECT * FROM read_text('/etc/passwd')": "sql_table",
    "SELECT * FROM '/etc/passwd'": "sql_table",
    'SELECT * FROM "/etc/passwd"': "sql_table",
    "SELECT * FROM 'x.parquet'": "sql_table",
    "SELECT * FROM glob('*')": "sql_table",
    "SELECT * FROM duckdb_settings()": "sql_table",
    "SELECT * FROM sniff_csv('x')": "sql_table",
    "SELECT * FROM query('SELECT 1')": "sql_table",
    "SELECT * FROM query_table('x')": "sql_table",
    "SELECT getenv('HOME')": "sql_function",
    "SELECT current_setting('temp_directory')": "sql_function",
    "SELECT * FROM people": "sql_table",
    "SELECT * FROM other.main.people": "sql_table",
    "SELECT $1": "sql_forbidden",
    "SELECT 1 FROM x.y WHERE a IN (SELECT * FROM read_json('z'))": "sql_table",
}


@pytest.mark.parametrize(("sql", "code"), REFUSED.items(), ids=[each[:40] or "empty" for each in REFUSED])
def test_anything_but_one_select_over_the_catalogue_is_refused(sql: str, code: str):
    with pytest.raises(Refused) as refused:
        read(sql)
    assert refused.value.code == code
    assert str(refused.value)
