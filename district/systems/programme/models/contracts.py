"""Contracts: what was agreed with whom, and the most that may be paid for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .projects import Firm, Project


class Contract(models.Model):
    """Asked for by one, approved by another. Nothing is paid before `approved_at`, nor more than `amount_fen` in all."""

    class Kind(models.TextChoices):
        SUPPLY = "supply", _("建设采购")
        SUPERVISION = "supervision", _("监理")
        TEST = "test", _("测评")
        EVALUATION = "evaluation", _("成效评价")
        OPERATION = "operation", _("运营服务")

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("履行中")
        REFUSED = "refused", _("已驳回")
        ENDED = "ended", _("已完成")
        TERMINATED = "terminated", _("已解除")

    number = models.CharField(_("合同编号"), max_length=32, unique=True)
    title = models.CharField(_("合同名称"), max_length=120)
    project = models.ForeignKey(Project, models.PROTECT, related_name="contracts", verbose_name=_("项目"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="contracts", verbose_name=_("乙方"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    amount_fen = models.PositiveBigIntegerField(_("合同金额（分）"))
    signed_on = models.DateField(_("签订日期"))
    begins_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("截止日期"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    asked_at = models.DateTimeField(_("提交时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人")
    )
    approved_at = models.DateTimeField(_("审批时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("合同")
        ordering = ("-signed_on", "number")
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="contract_is_money"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="contract_days"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="contract_needs_two"
            ),
        )

    def __str__(self) -> str:
        return self.title
