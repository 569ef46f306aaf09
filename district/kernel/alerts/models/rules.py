"""Rules as people write them, and the times in which they keep silent."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.alerts.rules import Kind, RuleError, Severity, checked
from district.kernel.clock import now

KINDS = [
    (Kind.LIMIT.value, _("超限")),
    (Kind.RATE.value, _("突变")),
    (Kind.CONSTANT.value, _("恒值")),
    (Kind.ZERO.value, _("零值")),
    (Kind.MISSING.value, _("缺失")),
    (Kind.OFFLINE.value, _("离线")),
    (Kind.EXPRESSION.value, _("逻辑异常")),
]
SEVERITIES = [
    (Severity.NOTE.value, _("提示")),
    (Severity.MINOR.value, _("一般")),
    (Severity.MAJOR.value, _("较重")),
    (Severity.CRITICAL.value, _("严重")),
]


@pghistory.track()
class Rule(models.Model):
    """One rule for all series (or devices) that its selection fits.

    The selection is narrowed by each field that is filled: `device_kind`, `device_id`, `division_code` (a
    prefix), `item`, `statistic`, `period`. An expression names its inputs in `inputs`:
    `{"after": {"item": "a01011", "statistic": "avg", "period": "hour"}, …}`, all of the same device.
    `item_name` is what people call the item. `roles` are told of alarms and may deal with them, `channels` are
    `email`, `sms`; in-app is always on.
    """

    system = models.CharField(_("所属系统"), max_length=40, db_index=True)
    key = models.CharField(_("规则编码"), max_length=80)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类型"), max_length=12, choices=KINDS)
    severity = models.PositiveSmallIntegerField(_("级别"), choices=SEVERITIES, default=Severity.MINOR.value)
    parameters = models.JSONField(_("参数"), default=dict)
    device_kind = models.CharField(_("设备类型"), max_length=40, blank=True)
    device_id = models.BigIntegerField(_("设备"), null=True, blank=True)
    division_code = models.CharField(_("行政区划"), max_length=12, blank=True)
    item = models.CharField(_("监测项目"), max_length=32, blank=True)
    item_name = models.CharField(_("项目名称"), max_length=40, blank=True)
    statistic = models.CharField(_("统计量"), max_length=16, blank=True)
    period = models.CharField(_("周期"), max_length=16, blank=True)
    inputs = models.JSONField(_("表达式输入"), default=dict, blank=True)
    roles = models.JSONField(_("通知角色"), default=list, blank=True)
    channels = models.JSONField(_("通知渠道"), default=list, blank=True)
    is_enabled = models.BooleanField(_("启用"), default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("修改人"),
    )
    changed_at = models.DateTimeField(_("修改时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("告警规则")
        ordering = ("system", "key")
        constraints = (models.UniqueConstraint(fields=("system", "key"), name="alerts_rule_once"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError naming the field."""
        try:
            parameters = checked(self.kind, self.parameters)
        except RuleError as error:
            raise ValidationError({"parameters": str(error)}) from error
        if self.kind == Kind.EXPRESSION:
            self._check_inputs(parameters.expression)

    def _check_inputs(self, expression: str) -> None:
        from district.kernel.alerts.expressions import Expression

        wanted, given = set(Expression(expression).names), set(self.inputs)
        if wanted != given:
            told = "、".join(sorted(wanted ^ given))
            raise ValidationError({"inputs": _("与表达式中的名称不一致：%(names)s") % {"names": told}})
        for name, series in self.inputs.items():
            if not isinstance(series, dict) or set(series) != {"item", "statistic", "period"}:
                message: Any = _("%(name)s 需要 item、statistic、period") % {"name": name}
                raise ValidationError({"inputs": message})


class Suppression(models.Model):
    """A time in which a device (or all, when none is named) raises no alarms: maintenance, calibration, drill."""

    device_id = models.BigIntegerField(_("设备"), null=True, blank=True)
    rule = models.ForeignKey(
        Rule, models.CASCADE, null=True, blank=True, related_name="suppressions", verbose_name=_("规则")
    )
    start_at = models.DateTimeField(_("开始时间"))
    end_at = models.DateTimeField(_("结束时间"))
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设置人")
    )
    made_at = models.DateTimeField(_("设置时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("告警抑制")
        ordering = ("-start_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end_at__gt=models.F("start_at")), name="alerts_suppression_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.start_at:%F %R} – {self.end_at:%F %R}"
