"""Plan, visits and help: what is done for the person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account

from ...models import CareHelp, CarePlan, CareVisit
from ..refused import Refused
from ..row_security import opened
from ..visit_rhythm import next_visit_on
from .records import basis_of, editable


def make_plan(by: Account, number: str, aims: str, measures: str, from_on: date, until_on: date) -> CarePlan:
    """A plan within the term of the record."""
    with opened(by):
        record, _content = editable(number)
        if not from_on < until_on <= record.expires_on:
            raise Refused("plan_days", _("计划须在记录的期限之内"), field="until_on", value=until_on)
        plan = CarePlan.objects.create(
            record=record,
            aims=aims,
            measures=measures,
            from_on=from_on,
            until_on=until_on,
            made_by=by,
            made_at=now(),
        )
        record_act(by, "care_planned", subject_kind="care_record", subject=number)
    return plan


def note_visit(
    by: Account, number: str, visited_on: date, how: str, note: str, *, is_met: bool = True
) -> CareVisit:
    """A visit; one that found nobody leaves the due day as it is."""
    with opened(by):
        record, content = editable(number)
        if not record.starts_on <= visited_on <= today():
            raise Refused(
                "visit_day", _("走访日期须在起始日期与今天之间"), field="visited_on", value=visited_on
            )
        if how not in CareVisit.How.values:
            raise Refused("how_unknown", _("没有该走访方式"), field="how", value=how)
        visit = CareVisit.objects.create(
            record=record, due_on=record.next_visit_on, visited_on=visited_on, how=how, is_met=is_met, note=note,
            by=by, noted_at=now(),
        )  # fmt: skip
        if is_met:
            record.next_visit_on = next_visit_on(
                basis_of(record.basis), visited_on, record.expires_on, content.medical_condition
            )
            record.save(update_fields=["next_visit_on"])
        record_act(by, "care_visited", subject_kind="care_record", subject=number, fields=[how])
    return visit


def give_help(
    by: Account, number: str, what: str, given_on: date, given_by: str, *, amount_yuan: Decimal | None = None,
    note: str = "",
) -> CareHelp:  # fmt: skip
    """Help of a kind by a unit; an amount where it has one."""
    with opened(by):
        record, _content = editable(number)
        if what not in CareHelp.What.values:
            raise Refused("help_unknown", _("没有该帮扶内容"), field="what", value=what)
        if given_on > today():
            raise Refused("help_day", _("帮扶日期不能晚于今天"), field="given_on", value=given_on)
        if amount_yuan is not None and amount_yuan <= 0:
            raise Refused("amount", _("金额须大于零"), field="amount_yuan", value=amount_yuan)
        help_ = CareHelp.objects.create(
            record=record,
            what=what,
            amount_yuan=amount_yuan,
            given_on=given_on,
            given_by=given_by,
            note=note,
            by=by,
        )
        record_act(by, "care_helped", subject_kind="care_record", subject=number, fields=[what])
    return help_
