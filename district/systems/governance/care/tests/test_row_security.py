"""Who sees a row is decided in PostgreSQL: judged by a brute-force oracle over roles, units, kinds and scopes."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from district.kernel.clock import now, stopped_at, today
from district.kernel.people.models import Account, Duty, Organisation
from district.systems.governance.care.actions.disputes import Party, open_dispute
from district.systems.governance.care.actions.transfers import accept_transfer, ask_transfer
from district.systems.governance.care.actions.unlocks import approve_unlock, request_unlock
from district.systems.governance.care.actions.work import give_help, make_plan, note_visit
from district.systems.governance.care.row_security import FIGURES, GUARDED, care_role, opened
from district.systems.governance.models import (
    CareContent,
    CareHelp,
    CarePlan,
    CareRecord,
    CareTransfer,
    CareUnit,
    CareUnlock,
    CareVisit,
    Dispute,
    DisputeParty,
    DisputeStep,
)
from district.testing.people import account

from .caring import ALL, KINDS, carer, lead, record, unit

pytestmark = pytest.mark.django_db

BASIS_OF = {
    "correction": "correction_probation", "aftercare": "aftercare", "mental": "mental_care",
    "minors": "minor_hardship", "rehabilitation": "community_recovery",
}  # fmt: skip
PERSONAL = (CareRecord, CareContent, CareVisit, CarePlan, CareHelp, CareTransfer, CareUnlock, Dispute, DisputeParty,
            DisputeStep)  # fmt: skip


@pytest.fixture
def units() -> list[Organisation]:
    """A district, a town with a village below it, and another town; each deals with kinds of its own."""
    district = unit("zhoucun", "minors")
    town = unit("town_a", "correction", "aftercare", "mental", "dispute", parent=district)
    village = unit("village_a", "aftercare", "minors", parent=town)
    other = unit("town_b", *ALL, parent=district)
    return [district, town, village, other]


@pytest.fixture
def seeded(units: list[Organisation]) -> list[CareRecord]:
    """A record of each kind at each unit, one in two with a carer, and a locked one where there is mental care."""
    writer = account(unit=units[0])
    made = []
    every = unit("everywhere", *KINDS, parent=units[0])
    Duty.objects.create(account=writer, role="governance.care_lead", organisation=every, scope="district")
    for at, kind in product(units, KINDS):
        made.append(record(writer, at, BASIS_OF[kind]))
    for at in units:
        made.append(record(writer, at, "mental_care", grade=4))
    return made


def seen_by(who: Account | None, model: type = CareRecord) -> set[int]:
    with opened(who):
        return set(model.objects.values_list("pk", flat=True))


def oracle(who: Account, rows: list[CareRecord]) -> set[int]:
    """Worked out in Python, row by row and duty by duty, as the rule is written in words."""
    seen = set()
    for row, duty in product(rows, Duty.objects.filter(account=who).select_related("organisation")):
        kinds = set(CareUnit.objects.filter(organisation=duty.organisation).values_list("kind", flat=True))
        inside = (
            duty.scope == "district"
            or row.organisation_id == duty.organisation_id
            or (duty.scope == "subtree" and duty.organisation.contains(row.organisation))
        )
        is_live = duty.ended_at is None and (duty.until_on is None or duty.until_on >= today())
        by_role = duty.role == "governance.care_lead" or (
            duty.role == "governance.carer" and row.carer_id == who.pk and row.state == "open"
        )
        if is_live and inside and row.kind in kinds and by_role:
            seen.add(row.pk)
    return seen


def test_every_role_sees_exactly_its_own_rows(units: list[Organisation], seeded: list[CareRecord]):
    roles = ("care_lead", "carer", "officer", "clerk", "reader", "grid_worker")
    people = [
        account(f"governance.{role}", unit=at, scope=scope)
        for role, at, scope in product(roles, units, ("own", "subtree", "district"))
    ] + [account("people.auditor"), account("people.admin"), account("kernel.operator")]
    carers = [who for who in people if who.duties.filter(role="governance.carer").exists()]
    with opened(work="expiry"):
        for index, row in enumerate(seeded):
            CareRecord.objects.filter(pk=row.pk).update(carer=carers[index % len(carers)])
        rows = list(CareRecord.objects.select_related("organisation"))
        locked = set(CareRecord.objects.filter(is_locked=True).values_list("pk", flat=True))
    found = 0
    for who in people:
        wanted = oracle(who, rows)
        assert seen_by(who) == wanted, (who.duties.get().role, who.duties.get().scope)
        assert seen_by(who, CareContent) == wanted - locked
        found += len(wanted)
    assert found > 20
    assert locked


def test_a_duty_that_is_over_shows_nothing(units: list[Organisation], seeded: list[CareRecord]):
    who = lead(units[1])
    assert seen_by(who)
    Duty.objects.filter(account=who).update(
        until_on=today() - timedelta(days=1), from_on=today() - timedelta(days=9)
    )
    assert seen_by(who) == set()


def test_a_suspended_account_sees_nothing(units: list[Organisation], seeded: list[CareRecord]):
    who = lead(units[1])
    Account.objects.filter(pk=who.pk).update(status="suspended")
    assert seen_by(who) == set()


def test_statements_of_ours_see_no_row_without_the_context(
    units: list[Organisation], seeded: list[CareRecord]
):
    for model in PERSONAL:
        assert model.objects.count() == 0
    with connection.cursor() as cursor:
        for model in PERSONAL:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (0,)
        cursor.execute("WITH r AS (SELECT * FROM governance_carerecord) SELECT count(*) FROM r")
        assert cursor.fetchone() == (0,)
    assert CareRecord.objects.update(purpose="") == 0
    assert list(CareRecord.objects.iterator()) == []
    assert len(seen_by(lead(units[3]))) == 6


def test_nothing_is_written_without_the_context(units: list[Organisation], seeded: list[CareRecord]):
    with opened(lead(units[3])):
        row = CareRecord.objects.first()
    row.pk, row.number, row.identity_digest = None, "BFX", "x"
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_raw_sql_under_the_stand_in_role_sees_no_row(seeded: list[CareRecord]):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{care_role(connection) or "none"}"')
        for model in PERSONAL:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (0,)


def test_an_owner_who_is_no_superuser_is_bound_too(units: list[Organisation], seeded: list[CareRecord]):
    """As with a database of one's own: the user of DATABASE_URL owns the tables and is an ordinary user."""
    if not care_role(connection):
        pytest.skip(
            "the user of this database is such an owner already: all other tests of this file show it"
        )
    who = lead(units[3])
    raw = connection.connection
    with transaction.atomic():
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raw.execute("CREATE ROLE plain_owner; ALTER TABLE governance_carerecord OWNER TO plain_owner")
        raw.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain_owner; SET LOCAL ROLE plain_owner")
        assert raw.execute("SELECT count(*) FROM governance_carerecord").fetchone() == (0,)
        raw.execute(
            "SELECT set_config('district.care_account', %s, true), set_config('district.care_today', %s, true)",
            [str(who.pk), today().isoformat()],
        )
        assert raw.execute("SELECT count(*) FROM governance_carerecord").fetchone() == (6,)
        transaction.set_rollback(True)


