"""What was learnt of the ways, every forecast ever made, and how right they were."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class Prediction(models.Model):
    """A forecast as it was made; never changed. Partitioned by the day (UTC+8) of `made_at`.

    `run` is the id of a Run. Arrays begin at the stop `first_stop` and count seconds from `made_at`; `source`, `mark` as of
    Forecast.
    """

    pk = models.CompositePrimaryKey("run_id", "made_at")
    run_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    first_stop = models.SmallIntegerField()

    class Meta:
        managed = False
        db_table = "transit_prediction"


class LearntDay(models.Model):
    """Driven trips of a day as the nightly work read them from the positions: `driven` is a packed numpy file."""

    day = models.DateField(_("运营日"), unique=True)
    runs = models.PositiveIntegerField(_("班次"))
    passages = models.PositiveIntegerField(_("到站"))
    positions = models.PositiveIntegerField(_("位置"))
    driven = models.BinaryField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("已学习的运营日")
        ordering = ("-day",)


class LearntModel(models.Model):
    """A model and the history beside it; the newest is used. `packed`: made and read by this platform alone."""

    made_at = models.DateTimeField(_("学习时间"), default=now)
    first_day = models.DateField(_("首日"))
    last_day = models.DateField(_("末日"))
    days = models.PositiveIntegerField(_("天数"))
    rows = models.PositiveIntegerField(_("样本"))
    has_model = models.BooleanField(default=False)
    packed = models.BinaryField()
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("预报模型")
        ordering = ("-pk",)


class Score(models.Model):
    """How right a day's forecasts were, of a line or (route_id "") of all.

    `visits`: stops passed; `forecast`: of them with a forecast out in time; `right`: of them right five minutes before.
    `covered`, `judged`: forecasts judged, and of them those whose 90 % interval held the arrival. `figures`: buckets of
    each method as `scoring.Score`.
    """

    day = models.DateField(_("运营日"))
    route_id = models.CharField(_("线路"), max_length=120, blank=True)
    line = models.CharField(_("线路名称"), max_length=120, blank=True)
    visits = models.PositiveIntegerField(_("到站次数"))
    forecast = models.PositiveIntegerField(_("有预报"))
    right = models.PositiveIntegerField(_("预报准确"))
    judged = models.PositiveIntegerField(_("判定预报"))
    covered = models.PositiveIntegerField(_("区间覆盖"))
    figures = models.JSONField(default=dict)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("预报评分")
        constraints = (models.UniqueConstraint(fields=("day", "route_id"), name="score_once"),)
        ordering = ("-day", "route_id")
