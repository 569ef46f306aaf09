"""Terms, maintenance, tickets, the month's statement and what is contested of it. Two persons to everything that is agreed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions import open_case
from district.kernel.cases.models import Case
from district.kernel.clock import now, today
from district.kernel.files.models import StoredFile
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ..models import Contract, Maintenance, ServiceTerms, Statement, StatementDispute
from ..projects.rules import months_later
from . import deductions
from .measuring import TICKETS, Month, measure

DISPUTE = "service_dispute"
ANSWER_DAYS = 5
"""Days the company has to accept a statement or to contest a line; afterwards it counts as accepted by silence."""


def ask_terms(contract: Contract, by: Account, *, from_month: date, fee_fen: int, most_percent: int,
              levels: Sequence[dict[str, Any]], is_simulated: bool = False) -> ServiceTerms:  # fmt: skip
    """Raises Refused: contract, month, levels, fee."""
    if contract.kind != Contract.Kind.OPERATION or contract.state != Contract.State.APPROVED:
        raise Refused("contract", _("只有履行中的运营服务合同可以约定服务级别"))
    if from_month.day != 1 or not contract.begins_on.replace(day=1) <= from_month <= contract.ends_on:
        raise Refused("month", _("起始月份不在合同期内"), field="from_month")
    if Statement.objects.filter(contract=contract, month__gte=from_month).exists():
        raise Refused("month", _("该月已经结算，不能追溯改约定"), field="from_month")
    if fee_fen <= 0 or not 0 <= most_percent <= 100:
        raise Refused("fee", _("服务费或扣减上限不对"), field="fee_fen")
    if fault := deductions.faults(levels):
        words = {
            "measure": _("指标不对或重复"), "percent": _("扣减比例须大于 0 且不超过 100"),
            "edge": _("扣减界限须在目标的不利一侧"), "order": _("越差扣减越多，次序不对"),
        }  # fmt: skip
        raise Refused("levels", words[fault], field="levels")
    with transaction.atomic():
        made = ServiceTerms.objects.create(
            contract=contract, from_month=from_month, fee_fen=fee_fen, most_percent=most_percent,
            levels=list(levels), asked_by=by, is_simulated=is_simulated,
        )  # fmt: skip
        record_act(by, "service_terms_asked", subject_kind="programme.terms", subject=made.pk)
    return made


def agree_terms(terms: ServiceTerms, by: Account) -> ServiceTerms:
    """By another than who asked. Raises Refused: own, state."""
    return _agreed(terms, by, "service_terms_agreed")


def ask_maintenance(
    contract: Contract, by: Account, begins_at: datetime, ends_at: datetime, words: str
) -> Maintenance:
    """Announced before it begins. Raises Refused: late, times, words."""
    if begins_at <= now():
        raise Refused("late", _("维护须在开始前申请"), field="begins_at")
    if ends_at <= begins_at:
        raise Refused("times", _("结束须晚于开始"), field="ends_at")
    if not words.strip():
        raise Refused("words", _("请写明维护内容"), field="words")
    with transaction.atomic():
        made = Maintenance.objects.create(
            contract=contract, begins_at=begins_at, ends_at=ends_at, words=words.strip(), asked_by=by
        )
        record_act(
            by,
            "maintenance_asked",
            subject_kind="programme.maintenance",
            subject=made.pk,
            purpose=words[:200],
        )
    return made


def agree_maintenance(maintenance: Maintenance, by: Account) -> Maintenance:
    """Before it begins, by another. Raises Refused: own, state, late."""
    if now() > maintenance.begins_at:
        raise Refused("late", _("维护已经开始，不能事后批准"))
    return _agreed(maintenance, by, "maintenance_agreed")


def _agreed(thing: Any, by: Account, act: str) -> Any:
    with transaction.atomic():
        held = type(thing).objects.select_for_update().get(pk=thing.pk)
        if held.asked_by_id == by.pk:
            raise Refused("own", _("本人提出的须由他人确认"))
        if held.agreed_at is not None:
            raise Refused("state", _("已经确认过"))
        held.agreed_by, held.agreed_at = by, now()
        held.save(update_fields=["agreed_by", "agreed_at"])
        record_act(by, act, subject_kind=f"programme.{type(held).__name__.lower()}", subject=held.pk)
    return held


def report_fault(by: Account, key: str, title: str, text: str, company: Organisation | None, files: Sequence[StoredFile] = (),
                 *, is_simulated: bool = False, opened_at: datetime | None = None) -> Case:  # fmt: skip
    """A ticket for the company; its step has its own clock. Raises Refused of the cases."""
    return open_case(
        system="programme", procedure=TICKETS, idempotency_key=f"ticket:{key}"[:120], title=title[:120], text=text, channel="web",
        account=by, organisation=company, files=files, is_simulated=is_simulated, opened_at=opened_at,
    )  # fmt: skip


def company_of(contract: Contract) -> Organisation | None:
    """The unit here that is the contract's firm: the one of the same 统一社会信用代码."""
    return Organisation.objects.filter(uscc=contract.firm.uscc).first()