def test_after_the_context_the_connection_is_as_before(units: list[Organisation]):
    def state() -> tuple:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('district.care_account', true)")
            user, who = cursor.fetchone()
            return user, who or ""

    before = state()
    with opened(lead(units[1])):
        with opened(lead(units[3])):
            inner = state()
        outer = state()
    assert inner[1] != outer[1]
    assert inner[0] == outer[0] == (care_role(connection) or before[0])
    assert state() == before
    with pytest.raises(ZeroDivisionError), opened(lead(units[1])):
        _ = 1 / 0
    assert state() == before
    with transaction.atomic(), pytest.raises(ZeroDivisionError), opened(lead(units[1])):
        _ = 1 / 0
    assert state() == before


def test_every_table_with_a_person_is_forced_and_has_policies():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid)"
            " FROM pg_class c WHERE relkind = 'r' AND relname ~ '^governance_(care|dispute)'"
        )
        found = {name: (forced, policies) for name, forced, policies in cursor.fetchall()}
    impersonal = {"governance_careunit", "governance_careerasure", "governance_carefigures"}
    for name, (forced, policies) in found.items():
        assert name.startswith(GUARDED)
        assert (forced and policies > 1) != (name in impersonal), name
    assert {model._meta.db_table for model in PERSONAL} <= set(found)


