"""The life of a personal record: opened on a statute, worked on, renewed, transferred, ended and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from district.kernel.cases.models import Case
from district.kernel.clock import now, stopped_at, today
from district.kernel.people.models import AuditEntry, Organisation
from district.systems.governance.care.actions.appeals import decide_appeal, take_appeal
from district.systems.governance.care.actions.endings import close_expired, delete_ended
from district.systems.governance.care.actions.figures import make_figures
from district.systems.governance.care.actions.records import (
    Medical,
    Person,
    Term,
    assign_carer,
    close_record,
    correct_record,
    open_record,
    record_medical,
    renew_record,
)
from district.systems.governance.care.actions.transfers import accept_transfer, ask_transfer, refuse_transfer
from district.systems.governance.care.actions.unlocks import approve_unlock, end_unlock, request_unlock
from district.systems.governance.care.actions.work import give_help, make_plan, note_visit
from district.systems.governance.care.bases import bases, months_later
from district.systems.governance.care.looking import disclose, looks_at, see_record
from district.systems.governance.care.refused import Refused
from district.systems.governance.care.row_security import opened
from district.systems.governance.models import (
    CareAppeal,
    CareContent,
    CareErasure,
    CareRecord,
    CareTransfer,
    CareUnlock,
    CareVisit,
)
from district.systems.governance.models.care import Kind

from .caring import ALL, carer, identity, lead, record, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organisation:
    return unit("town_a", *ALL, division_code="370306001")


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expects a Refused of one code."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code


def head(number: str, who) -> CareRecord:
    with opened(who):
        return CareRecord.objects.get(number=number)


@pytest.mark.parametrize("basis", sorted(bases()))
def test_the_database_holds_the_term_of_every_basis(basis: str, town: Organisation):
    """The table of statutes and the constraint of the migration agree, to the day."""
    who = lead(town)
    row = record(who, town, basis)
    latest = months_later(row.term_from_on, bases()[basis].max_months)

    def set_to(**changes) -> None:
        with transaction.atomic(), opened(work="expiry"):
            CareRecord.objects.filter(pk=row.pk).update(**changes)

    set_to(expires_on=latest)
    for changes in (
        {"expires_on": latest + timedelta(days=1)},
        {"basis": "visited_a_petition_office"},
        {"basis": ""},
        {"purpose": ""},
        {"expires_on": row.term_from_on},
        {"kind": "minors" if row.kind != "minors" else "mental"},
    ):
        with pytest.raises(IntegrityError):
            set_to(**changes)
    with pytest.raises(IntegrityError):
        set_to(expires_on=None)
    if bases()[basis].is_renewable:
        set_to(term_from_on=row.starts_on + timedelta(days=5))
    else:
        with pytest.raises(IntegrityError):
            set_to(term_from_on=row.starts_on + timedelta(days=5))


def test_a_record_without_basis_document_or_end_is_refused(town: Organisation):
    who, person = lead(town), Person("样例甲", identity())
    good = Term("样字 1", today(), today() + timedelta(days=100))
    with refused("no_basis"):
        open_record(who, "petitioner", person, good, town)
    with refused("document_missing"):
        open_record(who, "aftercare", person, Term(" ", good.starts_on, good.expires_on), town)
    with refused("longer_than_law"):
        open_record(who, "aftercare", person, Term("样字 1", today(), today() + timedelta(days=1900)), town)
    with refused("ends_before_start"):
        open_record(who, "aftercare", person, Term("样字 1", today(), today()), town)
    with refused("identity_wrong"):
        open_record(who, "aftercare", Person("样例甲", "11010519491231002" + "1"), good, town)
    with refused("outside_duty"):
        open_record(carer(town), "aftercare", person, good, town)
    with refused("outside_duty"):
        open_record(who, "aftercare", person, good, unit("town_b", *ALL))
    assert AuditEntry.objects.filter(action="care_opened").count() == 0


def test_a_minor_is_cared_for_until_coming_of_age_and_no_longer(town: Organisation):
    born = date(today().year - 10, 5, 4)
    person = Person("样例丙", identity(f"{born:%Y%m%d}"))
    end = date(born.year + 18, 5, 4)
    with refused("longer_than_law"):
        open_record(
            lead(town), "minor_left_behind", person, Term("样", today(), end + timedelta(days=1)), town
        )
    assert (
        open_record(lead(town), "minor_left_behind", person, Term("样", today(), end), town).expires_on == end
    )


def test_one_person_has_one_open_record_of_a_basis(town: Organisation):
    who, number = lead(town), identity()
    record(who, town, identity_number=number)
    with refused("held_already"):
        record(who, town, identity_number=number.lower())
    record(who, town, "community_recovery", identity_number=number)


def test_visits_move_the_due_day_by_the_recorded_condition(town: Organisation):
    who = lead(town)
    row = record(who, town, "mental_care", grade=1)
    note_visit(who, row.number, today(), "home", "平稳")
    assert head(row.number, who).next_visit_on == today() + timedelta(days=90)
    record_medical(who, row.number, Medical(2, "unstable", "样例医院", today()))
    assert head(row.number, who).next_visit_on == today() + timedelta(days=14)
    note_visit(who, row.number, today(), "phone", "未接通", is_met=False)
    assert head(row.number, who).next_visit_on == today() + timedelta(days=14)
    with refused("visit_day"):
        note_visit(who, row.number, today() + timedelta(days=1), "home", "x")


def test_a_graver_class_locks_the_record_for_everybody(town: Organisation):
    who = lead(town)
    row = record(who, town, "mental_care", grade=2)
    record_medical(who, row.number, Medical(3, "stable", "样例医院", today()))
    assert head(row.number, who).is_locked
    with refused("locked"):
        note_visit(who, row.number, today(), "home", "x")
    assert see_record(who, row.number, "visit").content is None


@pytest.mark.parametrize(
    ("code", "medical"),
    [
        ("office_missing", Medical(1, "stable", "", date(2026, 1, 1))),
        ("class_unknown", Medical(6, "stable", "样例医院", date(2026, 1, 1))),
        ("condition_unknown", Medical(1, "better", "样例医院", date(2026, 1, 1))),
    ],
)
def test_a_medical_fact_names_the_office_that_recorded_it(code: str, medical: Medical, town: Organisation):
    who = lead(town)
    row = record(who, town, "mental_care", grade=1)
    with refused(code):
        record_medical(who, row.number, medical)


def test_plans_and_help_stay_within_the_record(town: Organisation):
    who = lead(town)
    row = record(who, town)
    with refused("plan_days"):
        make_plan(who, row.number, "a", "b", today(), row.expires_on + timedelta(days=1))
    with refused("amount"):
        give_help(who, row.number, "money", today(), "样例单位", amount_yuan=Decimal(0))
    assert give_help(who, row.number, "money", today(), "样例单位", amount_yuan=Decimal("300.00")).pk


def test_only_what_is_reviewed_is_renewed(town: Organisation):
    who = lead(town)
    fixed, reviewed = record(who, town), record(who, town, "mental_care")
    with refused("not_renewable"):
        renew_record(who, fixed.number, "样字 2", today() + timedelta(days=20))
    with refused("longer_than_law"):
        renew_record(who, reviewed.number, "样字 2", months_later(today(), 12) + timedelta(days=1))
    renew_record(who, reviewed.number, "样字 2", months_later(today(), 12))
    assert head(reviewed.number, who).expires_on == months_later(today(), 12)


def test_an_expired_record_is_closed_by_itself_and_nothing_can_be_added(town: Organisation):
    who, helper = lead(town), carer(town)
    row = record(who, town, "community_detox", carer=helper)
    with stopped_at(now().replace(hour=9) + (row.expires_on - today())):
        with refused("closed"):
            note_visit(who, row.number, today(), "home", "x")
        assert close_expired(today()) == 1
        assert close_expired(today()) == 0
        closed = head(row.number, who)
        assert (closed.state, closed.closed_on) == ("closed", row.expires_on)
        assert closed.delete_on == row.expires_on + timedelta(days=30)
        with opened(helper):
            assert CareRecord.objects.count() == CareContent.objects.count() == 0
        assert delete_ended(today()) == {}
        assert delete_ended(closed.delete_on) == {"community_detox": 1}
        with opened(work="expiry"):
            assert CareRecord.objects.count() == CareContent.objects.count() == 0


def test_deletion_leaves_a_count_and_a_digest_and_no_word(town: Organisation):
    who = lead(town)
    row = record(who, town, name="样例独名")
    note_visit(who, row.number, today(), "home", "走访里的话")
    appeal = take_appeal(who, row.number, "objection", "申请里的话", "居民身份证")
    decide_appeal(who, appeal.number, "refused", "理由里的话")
    close_record(who, row.number, "迁出本区", is_erased_at_once=True)
    assert delete_ended(today()) == {"aftercare": 1}
    kept = CareErasure.objects.get()
    assert (kept.basis, kept.count) == ("aftercare", 1)
    assert len(kept.digests[0]) == 64
    raw = connection.connection
    for table in ("carerecord", "carecontent", "carevisit", "careunlock", "caretransfer"):
        assert raw.execute(f"SELECT count(*) FROM governance_{table}").fetchone() == (0,)
    with opened(who):
        left = CareAppeal.objects.get()
    assert (left.state, left.text, left.grounds, left.record_id) == ("refused", "", "", None)
    last = AuditEntry.objects.filter(action="care_erased").get()
    assert (last.subject, last.fields) == ("aftercare", kept.digests)


def test_a_transfer_needs_a_unit_that_deals_with_the_kind_and_accepts(town: Organisation):
    other, clinic = unit("town_b", "aftercare"), unit("clinic", "mental")
    who, there = lead(town), lead(other)
    row = record(who, town, carer=carer(town))
    with refused("no_such_business"):
        ask_transfer(who, row.number, clinic, "迁居")
    first = ask_transfer(who, row.number, other, "迁居")
    with refused("asked_already"):
        ask_transfer(who, row.number, other, "迁居")
    with refused("outside_duty"):
        accept_transfer(who, first.pk)
    with refused("reason_missing"):
        refuse_transfer(there, first.pk, "")
    refuse_transfer(there, first.pk, "住所未变")
    assert head(row.number, who).organisation == town
    second = ask_transfer(who, row.number, other, "已迁居")
    with refused("not_a_carer"):
        accept_transfer(there, second.pk, carer(town))
    helper = carer(other)
    accept_transfer(there, second.pk, helper)
    moved = head(row.number, there)
    assert (moved.organisation, moved.carer) == (other, helper)
    with opened(who):
        assert CareRecord.objects.count() == 0
        assert CareTransfer.objects.filter(state="accepted").count() == 1


def test_unlocking_takes_two_and_one_record_at_a_time(town: Organisation):
    first, second = lead(town), lead(town)
    helper = carer(town)
    one, two = (record(first, town, "mental_care", grade=4, carer=helper) for _ in range(2))
    with refused("reason_missing"):
        request_unlock(helper, one.number, " ")
    asked, more = request_unlock(helper, one.number, "走访"), request_unlock(helper, two.number, "走访")
    with refused("two_persons"):
        approve_unlock(first, request_unlock(first, one.number, "复核").pk)
    with refused("not_found"):
        approve_unlock(helper, request_unlock(second, two.number, "复核").pk)
    with refused("too_long"):
        approve_unlock(first, asked.pk, 121)
    approve_unlock(first, asked.pk, 10)
    with refused("one_at_a_time"):
        approve_unlock(first, more.pk, 10)
    end_unlock(helper, one.number)
    approve_unlock(second, more.pk, 10)
    assert see_record(helper, two.number, "visit").content.name == "样例甲"
    assert see_record(helper, one.number, "visit").content is None
    with opened(first):
        assert CareUnlock.objects.exclude(approved_at=None).count() == 2


def test_every_look_is_in_the_audit_trail_with_its_purpose(town: Organisation):
    who = lead(town)
    row = record(who, town)
    with refused("purpose_missing"):
        see_record(who, row.number, "")
    seen = see_record(who, row.number, "review", address="127.0.0.1")
    assert seen.content.name == "样例甲"
    entry = AuditEntry.objects.get(action="look")
    assert (entry.subject, entry.purpose, entry.account_id) == (row.number, "期限复核", who.pk)
    assert "identity_number" in entry.fields
    with refused("not_found"):
        see_record(lead(unit("town_b", *ALL)), row.number, "review")
    assert AuditEntry.objects.filter(action="look").count() == 1


def test_the_subject_is_shown_the_record_and_its_looks_but_not_what_the_law_withholds(town: Organisation):
    who, number = lead(town), identity("19800101")
    row = record(who, town, "mental_care", grade=1, identity_number=number)
    correct_record(who, row.number, {"work_notes": "内部备注"}, "补充")
    see_record(who, row.number, "visit")
    with refused("proof_missing"):
        disclose(who, number, "样例甲", "")
    assert disclose(who, number, "别的名字", "id_card") == []
    assert disclose(who, number[:10], "样例甲", "id_card") == []
    (shown,) = disclose(who, number, "样例甲", "id_card")
    texts = dict(shown.fields)
    assert texts["姓名"] == "样例甲"
    assert texts["监护人"] == "样*乙"
    assert "内部备注" not in texts.values()
    assert {"工作备注", "医疗机构登记的等级"} <= set(shown.withheld)
    assert [entry.purpose for entry in shown.looks if entry.action == "look"] == ["本人到场申请查阅", "走访"]
    assert shown.looks == looks_at(row.number)
    other = lead(unit("town_b", *ALL))
    assert disclose(other, number, "样例甲", "id_card") == []


def test_an_objection_is_decided_once_with_grounds_and_kept(town: Organisation):
    who = lead(town)
    row = record(who, town)
    appeal = take_appeal(who, row.number, "correction", "地址有误", "居民身份证")
    assert appeal.due_on == today() + timedelta(days=30)
    with refused("reason_missing"):
        decide_appeal(who, appeal.number, "granted", "")
    correct_record(who, row.number, {"address": "样例镇 2 号"}, appeal.number)
    decide_appeal(who, appeal.number, "granted", "核实属实")
    case = Case.objects.get(number=appeal.case_number)
    assert (case.procedure, case.state, case.is_confidential) == ("care_appeal", "closed", True)
    assert row.number not in f"{case.title}{case.text}{case.form}"
    with refused("decided"):
        decide_appeal(who, appeal.number, "refused", "x")
    with refused("not_correctable"):
        correct_record(who, row.number, {"identity_number": "x"}, "x")
    with opened(who):
        assert CareContent.objects.get().address == "样例镇 2 号"
    fields = AuditEntry.objects.get(action="care_corrected").fields
    assert fields == ["address"]


def test_a_granted_deletion_ends_the_record_at_once(town: Organisation):
    who = lead(town)
    row = record(who, town, "community_recovery")
    appeal = take_appeal(who, row.number, "deletion", "请删除", "居民身份证")
    decide_appeal(who, appeal.number, "granted", "依据已不存在")
    assert head(row.number, who).delete_on == today()
    assert delete_ended(today()) == {"community_recovery": 1}


def test_the_lead_names_the_carer(town: Organisation):
    who, helper = lead(town), carer(town)
    row = record(who, town)
    with refused("not_found"):
        assign_carer(helper, row.number, helper)
    assign_carer(who, row.number, helper)
    with opened(helper):
        assert CareRecord.objects.get().number == row.number
        assert CareVisit.objects.count() == 0


def test_figures_are_stored_once_a_month_with_small_numbers_held_back(town: Organisation):
    who = lead(town)
    for _number in range(6):
        record(who, town)
    record(who, town, "community_recovery")
    figures = make_figures(today())
    aftercare = figures.counts[list(Kind.values).index("aftercare")]
    rehabilitation = figures.counts[list(Kind.values).index("rehabilitation")]
    assert rehabilitation[-1] is None
    assert aftercare[-1] is None
    record(who, town)
    assert make_figures(today()).counts == figures.counts
