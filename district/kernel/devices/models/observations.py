"""Time series and their values."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.devices.models.devices import Device


class Series(models.Model):
    """One line of values: an item of a device, one statistic of one period.

    `statistic`: rtd, min, avg, max, cou, zs_avg, …; `period`: realtime, minute, hour, day, state, … Made by the
    gateway at first sight. Values outside `low`…`high` are quarantined; null bounds nothing.
    """

    id = models.AutoField(primary_key=True)
    device = models.ForeignKey(Device, models.CASCADE, related_name="series")
    item = models.CharField(_("监测项目"), max_length=32)
    statistic = models.CharField(_("统计量"), max_length=16)
    period = models.CharField(_("周期"), max_length=16)
    unit = models.CharField(_("单位"), max_length=16, blank=True)
    decimals = models.PositiveSmallIntegerField(_("小数位"), default=2)
    low = models.FloatField(_("可信下限"), null=True, blank=True)
    high = models.FloatField(_("可信上限"), null=True, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("监测序列")
        constraints = (
            models.UniqueConstraint(fields=("device", "item", "statistic", "period"), name="series_once"),
        )
        indexes = (models.Index(fields=("item", "statistic", "period"), name="series_by_item"),)

    def __str__(self) -> str:
        return f"{self.device_id}/{self.item}-{self.statistic}@{self.period}"


class Observation(models.Model):
    """A value of a series, as the device sent it. Never changed; partitioned by the day (UTC+8) of `at`.

    `at` is the start of the period, or the moment itself for real-time data. `mark` is read with `devices.marks`.
    Read it with `devices.queries`; only the gateway and the release of quarantined readings write here.
    """

    pk = models.CompositePrimaryKey("series_id", "at")
    series = models.ForeignKey(Series, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()
    value = models.FloatField()
    mark = models.IntegerField()

    class Meta:
        managed = False
        db_table = "devices_observation"
        verbose_name = verbose_name_plural = _("监测值")


class Latest(models.Model):
    """The newest observation of a series, kept in the transaction that stores it."""

    series = models.OneToOneField(
        Series, models.DO_NOTHING, primary_key=True, related_name="latest", db_constraint=False
    )
    at = models.DateTimeField()
    value = models.FloatField()
    mark = models.IntegerField()
    received_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "devices_latest"
        verbose_name = verbose_name_plural = _("最新值")


class ObservationCount(models.Model):
    """How many observations a day has, kept in the transaction that stores them."""

    day = models.DateField(primary_key=True)
    observations = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = "devices_observationcount"
        verbose_name = verbose_name_plural = _("监测值计数")
