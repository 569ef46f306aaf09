"""督办函: what is late is asked after in writing, and answered as a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.people.models import Organisation

from .meetings import Decision
from .task_reports import MonthlyReport
from .tasks import PlanTask


class SupervisionLetter(models.Model):
    """Sent to a unit about a task, a decision or a monthly report that is late. Its `case` (procedure
    `supervision_letter`) is the answer and its check."""

    number = models.CharField(_("文号"), max_length=32, unique=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("主送单位"))
    task = models.ForeignKey(
        PlanTask, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("重点工作")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("议定事项")
    )
    report = models.ForeignKey(
        MonthlyReport, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("月报")
    )
    reason = models.CharField(_("督办事由"), max_length=300)
    asks = models.TextField(_("办理要求"))
    due_on = models.DateField(_("反馈时限"))
    case = models.OneToOneField(Case, models.PROTECT, related_name="+", verbose_name=_("督办件"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("签发人")
    )
    issued_at = models.DateTimeField(_("签发时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("督办函")
        ordering = ("-issued_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(decision__isnull=False) | Q(report__isnull=False),
                name="letter_has_a_matter",
            ),
        )

    def __str__(self) -> str:
        return self.number
