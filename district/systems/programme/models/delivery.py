"""A project under way: who takes part, what the supervisor reports, what was changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile

from .procurement import Procurement
from .projects import Firm, Project
from .reviews import Review

BY = settings.AUTH_USER_MODEL


class Participation(models.Model):
    """A firm's part in a project. A third party is never the supplier or of its group (`projects.actions.parts`)."""

    class Role(models.TextChoices):
        SUPPLIER = "supplier", _("承建单位")
        SUPERVISOR = "supervisor", _("监理单位")
        TESTER = "tester", _("测评单位")
        EVALUATOR = "evaluator", _("评价单位")
        ASSESSOR = "assessor", _("立项评估单位")

    project = models.ForeignKey(Project, models.PROTECT, related_name="parts", verbose_name=_("项目"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="parts", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=12, choices=Role.choices)
    procurement = models.ForeignKey(Procurement, models.PROTECT, null=True, related_name="+", verbose_name=_("采购"))
    since_on = models.DateField(_("开始日期"))
    until_on = models.DateField(_("结束日期"), null=True)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = verbose_name_plural = _("参建关系")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("project", "firm"), condition=Q(until_on__isnull=True), name="part_once"),
            models.UniqueConstraint(
                fields=("project", "role"), condition=Q(until_on__isnull=True), name="part_of_role_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.role}"


class SupervisionReport(models.Model):
    """The supervisor's monthly report, put in by the owner's officer and taken by the office."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="supervision", verbose_name=_("项目"))
    month = models.DateField(_("月份"))
    percent = models.PositiveSmallIntegerField(_("完成比例"))
    planned_percent = models.PositiveSmallIntegerField(_("计划比例"))
    quality = models.TextField(_("质量与问题"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("提交人"))
    made_at = models.DateTimeField(_("提交时间"), default=now)
    accepted_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("接收人"))
    accepted_at = models.DateTimeField(_("接收时间"), null=True)
    returned_reason = models.CharField(_("退回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("监理月报")
        ordering = ("month",)
        constraints = (
            models.UniqueConstraint(fields=("project", "month"), name="supervision_monthly"),
            models.CheckConstraint(condition=Q(percent__lte=100, planned_percent__lte=100), name="supervision_percent"),
            models.CheckConstraint(condition=Q(month__day=1), name="supervision_month"),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("made_by")), name="supervision_needs_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.month:%Y-%m}"


class ProjectChange(models.Model):
    """A change of a project under way. A large one (`projects.rules.LARGE_CHANGE`) needs a review by experts first."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("已驳回")

    project = models.ForeignKey(Project, models.PROTECT, related_name="changes", verbose_name=_("项目"))
    order = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("变更事项"), max_length=120)
    why = models.TextField(_("变更理由"))
    supervisor_says = models.TextField(_("监理意见"))
    amount_fen = models.BigIntegerField(_("金额增减（分）"), default=0)
    days = models.SmallIntegerField(_("工期增减（日）"), default=0)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="+", verbose_name=_("专家评审"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    reason = models.CharField(_("意见"), max_length=200, blank=True)
    due_before = models.DateField(_("变更前完成日期"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目变更")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("project", "order"), name="project_change_order"),
            models.CheckConstraint(
                condition=Q(state="asked") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="project_change_needs_two",
            ),
        )

    def __str__(self) -> str:
        return self.title