def test_the_receiving_unit_sees_the_head_of_an_offer_and_all_after_accepting(units: list[Organisation]):
    here, there = lead(units[1]), lead(units[3])
    row = record(here, units[1])
    assert row.pk not in seen_by(there)
    transfer = ask_transfer(here, row.number, units[3], "住所变更")
    assert row.pk in seen_by(there)
    assert row.pk not in seen_by(there, CareContent)
    assert seen_by(lead(units[0]), CareTransfer) == set()
    accept_transfer(there, transfer.pk)
    assert row.pk in seen_by(there, CareContent)
    assert row.pk not in seen_by(here)


def test_a_locked_record_opens_for_one_account_and_a_while(units: list[Organisation]):
    first, second, helper = lead(units[1]), lead(units[1]), carer(units[1])
    row = record(first, units[1], "mental_care", grade=3, carer=helper)
    with opened(helper):
        assert CareVisit.objects.count() == 0
    unlock = request_unlock(helper, row.number, "按期走访")
    assert seen_by(helper, CareContent) == set()
    approve_unlock(first, unlock.pk, 30)
    assert seen_by(helper, CareContent) == {row.pk}
    note_visit(helper, row.number, today(), "home", "情况平稳")
    make_plan(helper, row.number, "按时服药", "每月随访", today(), today() + timedelta(days=30))
    give_help(helper, row.number, "medical", today(), "样例医院")
    for model in (CareVisit, CarePlan, CareHelp):
        assert seen_by(helper, model)
        assert seen_by(second, model) == set()
    with stopped_at(now() + timedelta(minutes=31)):
        assert seen_by(helper, CareContent) == seen_by(helper, CareVisit) == set()


def test_the_database_itself_wants_a_second_person(units: list[Organisation]):
    first, helper = lead(units[1]), carer(units[1])
    row = record(first, units[1], "mental_care", grade=5, carer=helper)
    unlock = request_unlock(helper, row.number, "按期走访")
    until = {"approved_at": now(), "until_at": now() + timedelta(minutes=5)}
    for who, approver in ((helper, helper), (helper, first), (first, helper)):
        with pytest.raises(DatabaseError), opened(who):
            CareUnlock.objects.filter(pk=unlock.pk).update(approved_by=approver, **until)
    with pytest.raises(DatabaseError), opened(first):
        CareUnlock.objects.filter(pk=unlock.pk).update(
            approved_by=first, approved_at=now(), until_at=now() + timedelta(hours=3)
        )
    with pytest.raises(DatabaseError), opened(helper):
        CareUnlock.objects.create(record=row, reason="x", requested_by=helper, approved_by=first, **until)


def test_disputes_are_for_their_committee_and_mediator(units: list[Organisation]):
    here, there, mediator = lead(units[1]), lead(units[3]), carer(units[1])
    sides = [Party("applicant", "样例甲"), Party("respondent", "样例乙")]
    made = open_dispute(here, "neighbour", "院墙滴水", sides, units[1], mediator=mediator)
    for model, wanted in ((Dispute, 1), (DisputeParty, 2), (DisputeStep, 1)):
        assert len(seen_by(here, model)) == len(seen_by(mediator, model)) == wanted
        assert seen_by(there, model) == seen_by(carer(units[1]), model) == set()
    assert made.due_on == today() + timedelta(days=30)


def test_counting_reaches_heads_only(units: list[Organisation], seeded: list[CareRecord]):
    with opened(work=FIGURES):
        assert CareRecord.objects.count() == len(seeded)
        assert CareContent.objects.count() == 0
        assert CareRecord.objects.update(purpose="别的") == 0


def test_personal_texts_are_sealed_in_the_tables(units: list[Organisation]):
    who = lead(units[1])
    row = record(who, units[1], name="样例丁")
    raw, stored = connection.connection, ""
    with opened(who):
        for table, key in (("governance_carecontent", "record_id"), ("governance_carerecord", "id")):
            found = raw.execute(f"SELECT t::text FROM {table} t WHERE {key} = %s", [row.pk]).fetchone()
            stored += found[0]
    for text in ("样例丁", "13800138000", "000000", "样例镇", "样例乙", "样字第"):
        assert text not in stored
