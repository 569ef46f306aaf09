from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.kpis.judging import Verdict

VERDICTS = [
    (Verdict.MET.value, _("已达标")),
    (Verdict.NEAR.value, _("接近目标")),
    (Verdict.MISSED.value, _("未达标")),
    (Verdict.UNKNOWN.value, _("暂不可测")),
]


class KpiMeasurement(models.Model):
    """The value of an indicator as last measured on a day. The target is kept as it was then."""

    system = models.CharField(_("系统"), max_length=40)
    key = models.CharField(_("指标"), max_length=60)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("测算时间"), default=now)
    value = models.FloatField(_("数值"), null=True, blank=True)
    target = models.FloatField(_("目标"))
    verdict = models.CharField(_("结论"), max_length=10, choices=VERDICTS)
    parts = models.JSONField(_("分项"), default=dict)
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标测算")
        ordering = ("system", "key", "-on")
        constraints = (
            models.UniqueConstraint(fields=("system", "key", "on"), name="kpis_measurement_daily"),
        )

    def __str__(self) -> str:
        return f"{self.system}.{self.key} {self.on}"
