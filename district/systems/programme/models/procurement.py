"""How what a project needs was bought: notice, bids, award, objections."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now

from .projects import Firm, Project

BY = settings.AUTH_USER_MODEL


class Procurement(models.Model):
    """One purchase. Its days and its state are judged by `projects.buying` (政府采购法, 招标投标法)."""

    class Method(models.TextChoices):
        OPEN = "open", _("公开招标")
        INVITED = "invited", _("邀请招标")
        CONSULTATION = "consultation", _("竞争性磋商")
        NEGOTIATION = "negotiation", _("竞争性谈判")
        INQUIRY = "inquiry", _("询价")
        SINGLE = "single", _("单一来源")

    class Kind(models.TextChoices):
        SUPPLY = "supply", _("建设采购")
        SUPERVISION = "supervision", _("监理")
        TEST = "test", _("测评")
        EVALUATION = "evaluation", _("成效评价")
        OPERATION = "operation", _("运营服务")

    class State(models.TextChoices):
        PLANNED = "planned", _("待批准")
        APPROVED = "approved", _("待公告")
        NOTICED = "noticed", _("公告中")
        OPENED = "opened", _("已开标")
        AWARDED = "awarded", _("中标公示")
        SETTLED = "settled", _("已定标")
        FAILED = "failed", _("流标")

    number = models.CharField(_("采购编号"), max_length=28, unique=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="procurements", verbose_name=_("项目"))
    title = models.CharField(_("采购名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.SUPPLY)
    method = models.CharField(_("采购方式"), max_length=12, choices=Method.choices)
    ceiling_fen = models.PositiveBigIntegerField(_("最高限价（分）"))
    why = models.CharField(_("方式理由"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.PLANNED)
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    approved_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    noticed_on = models.DateField(_("公告日期"), null=True)
    notice_reference = models.CharField(_("公告编号或网址"), max_length=200, blank=True)
    bids_due_at = models.DateTimeField(_("投标截止"), null=True)
    opened_at = models.DateTimeField(_("开标时间"), null=True)
    winner = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="+", verbose_name=_("中标单位"))
    award_fen = models.PositiveBigIntegerField(_("中标金额（分）"), null=True)
    awarded_on = models.DateField(_("中标公告日期"), null=True)
    award_reason = models.CharField(_("定标理由"), max_length=200, blank=True)
    objections_until = models.DateField(_("质疑截止"), null=True)
    failed_reason = models.CharField(_("流标原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("采购")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="procurement_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(award_fen__isnull=True) | Q(award_fen__lte=F("ceiling_fen")), name="award_below_ceiling"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("bids_due_at")), name="opened_after_due"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Bid(models.Model):
    """An offer as it was opened."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="bids", verbose_name=_("采购"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", verbose_name=_("投标单位"))
    amount_fen = models.PositiveBigIntegerField(_("报价（分）"))
    received_at = models.DateTimeField(_("收到时间"), default=now)
    points = models.FloatField(_("评审得分"), null=True)
    invalid_reason = models.CharField(_("无效原因"), max_length=200, blank=True)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = verbose_name_plural = _("投标")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("procurement", "firm"), name="bid_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="bid_is_money"),
        )

    def __str__(self) -> str:
        return f"{self.procurement_id} {self.firm_id}"


class BidObjection(models.Model):
    """A doubt (质疑) about a purchase; its `case` (procedure `project_objection`) has the days of the law."""

    class Result(models.TextChoices):
        UPHELD = "upheld", _("成立")
        DENIED = "denied", _("不成立")
        WITHDRAWN = "withdrawn", _("已撤回")

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="objections", verbose_name=_("采购"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", verbose_name=_("质疑单位"))
    text = models.TextField(_("质疑事项"))
    received_at = models.DateTimeField(_("收到时间"), default=now)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("办理件"))

    class Meta:
        verbose_name = verbose_name_plural = _("质疑")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:40]
