"""How cases belong together, and which alarm has which case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models.cases import Case
from district.kernel.cases.models.tasks import Task
from district.kernel.clock import now


class LinkKind(models.TextChoices):
    DUPLICATE = "duplicate", _("重复")
    RELATED = "related", _("相关")
    ASKED = "asked", _("协办")


class CaseLink(models.Model):
    """`source` duplicates, relates to, or asked for `target`. `task` is the one that waits for the asked case."""

    source = models.ForeignKey(Case, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Case, models.CASCADE, related_name="links_in")
    kind = models.CharField(_("关系"), max_length=10, choices=LinkKind.choices)
    task = models.ForeignKey(
        Task, models.CASCADE, null=True, blank=True, related_name="asked", db_index=False
    )
    at = models.DateTimeField(_("时间"), default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("关联")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("source", "target", "kind"), name="cases_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="cases_link_not_itself"),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class AlarmCase(models.Model):
    """The case that an alarm has opened. A repeat is the same `alarm_key` while that case is not finished:
    it is counted here and opens nothing.
    """

    system = models.CharField(max_length=40)
    procedure = models.CharField(max_length=60)
    alarm_key = models.CharField(max_length=160)
    alarm_id = models.BigIntegerField(null=True, blank=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="alarms")
    is_running = models.BooleanField(default=True)
    count = models.PositiveIntegerField(_("次数"), default=1)
    first_at = models.DateTimeField(_("首次时间"), default=now)
    last_at = models.DateTimeField(_("最近时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("告警转办件")
        constraints = (
            models.UniqueConstraint(
                fields=("system", "procedure", "alarm_key"),
                name="cases_alarm_running",
                condition=Q(is_running=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.alarm_key} {self.case_id}"
