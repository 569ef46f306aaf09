"""一证: the discharge permit with its limits, yearly quantities and duties (order 736, HJ 608-2017)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import credit_code
from .sources import Outlet, Source


def check_permit_number(value: str) -> None:
    """Refuses a permit number that is not 22 characters of the right shape (HJ 608-2017)."""
    fault = credit_code.fault_in_permit_number(value)
    if fault:
        raise ValidationError(
            _("排污许可证编号 %(value)s 有误：%(fault)s"),
            code="bad_permit_number",
            params={"value": value, "fault": fault},
        )


@pghistory.track()
class Permit(models.Model):
    """A permit of a source, in force from `valid_from_on` to `valid_until_on`, both inclusive."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("有效")
        REPLACED = "replaced", _("已变更")
        CANCELLED = "cancelled", _("已注销")

    source = models.ForeignKey(Source, models.CASCADE, related_name="permits")
    number = models.CharField(_("许可证编号"), max_length=22, unique=True, validators=[check_permit_number])
    level = models.CharField(_("管理类别"), max_length=12, choices=Source.Level.choices)
    issuer = models.CharField(_("发证机关"), max_length=120)
    issued_on = models.DateField(_("发证日期"))
    valid_from_on = models.DateField(_("有效期起"))
    valid_until_on = models.DateField(_("有效期止"))
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.IN_FORCE)
    special_requirements = models.TextField(_("特殊要求"), blank=True)
    is_demo = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = _("排污许可证")
        ordering = ["source", "-valid_from_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until_on__gte=models.F("valid_from_on")),
                name="permit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class PermitLimit(models.Model):
    """The allowed concentration of an item at an outlet, over an hour or over a day.

    `limit` and `lower_limit` (pH only) are in `unit`; `valid_until_on` empty means as long as the permit.
    `basis` names the standard; `requires_automatic` says that the permit asks for automatic monitoring, and
    `frequency` how often otherwise.
    """

    class Period(models.TextChoices):
        HOUR = "hour", _("小时均值")
        DAY = "day", _("日均值")

    permit = models.ForeignKey(Permit, models.CASCADE, related_name="limits")
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="limits")
    item = models.CharField(_("污染物"), max_length=12)
    period = models.CharField(_("周期"), max_length=4, choices=Period.choices)
    limit = models.FloatField(_("许可浓度上限"))
    lower_limit = models.FloatField(_("许可下限"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=16)
    basis = models.CharField(_("执行标准"), max_length=120, blank=True)
    requires_automatic = models.BooleanField(_("要求自动监测"), default=True)
    frequency = models.CharField(_("监测频次"), max_length=40, blank=True)
    valid_from_on = models.DateField(_("起"))
    valid_until_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("许可浓度")
        ordering = ["outlet", "item", "period", "valid_from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["permit", "outlet", "item", "period", "valid_from_on"],
                name="one_limit_per_outlet_item_period_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet.code} {self.item} ≤ {self.limit:g} {self.unit}"


@pghistory.track()
class PermitQuantity(models.Model):
    """The allowed quantity of an item in a year, for one outlet or, without outlet, for the whole source."""

    permit = models.ForeignKey(Permit, models.CASCADE, related_name="quantities")
    outlet = models.ForeignKey(Outlet, models.CASCADE, null=True, blank=True, related_name="quantities")
    item = models.CharField(_("污染物"), max_length=12)
    year = models.PositiveSmallIntegerField(_("年度"))
    allowed_kg = models.FloatField(_("许可排放量（kg）"))

    class Meta:
        verbose_name = _("许可排放量")
        ordering = ["permit", "year", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["permit", "outlet", "item", "year"],
                nulls_distinct=False,
                name="one_quantity_per_outlet_item_year",
            ),
            models.CheckConstraint(condition=models.Q(allowed_kg__gt=0), name="allowed_quantity_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.year}: {self.allowed_kg:g} kg"


@pghistory.track()
class PermitDuty(models.Model):
    """Something the permit obliges the holder to do again and again; due dates follow from `every`."""

    class Kind(models.TextChoices):
        SELF_MONITORING = "self_monitoring", _("自行监测")
        LEDGER = "ledger", _("环境管理台账")
        EXECUTION_REPORT = "execution_report", _("执行报告")
        DISCLOSURE = "disclosure", _("信息公开")

    class Every(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        HALF_YEAR = "half_year", _("每半年")
        YEAR = "year", _("每年")

    permit = models.ForeignKey(Permit, models.CASCADE, related_name="duties")
    kind = models.CharField(_("义务"), max_length=16, choices=Kind.choices)
    title = models.CharField(_("内容"), max_length=120)
    every = models.CharField(_("周期"), max_length=10, choices=Every.choices)
    grace_days = models.PositiveSmallIntegerField(_("期后时限（日）"), default=15)

    class Meta:
        verbose_name = _("许可义务")
        ordering = ["permit", "kind", "every"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class DutyFulfilment(models.Model):
    """The proof that a duty was done for the period that ended on `period_ends_on`."""

    duty = models.ForeignKey(PermitDuty, models.CASCADE, related_name="fulfilments")
    period_ends_on = models.DateField(_("所属期末"))
    done_on = models.DateField(_("完成日期"))
    number = models.CharField(_("文号"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("义务履行")
        ordering = ["-period_ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "period_ends_on"], name="duty_done_once_per_period")
        ]
