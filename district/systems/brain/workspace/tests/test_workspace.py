"""Questions are answered by the grants of the moment; nothing that is masked or outside comes out, whatever is asked."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import duckdb
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.datasets.models import Resource
from district.kernel.datasets.versions import published
from district.kernel.grants.models import Grant, Use, UseSubjects
from district.kernel.grants.subjects import subject_hash
from district.kernel.grants.tests import shared_rows
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ...models import QuestionRun, SavedQuestion
from .. import actions, reading_sql, sandbox
from ..relations import relations

pytestmark = pytest.mark.django_db
TABLE = "owner.people"
INSIDE = [n for n in range(1, 31) if n % 3 == 0]
"""Rows of the granted town."""


def rows(sql: str, account: Account) -> list[list[Any]]:
    found = actions.ask(sql, account)
    return [list(row.values()) for row in actions.answer_rows(found.answer.rows)]


def test_counts_see_only_granted_rows_and_texts_are_masked(analyst: Account):
    assert rows(f"SELECT count(*), min(id) FROM {TABLE}", analyst) == [[10, 3]]
    [[name, number, phone]] = rows(f"SELECT name, number, phone FROM {TABLE} WHERE id = 3", analyst)
    assert (name, phone) == ("测**3", "138****0003")
    assert number[6:14] == "*" * 8


def test_a_filter_on_the_full_value_of_a_masked_item_finds_nothing(analyst: Account):
    assert rows(f"SELECT count(*) FROM {TABLE} WHERE number = '{shared_rows.number_of(3)}'", analyst) == [[0]]


def test_an_item_that_is_not_granted_does_not_exist(analyst: Account):
    with pytest.raises(Refused) as refused:
        rows(f"SELECT income FROM {TABLE}", analyst)
    assert refused.value.code == "sql_failed"


def test_without_a_grant_there_is_no_answer_and_a_withdrawn_one_ends_at_once(analyst: Account, grant: Grant):
    Grant.objects.update(state="withdrawn")
    with pytest.raises(Refused) as refused:
        rows(f"SELECT count(*) FROM {TABLE}", analyst)
    assert refused.value.code == "no_grant"


def test_a_use_is_logged_with_the_question_and_the_persons(analyst: Account, grant: Grant):
    rows(f"SELECT name FROM {TABLE}", analyst)
    use = Use.objects.get()
    assert (use.channel, use.number, use.subjects) == ("sql", grant.number, 10)
    assert TABLE in use.filter["sql"]
    assert QuestionRun.objects.get().rows == 10


def test_only_the_persons_of_the_rows_a_question_is_about_are_logged(analyst: Account):
    rows(f"SELECT name FROM {TABLE} WHERE id IN (3, 6) AND town LIKE '370306%'", analyst)
    use = Use.objects.get()
    assert use.subjects == 2
    [listed] = UseSubjects.objects.values_list("hashes", flat=True)
    assert set(listed) == {subject_hash(shared_rows.number_of(n)) for n in (3, 6)}


def test_every_item_that_holds_a_person_is_logged(analyst: Account, shared: Resource, grant: Grant):
    shared.items.filter(name="phone").update(holds="person_id")
    rows(f"SELECT town FROM {TABLE} WHERE id = 3", analyst)
    [listed] = UseSubjects.objects.values_list("hashes", flat=True)
    assert set(listed) == {subject_hash(shared_rows.number_of(3)), subject_hash("13800000003")}


def test_columns_that_are_items_carry_their_titles(analyst: Account):
    asked = f"SELECT p.name, count(*) AS town, p.ID FROM {TABLE} AS p GROUP BY ALL"
    titles = actions.ask(asked, analyst).titles
    assert titles["name"] == "姓名"
    assert "town" not in titles  # a name the question gave


def test_a_refused_question_is_kept_with_its_reason(analyst: Account):
    with pytest.raises(Refused):
        rows("SELECT * FROM read_csv('/etc/passwd')", analyst)
    assert QuestionRun.objects.get().error.startswith("sql_table")


def test_a_question_that_takes_too_long_is_stopped():
    with sandbox.sandbox([]) as connection, pytest.raises(Refused) as refused:
        sandbox.run(connection, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", seconds=0.3)
    assert refused.value.code == "sql_slow"


def test_a_question_that_needs_too_much_memory_is_stopped_or_answered_from_disk():
    with sandbox.sandbox([], memory_mb=64) as connection, pytest.raises(Refused) as refused:
        sandbox.run(connection, "SELECT list(range) FROM range(60000000)", seconds=20)
    assert refused.value.code in ("sql_memory", "sql_slow", "sql_failed")


WAYS_OUT = [
    "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "COPY (SELECT 1) TO '/tmp/x.csv'",
    "ATTACH '/tmp/x.db'", "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true",
    "SELECT * FROM read_csv('http://127.0.0.1/x')", "EXPORT DATABASE '/tmp/x'", "SELECT * FROM glob('/*')",
    "RESET enable_external_access", "PRAGMA disable_verification; SET lock_configuration = false",
]  # fmt: skip


@pytest.mark.parametrize("sql", WAYS_OUT, ids=[each[:30] for each in WAYS_OUT])
def test_even_without_the_reading_of_sql_nothing_leads_out_of_the_sandbox(sql: str):
    with sandbox.sandbox([]) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql).fetchall()


COLUMNS = st.sampled_from(["id", "name", "number", "phone", "town", "income", "born_on", "*", "_key0", "_subject0", "rowid"])
CALLS = st.sampled_from(["{}", "max({})", "string_agg(CAST({} AS VARCHAR), ',')", "hash({})", "list({})", "to_json({})",
                         "reverse(CAST({} AS VARCHAR))", "count(DISTINCT {})"])  # fmt: skip
FROMS = st.sampled_from([
    TABLE, f"(SELECT * FROM {TABLE}) AS own", f"{TABLE} AS a, {TABLE} AS b", "shared_people", "grants_use", f"main.{TABLE}",
    "information_schema.tables", "pg_catalog.pg_tables", "duckdb_tables()", "own", "read_parquet('**/*.parquet')",
    "query('SELECT * FROM shared_people')", "postgres_scan('', 'public', 'shared_people')", f"(FROM {TABLE})",
])  # fmt: skip
TAILS = st.sampled_from(["", " WHERE 1 = 1 OR town LIKE '%'", " UNION ALL SELECT 1", " GROUP BY ALL", " LIMIT 5", "; SELECT 1",
                         " -- '", " QUALIFY true", " WHERE income > 0 ORDER BY income"])  # fmt: skip
SECRETS = {
    *(shared_rows.number_of(n) for n in range(1, 31)), *(f"1380000{n:04}" for n in range(1, 31)),
    *(shared_rows.TOWNS[n] + "001" for n in (1, 2)), *(f"测试人{n}" for n in range(1, 31)),
}  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CALLS, COLUMNS), min_size=1, max_size=3), FROMS, TAILS)
def test_no_question_gets_a_full_value_or_a_row_outside_the_grant(
    analyst: Account, calls: list[tuple[str, str]], source: str, tail: str
):
    """Asked twice: as an analyst asks, and with the reading of SQL left out, straight into the sandbox."""
    shown = ", ".join(call.format(column) for call, column in calls)
    sql = f"SELECT {shown} FROM {source}{tail}"
    answers = []
    with suppress(Refused):
        answers.append(str(rows(sql, analyst)))
    loaded = [each.loaded for each in relations(reading_sql.read(f"SELECT * FROM {TABLE}"), _viewer(analyst))]
    with sandbox.sandbox(loaded) as connection:
        try:
            answers.append(str(connection.execute(sql).fetchall()))
        except duckdb.Error as error:
            answers.append(str(error))
    for answer in answers:
        assert not [secret for secret in SECRETS if secret in answer or secret[::-1] in answer]


def _viewer(account: Account) -> Any:
    from district.kernel.grants.viewers import viewer_of

    return viewer_of(account)


def test_a_question_becomes_a_product_as_sensitive_as_its_sources_and_a_new_version_each_time(analyst: Account):
    question = actions.keep(
        analyst, title="各镇人数", sql=f"SELECT town, count(*) AS n FROM {TABLE} GROUP BY town", purpose="测试", cron="0 3 * * *"
    )
    version = actions.make_product(question, analyst)
    assert (version.number, version.rows) == (1, 1)
    product = Resource.objects.get(pk=SavedQuestion.objects.get().product_id)
    assert {item.grade for item in product.items.all()} == {4}
    assert product.shelf == "submitted"
    SavedQuestion.objects.update(due_at="2020-01-01T00:00:00+08:00")
    assert actions.run_due() == 1
    assert published(product).number == 2
    assert actions.run_due() == 0


def test_an_analyst_asks_keeps_and_takes_out_an_answer_on_screen(analyst: Account):
    browser = Client()
    browser.force_login(analyst)
    sql = f"SELECT town, count(*) AS n FROM {TABLE} GROUP BY town"
    shown = browser.post("/brain/workspace/run/", {"sql": sql, "chart": "bar", "title": "各镇"})
    assert shown.status_code == 200
    assert "10" in shown.content.decode()
    kept = browser.post("/brain/workspace/save/", {"sql": sql, "title": "各镇", "purpose": "测试", "chart": "bar"})
    assert kept.status_code == 302
    page = browser.get(kept.url).content.decode()
    assert "测试人口" in page
    assert "income" not in page
    taken = browser.post("/brain/workspace/export/", {"sql": sql, "purpose": "测试"}).content.decode()
    assert analyst.username in taken.splitlines()[0]
    assert "370306001001,10" in taken
    assert browser.post("/brain/workspace/run/", {"sql": "DROP TABLE x.y"}).content.decode().count("alert-danger") == 1
