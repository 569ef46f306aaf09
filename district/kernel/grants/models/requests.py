"""需求与申请: what a department lacks, and what it asks another for (国发〔2016〕51号; 政务数据共享条例)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource
from district.kernel.people.models import Account, Organisation


class Need(models.Model):
    """A line of the 需求清单. `resource` is empty while the catalogue has nothing that answers it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("需求部门")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("提出人"), db_index=False
    )
    title = models.CharField(_("需要什么数据"), max_length=120)
    text = models.TextField(_("用途与信息项"), blank=True)
    holder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("可能的提供部门"),
    )
    resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("对应资源")
    )
    at = models.DateTimeField(_("提出时间"), default=now)
    met_at = models.DateTimeField(_("满足时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("数据需求")
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.title


class RequestState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待合规性审查")
    RETURNED = "returned", _("退回补正")
    DECLINED = "declined", _("不予受理")
    ACCEPTED = "accepted", _("待提供部门审核")
    AGREED = "agreed", _("同意")
    CONDITIONAL = "conditional", _("有条件同意")
    REFUSED = "refused", _("拒绝")
    CANCELLED = "cancelled", _("已撤回")


OPEN_STATES = (RequestState.SUBMITTED, RequestState.RETURNED, RequestState.ACCEPTED)
GRANTED_STATES = (RequestState.AGREED, RequestState.CONDITIONAL)


@pghistory.track(append_only=True)
class Request(models.Model):
    """共享申请. `case` is the procedure that runs its clocks; `decided_*` say who answered and why."""

    number = models.CharField(_("申请单号"), max_length=30, unique=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="requests", verbose_name=_("资源"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("申请部门")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("申请人"), db_index=False
    )
    items = models.JSONField(_("信息项"), default=list)
    divisions = models.JSONField(_("区划范围"), default=list)
    matter_code = models.CharField(_("事项编码"), max_length=60, blank=True)
    matter = models.CharField(_("业务事项"), max_length=120)
    ground = models.CharField(_("法律依据"), max_length=300, blank=True)
    purpose = models.CharField(_("使用目的"), max_length=200)
    scene = models.TextField(_("应用场景"), blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    frequency = models.CharField(_("使用频次与数量"), max_length=120, blank=True)
    receiving_system = models.CharField(_("接收系统"), max_length=120, blank=True)
    security_level = models.CharField(_("等级保护级别"), max_length=20, blank=True)
    contact = models.CharField(_("联系人"), max_length=80, blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=RequestState.choices, default=RequestState.DRAFT
    )
    case = models.ForeignKey(
        "cases.Case", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("办件")
    )
    created_at = models.DateTimeField(_("登记时间"), default=now)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("答复期限"), null=True, blank=True)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("答复人"),
        db_index=False,
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(_("催办时间"), null=True, blank=True)
    supervised_at = models.DateTimeField(_("督办时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("共享申请")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="grants_request_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.number
