"""How a project passed its gates: what was put before them, who asked, who let it through."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile

from .projects import Project

BY = settings.AUTH_USER_MODEL


class ProjectPaper(models.Model):
    """A paper a gate asks for (`kind`, see `projects.gates`), put in by one and confirmed by another."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="papers", verbose_name=_("项目"))
    kind = models.SlugField(_("材料"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    words = models.TextField(_("说明"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("提交人"))
    made_at = models.DateTimeField(_("提交时间"), default=now)
    confirmed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("核对人"))
    confirmed_at = models.DateTimeField(_("核对时间"), null=True)
    refused_at = models.DateTimeField(_("退回时间"), null=True)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目材料")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="paper_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_by__isnull=False), name="paper_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.title


class GatePassage(models.Model):
    """A request to leave `stage`, and how it ended. `checks` is what the gate asked for and what it found when it was
    passed; the database lets a project into its next stage by a passed row of this table alone, and keeps the row."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        PASSED = "passed", _("已通过")
        REFUSED = "refused", _("已退回")

    project = models.ForeignKey(Project, models.PROTECT, related_name="passages", verbose_name=_("项目"))
    stage = models.CharField(_("阶段"), max_length=12, choices=Project.Stage.choices)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED)
    checks = models.JSONField(_("核对"), default=list)
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    reason = models.CharField(_("意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("阶段审批")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="asked") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="gate_needs_two",
            ),
            models.UniqueConstraint(
                fields=("project", "stage"), condition=~Q(state="refused"), name="gate_passed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.stage}"
