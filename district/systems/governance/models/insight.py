"""What was reckoned about trends on a day. Places, times and kinds only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class TrendKind(models.TextChoices):
    HOT_SPOTS = "hot_spots", _("热点")
    FORECAST = "forecast", _("预测")
    WARNINGS = "warnings", _("预警")
    BRIEFING = "briefing", _("周报")


class Trend(models.Model):
    """A result, as JSON of numbers, codes of places and kinds; one of a kind for a day, the newest counts."""

    kind = models.CharField(_("类别"), max_length=12, choices=TrendKind.choices)
    on = models.DateField(_("日期"))
    made_at = models.DateTimeField(_("生成时间"), default=now)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("趋势结果")
        ordering = ("-on", "kind")
        constraints = (models.UniqueConstraint(fields=("kind", "on"), name="governance_trend_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%F}"
