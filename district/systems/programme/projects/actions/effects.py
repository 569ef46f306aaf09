"""成效评价: indicators before and after, and the evaluator's report."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now, today
from district.kernel.files.actions import attach
from district.kernel.files.models import StoredFile
from district.kernel.kpis.measuring import UnknownKpi, kpi_named, measure
from district.kernel.people.refused import Refused

from ...models import Effect, EffectReport, Project
from ..rules import MONTHS_AFTER, months_later
from .holding import held, held_at, note, other
from .proposing import FILES_OF


@transaction.atomic
def choose_effect(project: Project, account: Any, system: str, key: str) -> Effect:
    """An indicator of the plan that the project is to move; before delivery."""
    project = held_at(project, "proposal", "review", "procurement")
    try:
        kpi_named(system, key)
    except UnknownKpi as unknown:
        raise Refused("kpi", _("没有指标 %(key)s") % {"key": str(unknown)}) from unknown
    made, _is_new = Effect.objects.get_or_create(project=project, system=system, key=key)
    note(account, "effect_chosen", project, f"{system}.{key}")
    return made


def measure_before(project: Project) -> None:
    """By the platform when the project asks to begin delivery; a figure once taken stays. Needs a transaction."""
    for effect in project.effects.filter(before_at__isnull=True):
        effect.before, effect.before_at = _now(effect), now()
        effect.save(update_fields=("before", "before_at"))


@transaction.atomic
def measure_after(project: Project, account: Any) -> int:
    """Once the months are over; what is measured again replaces the figure until the report is confirmed."""
    project = held_at(project, "evaluation")
    _due(project)
    report = EffectReport.objects.filter(project=project, confirmed_at__isnull=False)
    if report.exists():
        raise Refused("confirmed", _("成效评价已确认，数值不再变动"))
    effects = list(project.effects.all())
    for effect in effects:
        effect.after, effect.after_at = _now(effect), now()
        effect.save(update_fields=("after", "after_at"))
    note(account, "effects_measured", project, len(effects))
    return len(effects)


def due_on(project: Project) -> Any:
    """The day evaluation may begin; None before acceptance."""
    acceptance = getattr(project, "acceptance", None)
    return months_later(acceptance.at.astimezone(CHINA).date(), MONTHS_AFTER) if acceptance else None


def _due(project: Project) -> None:
    day = due_on(project)
    if day is None or today() < day:
        raise Refused("too_soon", _("验收满 %(n)s 个月后（%(day)s）才能评价") % {"n": MONTHS_AFTER, "day": day or "—"})


def _now(effect: Effect) -> float | None:
    return measure(*kpi_named(effect.system, effect.key), now()).value.value


@transaction.atomic
def give_effect_report(project: Project, account: Any, *, grade: str, words: str, file: StoredFile | None) -> EffectReport:
    """By the evaluator, entered by an officer with the paper."""
    project = held_at(project, "evaluation")
    _due(project)
    part = project.parts.filter(role="evaluator", until_on__isnull=True).first()
    if part is None:
        raise Refused("evaluator", _("没有登记评价单位"))
    if file is None or not words.strip() or grade not in EffectReport.Grade.values:
        raise Refused("paper", _("请选择等级、填写结论并上传评价报告"))
    report = EffectReport.objects.filter(project=project).first() or EffectReport(project=project)
    if report.confirmed_at is not None:
        raise Refused("confirmed", _("成效评价已确认"))
    report.firm, report.grade, report.words, report.file = part.firm, grade, words, file
    report.made_by, report.made_at = account, now()
    report.save()
    attach(file, FILES_OF, project.number, account, is_personal=False)
    note(account, "effect_reported", project, grade)
    return report


@transaction.atomic
def confirm_effect_report(report: EffectReport, account: Any) -> EffectReport:
    report = held(report)
    if report.confirmed_at is not None:
        raise Refused("confirmed", _("成效评价已确认"))
    other(account, report.made_by_id)
    if report.project.effects.filter(after_at__isnull=True).exists():
        raise Refused("not_measured", _("先测算成效指标的建设后数值"))
    report.confirmed_by, report.confirmed_at = account, now()
    report.save(update_fields=("confirmed_by", "confirmed_at"))
    note(account, "effect_confirmed", report.project, report.grade)
    return report
