"""No sequence of grant, change, withdraw and query lets a row or a column out that is not granted at that moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import duckdb
import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from district.kernel import clock
from district.kernel.grants import actions, masks, paging, row_rules, rules
from district.kernel.grants.models import Client, Grant
from district.kernel.grants.paging import Source
from district.kernel.grants.refused import Refused
from district.kernel.grants.terms import Terms
from district.kernel.grants.tests import shared_rows
from district.kernel.grants.viewers import Viewer, viewer_of_client
from district.testing.people import organisation

NAMES = [item[0] for item in shared_rows.ITEMS]
MASKS = {item[0]: item[4] or ("hidden" if item[3] >= 3 else "") for item in shared_rows.ITEMS}
SUBSETS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
PLACES = st.lists(
    st.sampled_from(["370306001", "370306002", "3703061", "370306", "3704"]), max_size=2, unique=True
)
FILTERS = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(["eq", "ge", "lt", "prefix", "is_set", "in"]),
        st.sampled_from(["1", "12", "测", "测试人5", "370306001", "1500.0", "1999-01-01", shared_rows.number_of(5), ""]),
    ),
    max_size=2,
)  # fmt: skip


def _read(found: row_rules.Rule, asked: QueryDict, source: Source) -> tuple[paging.Question | None, str]:
    try:
        return paging.question(found, asked, source), ""
    except Refused as refused:
        return None, refused.code


class Sharing(RuleBasedStateMachine):
    """The model keeps the terms that count now; each answer is compared with what they allow, worked out in Python."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        shared_rows.make_table(12)
        self.resource = shared_rows.resource()
        self.resource.share = "open"
        self.asker = organisation("asker", name="申请局")
        self.client, _secret = actions.add_client("系统", self.asker, None)
        self.grant: Grant | None = None
        self.terms: Terms | None = None
        self.is_live = False
        self.rules: list[Any] = []
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {shared_rows.TABLE}")
            self.rows = [dict(zip(NAMES, row, strict=True)) for row in cursor.fetchall()]
        self.engine = duckdb.connect()
        self.engine.execute(
            "CREATE TABLE t (id BIGINT, name VARCHAR, number VARCHAR, phone VARCHAR, town VARCHAR, income DOUBLE,"
            " born_on DATE)"
        )
        self.engine.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", [list(row.values()) for row in self.rows]
        )

    def teardown(self) -> None:
        self.engine.close()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _terms(self, items: list[str], plain: list[str], divisions: list[str], least: int | None) -> Terms:
        today = clock.today()
        conditions = [] if least is None else [{"item": "income", "op": "ge", "value": least}]
        return Terms(
            items=items, starts_on=today, ends_on=today + timedelta(days=9), divisions=divisions, conditions=conditions,
            plain=[name for name in plain if name in items],
        )  # fmt: skip

    @rule(items=SUBSETS, plain=SUBSETS, divisions=PLACES, least=st.sampled_from([None, 300, 900]))
    def give(self, items: list[str], plain: list[str], divisions: list[str], least: int | None) -> None:
        self.terms = self._terms(items, plain, divisions, least)
        self.grant = actions.give(self.resource, self.asker, self.terms, None, purpose="试")
        self.is_live = True

    @precondition(lambda self: self.is_live)
    @rule(items=SUBSETS, divisions=PLACES)
    def change(self, items: list[str], divisions: list[str]) -> None:
        self.terms = self._terms(items, [], divisions, None)
        self.grant = actions.change(self.grant, self.terms, None)

    @precondition(lambda self: self.is_live)
    @rule()
    def suspend(self) -> None:
        self.grant = actions.suspend(self.grant, None, "查")
        self.is_live = False

    @precondition(lambda self: self.grant is not None and self.grant.state == "suspended")
    @rule()
    def resume(self) -> None:
        self.grant = actions.resume(self.grant, None)
        self.is_live = True

    @precondition(lambda self: self.grant is not None and self.grant.state in ("active", "suspended"))
    @rule()
    def withdraw(self) -> None:
        self.grant = actions.withdraw(self.grant, None, "收")
        self.is_live = False

    @rule(is_active=st.booleans())
    def stop_or_start_the_program(self, is_active: bool) -> None:
        Client.objects.update(is_active=is_active)
        self.client.is_active = is_active

    @rule(
        filters=FILTERS,
        sort=st.sampled_from(["", "name", "-town", "income"]),
        fields=st.one_of(st.none(), SUBSETS),
    )
    def ask(self, filters: list[tuple[str, str, str]], sort: str, fields: list[str] | None) -> None:
        found = rules.columns_and_rows(self.viewer, self.resource)
        assert (found is not None) == (self.is_live and self.client.is_active)
        if found is None:
            return
        self.rules = [*self.rules[-3:], found]
        asked = QueryDict(mutable=True)
        asked.update(
            {f"{item}.{op}": value for item, op, value in filters}
            | {"sort": sort, "fields": ",".join(fields or [])}
        )
        wanted = {item for item, _op, _value in filters} | set(fields or []) | ({sort.lstrip("-")} - {""})
        source = Source("postgres", rules.table_sql(shared_rows.TABLE), ("id",))
        question, code = _read(found, asked, source)
        if question is None:
            assert code != "item_not_granted" or wanted - set(self.terms.items)
            return
        assert wanted <= set(self.terms.items)
        allowed = self._allowed(question.fields)
        for answer in self._answers(found, question):
            assert answer.issubset(allowed)

    @invariant()
    def rules_of_before_give_nothing_that_is_not_granted_now(self) -> None:
        for old in self.rules:
            is_of_now = self.is_live and (old.grant_id, old.revision) == (self.grant.pk, self.grant.revision)
            assert rules.still_holds([old]) == is_of_now
            if not is_of_now:
                sql, values = rules.relation_sql(old, "postgres", rules.table_sql(shared_rows.TABLE))
                with connection.cursor() as cursor:
                    cursor.execute(sql, values)
                    assert cursor.fetchall() == []

    @property
    def viewer(self) -> Viewer:
        return viewer_of_client(self.client)

    def _answers(self, found: row_rules.Rule, question: paging.Question) -> list[set[tuple[Any, ...]]]:
        width = len(question.fields)
        sql, values = paging.page_sql(
            found, question, Source("postgres", rules.table_sql(shared_rows.TABLE), ("id",)), clock.now()
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            first = {row[:width] for row in cursor.fetchall()}
        sql, values = paging.page_sql(
            found, question, Source("duckdb", "SELECT * FROM t", ("id",)), clock.now()
        )
        second = {row[:width] for row in self.engine.execute(sql, values).fetchall()}
        assert first == second
        return [first, second]

    def _allowed(self, fields: tuple[str, ...]) -> set[tuple[Any, ...]]:
        """What the terms allow, by the plain words of the rules."""
        terms = self.terms
        least = [each["value"] for each in terms.conditions]
        rows = [
            row for row in self.rows
            if (not terms.divisions or row["town"].startswith(tuple(terms.divisions)))
            and all(row["income"] >= value for value in least)
        ]  # fmt: skip
        return {tuple(self._shown(name, row[name]) for name in fields) for row in rows}

    def _shown(self, name: str, value: Any) -> Any:
        mask = "" if name in self.terms.plain else MASKS[name]
        if mask == "hidden":
            return None
        if mask:
            return masks.PYTHON[mask](str(value))
        return float(value) if name == "income" else value


@pytest.mark.django_db
def test_no_sequence_lets_a_row_or_a_column_out():
    run_state_machine_as_test(
        Sharing, settings=settings(max_examples=12, stateful_step_count=12, deadline=None)
    )
