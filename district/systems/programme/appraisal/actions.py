"""A year of the appraisal: weights published, scores shown, objections heard, made final by another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions import open_case
from district.kernel.clock import now, today
from district.kernel.people.access import may, scope_of
from district.kernel.people.refused import Refused

from ..meetings.actions import check_office
from ..models import Appraisal, AppraisalYear
from . import formula
from .facts import appraised, facts_of

SYSTEM, PROCEDURE = "programme", "appraisal_objection"
OBJECT_DAYS = 7
State = AppraisalYear.State


def draft(year: int, weights: dict[str, int], account: Any, *, is_simulated: bool = False) -> AppraisalYear:
    """Raises Refused: not_office, weights, published."""
    check_office(account)
    try:
        checked = formula.checked_weights(weights)
    except (ValueError, TypeError) as error:
        raise Refused(
            "weights", _("各项权重须为不小于 0 的整数，合计 100"), field="weights", value=weights
        ) from error
    found = AppraisalYear.objects.filter(year=year).first()
    if found is None:
        return AppraisalYear.objects.create(year=year, weights=checked, is_simulated=is_simulated)
    _check(found, State.DRAFT)
    found.weights = checked
    found.save(update_fields=["weights"])
    return found


def publish_weights(year: AppraisalYear, account: Any) -> AppraisalYear:
    """From here on the weights stand: the database refuses to change them."""
    check_office(account)
    _check(year, State.DRAFT)
    year.state, year.published_at, year.published_by = State.PUBLISHED, now(), account
    year.save(update_fields=["state", "published_at", "published_by"])
    return year


@transaction.atomic
def reckon(year: AppraisalYear, account: Any) -> int:
    """Counts all units anew; may be repeated until the year is final. Returns how many units there are."""
    check_office(account)
    _check(year, State.PUBLISHED, State.OPEN)
    at, units = now(), appraised()
    facts = facts_of(units, year.year, at)
    for unit in units:
        result = formula.reckon(facts[unit.pk], year.weights)
        Appraisal.objects.update_or_create(
            year=year, unit=unit,
            defaults={"facts": facts[unit.pk], "points": result.points, "score": result.score, "reckoned_at": at},
        )  # fmt: skip
    return len(units)


def show(year: AppraisalYear, account: Any) -> AppraisalYear:
    """Provisional scores are shown to all, and may be objected to for some days."""
    check_office(account)
    _check(year, State.PUBLISHED)
    if not year.scores.exists():
        raise Refused("no_scores", _("请先测算得分"), field="year", value=year.year)
    year.state, year.shown_at, year.object_until = State.OPEN, now(), today() + timedelta(days=OBJECT_DAYS)
    year.save(update_fields=["state", "shown_at", "object_until"])
    return year


@transaction.atomic
def object_to(score: Appraisal, reason: str, account: Any) -> Appraisal:
    """By the unit itself, once, while the scores are shown. Raises Refused: state, scope, twice, late, reason."""
    score = Appraisal.objects.select_for_update(of=("self",)).select_related("year", "unit").get(pk=score.pk)
    _check(score.year, State.OPEN)
    if not may(account, "programme.liaison") or not scope_of(account, SYSTEM).covers(score.unit_id):
        raise Refused("scope", _("只能由本单位申诉"), field="unit", value=score.unit.code)
    if score.year.object_until and today() > score.year.object_until:
        raise Refused(
            "late", _("申诉期已于 %(day)s 截止") % {"day": score.year.object_until.isoformat()}, field="year"
        )
    if score.objection_id:
        raise Refused("twice", _("已经申诉过"), field="unit", value=score.unit.code)
    if not reason.strip():
        raise Refused("reason", _("请写明申诉理由"), field="reason")
    title = _("%(unit)s对 %(year)s 年度考核得分的申诉") % {"unit": score.unit.name, "year": score.year.year}
    score.objection = open_case(
        system=SYSTEM, procedure=PROCEDURE, idempotency_key=f"appraisal:{score.pk}", title=title, channel="objection",
        text=reason.strip(), organisation=score.unit, account=account, is_simulated=score.year.is_simulated,
        form={"appraisal": score.pk, "score": score.score},
    )  # fmt: skip
    score.save(update_fields=["objection"])
    return score


@transaction.atomic
def make_final(year: AppraisalYear, account: Any) -> AppraisalYear:
    """By a leader, not by who published the weights; no objection may be open. From here on nothing is changed."""
    if not may(account, "programme.leader"):
        raise Refused("not_leader", _("考核结果由区领导审定"), field="account")
    year = AppraisalYear.objects.select_for_update().get(pk=year.pk)
    _check(year, State.OPEN)
    if year.published_by_id == account.pk:
        raise Refused("own_request", _("不能审定本人公布的考核办法"), field="account")
    if year.object_until and today() <= year.object_until:
        raise Refused(
            "early", _("申诉期到 %(day)s 为止") % {"day": year.object_until.isoformat()}, field="year"
        )
    if year.scores.filter(objection__state__in=("open", "suspended")).exists():
        raise Refused("objections", _("还有申诉没有办结"), field="year", value=year.year)
    year.digest = formula.digest(year.year, year.weights, rows_of(year))
    year.state, year.final_at, year.final_by = State.FINAL, now(), account
    year.save(update_fields=["digest", "state", "final_at", "final_by"])
    return year


def rows_of(year: AppraisalYear) -> list[dict[str, Any]]:
    """What anybody needs to reckon the scores anew."""
    return [
        {
            "unit": score.unit.code,
            "name": score.unit.name,
            "facts": score.facts,
            "points": score.points,
            "score": score.score,
        }
        for score in year.scores.select_related("unit").order_by("unit__code")
    ]


def _check(year: AppraisalYear, *wanted: str) -> None:
    if year.state not in wanted:
        raise Refused(
            "state",
            _("该年度%(is)s，不能这样办理") % {"is": year.get_state_display()},
            field="state",
            value=year.state,
        )