def terms_of(contract: Contract, month: date) -> ServiceTerms | None:
    """The newest agreed terms that hold in the month."""
    agreed = ServiceTerms.objects.filter(contract=contract, agreed_at__isnull=False, from_month__lte=month)
    return agreed.order_by("-from_month").first()


def make_statement(contract: Contract, month: date, at: datetime | None = None) -> Statement:
    """Of a month that is over, once. Raises Refused: early, terms, unmeasured."""
    at = at or now()
    existing = Statement.objects.filter(contract=contract, month=month).first()
    if existing is not None:
        return existing
    if months_later(month, 1) > today():
        raise Refused("early", _("这个月还没有结束"))
    terms = terms_of(contract, month)
    if terms is None:
        raise Refused("terms", _("没有已确认的服务级别约定"))
    found = measure(contract, month, at)
    if not found.counted:
        raise Refused("unmeasured", _("这个月没有测量数据，不能结算"))
    lines = _lines(terms, found)
    cut = sum(line["deduction_fen"] for line in lines)
    return Statement.objects.get_or_create(
        contract=contract, month=month,
        defaults={
            "terms": terms, "lines": lines, "fee_fen": terms.fee_fen, "deduction_fen": cut, "pay_fen": terms.fee_fen - cut,
            "answer_by": at + timedelta(days=ANSWER_DAYS), "is_simulated": found.is_simulated or terms.is_simulated,
        },
    )[0]  # fmt: skip


def _lines(terms: ServiceTerms, found: Month) -> list[dict[str, Any]]:
    lines = deductions.deduct(terms.levels, found.values, terms.fee_fen, terms.most_percent)
    return [
        {
            **asdict(line),
            "part": found.measured[line.measure].part,
            "whole": found.measured[line.measure].whole,
        }
        for line in lines
    ]


def accept(statement: Statement, by: Account) -> Statement:
    """By the company. Raises Refused: state, disputed."""
    with transaction.atomic():
        held = _held(statement, {Statement.State.SENT, Statement.State.DISPUTED})
        if held.disputes.filter(is_upheld__isnull=True).exists():
            raise Refused("disputed", _("还有异议没有办结"))
        held.state, held.accepted_by, held.accepted_at = Statement.State.ACCEPTED, by, now()
        held.save()
        record_act(by, "statement_accepted", subject_kind="programme.statement", subject=held.pk)
    return held


