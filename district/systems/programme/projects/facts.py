"""Facts that gates ask for, read from the records of a project."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from district.kernel.clock import CHINA, now, today

from ..models import Contract, Participation, Project, Review
from .draw import faults_of
from .gates import GATES, Fact, Finding, findings
from .parties import unfit
from .publishing import publication
from .rules import MONTHS_AFTER, missing_reports, months_later

Gather = Callable[[Project], Fact]


def found_at(project: Project) -> list[Finding]:
    """What the gate of the project's stage finds now; nothing for a stage without a gate."""
    if project.stage not in GATES:
        return []
    return findings(project.stage, facts_of(project, project.stage))


def facts_of(project: Project, stage: str) -> dict[str, Fact]:
    """Only those the gate of the stage asks for."""
    confirmed = set(project.papers.filter(confirmed_at__isnull=False).values_list("kind", flat=True))
    waiting = set(project.papers.filter(confirmed_at__isnull=True, refused_at__isnull=True).values_list("kind", flat=True))
    found = {}
    for need in GATES[stage]:
        if need.key.startswith("papers."):
            kind = need.key.removeprefix("papers.")
            found[need.key] = Fact(kind in confirmed, "待另一人核对" if kind in waiting else "未提交")
        else:
            found[need.key] = GATHERED[need.key](project)
    return found


def _purpose(project: Project) -> Fact:
    is_met = bool(project.purpose.strip()) and project.estimate_fen > 0 and project.tasks.exists()
    return Fact(is_met, "未填写完整")


def _effects(project: Project) -> Fact:
    return Fact(project.effects.exists(), "未选定")


def _scheme_review(project: Project) -> Review | None:
    return project.reviews.filter(kind="scheme", state="decided").order_by("-pk").first()


def _draw(project: Project) -> Fact:
    review = _scheme_review(project)
    draw = review.draws.filter(state="drawn").first() if review else None
    if draw is None:
        return Fact(False, "没有已完成的抽取")
    wrong = faults_of(publication(draw))
    return Fact(not wrong, "；".join(wrong))


def _passed(project: Project) -> Fact:
    review = _scheme_review(project)
    if review is None:
        return Fact(False, "专家评审尚无结论")
    if review.outcome == Review.Outcome.REVISE:
        revised = project.papers.filter(kind="scheme_revised", confirmed_at__gt=review.decided_at).exists()
        return Fact(revised, "结论为修改后通过，须提交方案修改稿并核对")
    return Fact(review.outcome == Review.Outcome.PASSED, f"结论为{review.get_outcome_display()}")


def _awarded(project: Project) -> Fact:
    last = project.procurements.filter(kind="supply").exclude(state="failed").order_by("-pk").first()
    if last is None:
        return Fact(False, "没有建设采购")
    if last.state != "settled":
        return Fact(False, f"{last.number} {last.get_state_display()}")
    is_open = last.objections.filter(case__closed_at__isnull=True).exists()
    return Fact(not is_open, "还有未办结的质疑")


def _contract(project: Project) -> Fact:
    winners = project.procurements.filter(kind="supply", state="settled").values("winner")
    is_met = Contract.objects.filter(project=project, kind="supply", approved_at__isnull=False, firm__in=winners).filter(
        Q(state="approved") | Q(state="ended")
    ).exists()  # fmt: skip
    return Fact(is_met, "没有与中标单位签订并经财政审批的合同")


def _third(role: str) -> Gather:
    def gather(project: Project) -> Fact:
        part = Participation.objects.filter(project=project, role=role, until_on__isnull=True).select_related("firm").first()
        if part is None:
            return Fact(False, "未登记")
        why = unfit(project, part.firm, role)
        return Fact(not why, why)

    return gather


def _list(project: Project) -> Fact:
    items = list(project.items.all())
    if not items:
        return Fact(False, "清单为空")
    open_ones = sum(item.agreed_at is None for item in items)
    return Fact(not open_ones, f"{open_ones} 项待另一人确认")


def _baseline(project: Project) -> Fact:
    missing = project.effects.filter(before_at__isnull=True).count()
    return Fact(project.effects.exists() and not missing, f"{missing} 项未测算")


def _supervised(project: Project) -> Fact:
    begun = project.stage_at.astimezone(CHINA).date()
    given = set(project.supervision.filter(accepted_at__isnull=False).values_list("month", flat=True))
    missing = missing_reports(begun, today(), given)
    if not given:
        return Fact(False, "还没有接收过监理月报")
    return Fact(not missing, "缺 " + "、".join(f"{month:%Y-%m}" for month in missing))


def _changes(project: Project) -> Fact:
    return Fact(not project.changes.filter(state="asked").exists(), "有待审批的变更")


def _accepted(project: Project) -> Fact:
    return Fact(hasattr(project, "acceptance"), "没有依据通过的运行进行验收")


def _months(project: Project) -> Fact:
    acceptance = getattr(project, "acceptance", None)
    if acceptance is None:
        return Fact(False, "尚未验收")
    due = months_later(acceptance.at.astimezone(CHINA).date(), MONTHS_AFTER)
    return Fact(now().astimezone(CHINA).date() >= due, f"{due:%Y-%m-%d} 起可以评价")


def _after(project: Project) -> Fact:
    missing = project.effects.filter(after_at__isnull=True).count()
    return Fact(project.effects.exists() and not missing, f"{missing} 项未测算")


def _reported(project: Project) -> Fact:
    report = getattr(project, "effect_report", None)
    return Fact(report is not None and report.confirmed_at is not None, "未录入或待另一人确认")


GATHERED: dict[str, Gather] = {
    "has_purpose": _purpose, "has_effects": _effects, "assessor": _third("assessor"), "draw_proved": _draw,
    "review_passed": _passed, "awarded": _awarded, "contract": _contract, "supervisor": _third("supervisor"),
    "list_agreed": _list, "baseline": _baseline, "supervised": _supervised, "no_open_change": _changes,
    "tester": _third("tester"), "accepted": _accepted, "months_over": _months, "after_measured": _after,
    "effect_reported": _reported,
}  # fmt: skip
