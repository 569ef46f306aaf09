"""Projects of the programme, the firms and the experts who take part."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.credit_codes import CREDIT_FORM
from district.kernel.people.models import Organisation

from .tasks import PlanTask


class Firm(models.Model):
    """Who supplies, supervises, tests or evaluates; `uscc` is its 统一社会信用代码."""

    name = models.CharField(_("单位名称"), max_length=80)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    trades = models.JSONField(_("业务"), default=list, help_text="supplier, supervisor, tester, evaluator, agent, operator")
    is_barred_until = models.DateField(_("禁入截止"), null=True, blank=True)
    affiliates = models.ManyToManyField("self", blank=True, verbose_name=_("关联单位"))
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("参建单位")
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=Q(uscc__regex=rf"^{CREDIT_FORM}$"), name="firm_uscc_form"),)

    def __str__(self) -> str:
        return self.name


class Expert(models.Model):
    """A member of the expert committee. `account`: who signs in as this expert. `employer_uscc` and `ties` (credit codes
    and unit codes of where an interest lies) say what must be avoided."""

    number = models.CharField(_("专家编号"), max_length=16, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    fields = models.JSONField(_("专业"), default=list)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    employer = models.CharField(_("工作单位"), max_length=80)
    employer_uscc = models.CharField(_("工作单位代码"), max_length=18, blank=True)
    ties = models.JSONField(_("须回避的单位"), default=list, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账号")
    )
    appointed_on = models.DateField(_("聘任日期"))
    until_on = models.DateField(_("聘期截止"))
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("咨询专家")
        ordering = ("number",)

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """A project on its way 立项 → 方案评审 → 招采 → 实施监理 → 验收测试 → 成效评价."""

    class Stage(models.TextChoices):
        PROPOSAL = "proposal", _("立项")
        REVIEW = "review", _("方案评审")
        PROCUREMENT = "procurement", _("招采")
        DELIVERY = "delivery", _("实施监理")
        ACCEPTANCE = "acceptance", _("验收测试")
        EVALUATION = "evaluation", _("成效评价")
        CLOSED = "closed", _("已办结")
        STOPPED = "stopped", _("已终止")

    number = models.CharField(_("项目编号"), max_length=24, unique=True)
    title = models.CharField(_("项目名称"), max_length=120)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("建设单位"))
    tasks = models.ManyToManyField(PlanTask, related_name="projects", blank=True, verbose_name=_("所属重点工作"))
    purpose = models.TextField(_("建设目标"))
    estimate_fen = models.PositiveBigIntegerField(_("估算投资（分）"))
    stage = models.CharField(_("阶段"), max_length=12, choices=Stage.choices, default=Stage.PROPOSAL)
    stage_at = models.DateTimeField(_("进入阶段时间"), default=now)
    due_on = models.DateField(_("计划完成"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("申报人"))
    made_at = models.DateTimeField(_("申报时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("项目")
        ordering = ("-number",)

    def __str__(self) -> str:
        return self.title