def contest(statement: Statement, by: Account, measure_key: str, words: str) -> StatementDispute:
    """A line is contested: a case of its own for the office. Raises Refused: state, line, words, late, twice."""
    if not words.strip():
        raise Refused("words", _("请写明异议"), field="words")
    with transaction.atomic():
        held = _held(statement, {Statement.State.SENT, Statement.State.DISPUTED})
        if now() > held.answer_by:
            raise Refused("late", _("已过确认期限"))
        line = next((each for each in held.lines if each["measure"] == measure_key), None)
        if line is None or not line["deduction_fen"]:
            raise Refused("line", _("这一项没有扣减"), field="measure")
        if held.disputes.filter(measure=measure_key).exists():
            raise Refused("twice", _("这一项已经提过异议"))
        title = _("%(month)s 结算异议：%(measure)s") % {
            "month": f"{held.month:%Y-%m}",
            "measure": measure_key,
        }
        case = open_case(
            system="programme", procedure=DISPUTE, idempotency_key=f"dispute:{held.pk}:{measure_key}", title=title[:120],
            text=words.strip()[:500], channel="web", account=by, organisation=company_of(held.contract),
            is_simulated=held.is_simulated, form={"statement": held.pk, "measure": measure_key},
        )  # fmt: skip
        made = StatementDispute.objects.create(
            statement=held, measure=measure_key, words=words.strip()[:500], case=case, made_by=by
        )
        held.state = Statement.State.DISPUTED
        held.save(update_fields=["state"])
        record_act(
            by,
            "statement_contested",
            subject_kind="programme.statement",
            subject=held.pk,
            purpose=measure_key,
        )
    return made


def take_decision(case: Case) -> Statement | None:
    """What the office decided in a dispute's case goes into the statement: an upheld line is not deducted."""
    with transaction.atomic():
        dispute = (
            StatementDispute.objects.select_for_update().filter(case=case, is_upheld__isnull=True).first()
        )
        if dispute is None:
            return None
        dispute.is_upheld = case.form.get("decision") == "成立"
        dispute.save(update_fields=["is_upheld"])
        held = Statement.objects.select_for_update().select_related("terms").get(pk=dispute.statement_id)
        waived = set(held.disputes.filter(is_upheld=True).values_list("measure", flat=True))
        values = {line["measure"]: line["value"] for line in held.lines}
        fresh = deductions.deduct(held.terms.levels, values, held.fee_fen, held.terms.most_percent, waived)
        by_measure = {line.measure: asdict(line) for line in fresh}
        held.lines = [{**line, **by_measure[line["measure"]]} for line in held.lines]
        held.deduction_fen = sum(line["deduction_fen"] for line in held.lines)
        held.pay_fen = held.fee_fen - held.deduction_fen
        if not held.disputes.filter(is_upheld__isnull=True).exists():
            held.state = Statement.State.SENT
            held.answer_by = max(held.answer_by, now() + timedelta(days=1))
        held.save()
    return held


def accept_silent() -> int:
    """Statements nobody answered in time count as accepted; how many."""
    late = Statement.objects.filter(state=Statement.State.SENT, answer_by__lt=now())
    return late.update(state=Statement.State.ACCEPTED, accepted_at=now())


def approve(statement: Statement, by: Account) -> Statement:
    """By the office, not by who accepted; final from then on. Raises Refused: state, own."""
    with transaction.atomic():
        held = _held(statement, {Statement.State.ACCEPTED})
        if held.accepted_by_id == by.pk:
            raise Refused("own", _("确认人不能核定同一结算单"))
        held.state, held.approved_by, held.approved_at = Statement.State.FINAL, by, now()
        held.digest = digest_of(held)
        held.save()
        record_act(
            by, "statement_approved", subject_kind="programme.statement", subject=held.pk, purpose=held.digest
        )
    return held


def digest_of(statement: Statement) -> str:
    """SHA-256 over contract, month, terms and lines as canonical JSON; the page prints how it is reckoned."""
    terms = statement.terms
    what = {
        "contract": statement.contract.number, "month": f"{statement.month:%Y-%m}", "fee_fen": statement.fee_fen,
        "most_percent": terms.most_percent, "levels": terms.levels, "lines": statement.lines, "pay_fen": statement.pay_fen,
    }  # fmt: skip
    return hashlib.sha256(
        json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def _held(statement: Statement, begins: set[Statement.State]) -> Statement:
    held = Statement.objects.select_for_update().select_related("terms", "contract").get(pk=statement.pk)
    if held.state not in begins:
        raise Refused(
            "state", _("当前状态为“%(state)s”，不能这样办理") % {"state": Statement.State(held.state).label}
        )
    return held
