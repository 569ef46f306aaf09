"""What follows from observations by rule. Jobs write it and can write it again; people do not.

Hour and day rows are keyed by (series, time), so a second computation replaces the first. `at` is the
start of the hour, `on` the natural day of China Standard Time.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .points import MonitoringPoint
from .sources import Outlet


class Validity(models.TextChoices):
    VALID = "valid", _("有效")
    INVALID = "invalid", _("无效")
    SUBSTITUTED = "substituted", _("替代")
    CORRECTED = "corrected", _("修正")
    MISSING = "missing", _("缺失")
    STOPPED = "stopped", _("停运")


class HourlyValue(models.Model):
    """The evaluated value of a series for an hour.

    `raw` is what the device reported (or the mean of its minutes), `value` what counts after validity,
    substitution and correction, null when nothing counts. `reason` is a short machine code; `observed_at`
    points at the hour observation behind it, null when it was made from minutes or substituted.
    """

    pk = models.CompositePrimaryKey("series_id", "at")
    series = models.ForeignKey("devices.Series", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    value = models.FloatField(null=True)
    raw = models.FloatField(null=True)
    validity = models.CharField(max_length=12, choices=Validity.choices)
    reason = models.CharField(max_length=40, blank=True)
    samples = models.PositiveSmallIntegerField(default=0)
    observed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("小时评价值")
        indexes = [
            models.Index(fields=["at"], name="hourly_value_by_time"),
            # A quarter of hours is millions of rows, of which few did not count: those alone, all in the index.
            models.Index(
                fields=["at"],
                include=["series", "validity", "reason"],
                condition=~models.Q(validity="valid"),
                name="hourly_value_not_as_measured",
            ),
        ]


class DailyValue(models.Model):
    """The evaluated mean (or, for totals, sum) of a series for a natural day."""

    pk = models.CompositePrimaryKey("series_id", "on")
    series = models.ForeignKey("devices.Series", models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    value = models.FloatField(null=True)
    minimum = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    hours = models.PositiveSmallIntegerField(default=0)
    valid_hours = models.PositiveSmallIntegerField(default=0)
    validity = models.CharField(max_length=12, choices=Validity.choices)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("日评价值")
        indexes = [models.Index(fields=["on"], name="daily_value_by_day")]


class AirHour(models.Model):
    """Hourly AQI of an air station. `concentrations` and `sub_indices` map pollutant keys to numbers."""

    pk = models.CompositePrimaryKey("point_id", "at")
    point = models.ForeignKey(MonitoringPoint, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    aqi = models.PositiveSmallIntegerField(null=True)
    category = models.CharField(max_length=12, blank=True)
    primary_pollutants = models.JSONField(default=list)
    concentrations = models.JSONField(default=dict)
    sub_indices = models.JSONField(default=dict)
    standard = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("空气质量小时值")
        indexes = [models.Index(fields=["at"], name="air_hour_by_time")]


class AirDay(models.Model):
    """Daily AQI of an air station, natural day."""

    pk = models.CompositePrimaryKey("point_id", "on")
    point = models.ForeignKey(MonitoringPoint, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    aqi = models.PositiveSmallIntegerField(null=True)
    category = models.CharField(max_length=12, blank=True)
    primary_pollutants = models.JSONField(default=list)
    exceeding_pollutants = models.JSONField(default=list)
    concentrations = models.JSONField(default=dict)
    sub_indices = models.JSONField(default=dict)
    standard = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("空气质量日值")
        indexes = [models.Index(fields=["on"], name="air_day_by_day")]


class WaterDay(models.Model):
    """Water class of a section on a day (GB 3838-2002, worst item decides)."""

    pk = models.CompositePrimaryKey("point_id", "on")
    point = models.ForeignKey(MonitoringPoint, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    water_class = models.CharField(max_length=4, blank=True)
    deciding_items = models.JSONField(default=list)
    exceeding_items = models.JSONField(default=dict)
    concentrations = models.JSONField(default=dict)
    meets_target = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("水质日评价")
        indexes = [models.Index(fields=["on"], name="water_day_by_day")]


class NoiseDay(models.Model):
    """Day, night and day-night levels of a noise point in dB(A) against its zone (GB 3096-2008)."""

    pk = models.CompositePrimaryKey("point_id", "on")
    point = models.ForeignKey(MonitoringPoint, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    day_level = models.FloatField(null=True)
    night_level = models.FloatField(null=True)
    day_night_level = models.FloatField(null=True)
    exceeds_day = models.BooleanField(null=True)
    exceeds_night = models.BooleanField(null=True)
    day_hours = models.PositiveSmallIntegerField(default=0)
    night_hours = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("噪声日评价")
        indexes = [models.Index(fields=["on"], name="noise_day_by_day")]


class OutletDay(models.Model):
    """One item of an outlet over a day: flow-weighted mean (water) or mean (gas), and the mass discharged."""

    pk = models.CompositePrimaryKey("outlet_id", "item", "on")
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+", db_index=False)
    item = models.CharField(max_length=12)
    on = models.DateField()
    mean = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    mass_kg = models.FloatField(null=True)
    flow_m3 = models.FloatField(null=True)
    valid_hours = models.PositiveSmallIntegerField(default=0)
    substituted_hours = models.PositiveSmallIntegerField(default=0)
    exceeding_hours = models.PositiveSmallIntegerField(default=0)
    limit_hour = models.FloatField(null=True)
    limit_day = models.FloatField(null=True)
    exceeds_day = models.BooleanField(null=True)
    validity = models.CharField(max_length=12, choices=Validity.choices)

    class Meta:
        verbose_name = _("排口日排放")
        indexes = [models.Index(fields=["on"], name="outlet_day_by_day")]


class Forecast(models.Model):
    """A forecast made at `made_at` for `point`, for the hour or day that starts at `for_at`."""

    point = models.ForeignKey(MonitoringPoint, models.CASCADE, related_name="forecasts")
    item = models.CharField(max_length=12)
    period = models.CharField(max_length=4, default="hour")
    made_at = models.DateTimeField()
    for_at = models.DateTimeField()
    value = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    method = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("预报")
        constraints = [
            models.UniqueConstraint(
                fields=["point", "item", "period", "made_at", "for_at"], name="one_forecast_per_run_and_time"
            )
        ]
        indexes = [models.Index(fields=["point", "-made_at"], name="forecast_by_run")]


class ForecastModel(models.Model):
    """A fitted forecaster of one target of one station, as `forecast.storage` writes it."""

    point = models.ForeignKey(MonitoringPoint, models.CASCADE, related_name="+")
    item = models.CharField(max_length=12)
    fitted_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("预报模型")
        constraints = [
            models.UniqueConstraint(fields=["point", "item"], name="one_forecast_model_per_target")
        ]


class ForecastScore(models.Model):
    """How good forecasts were for a stretch of lead hours: mean absolute errors in AQI, and the part of the truth
    inside the interval.

    `issued`: what was published, all stations together. `held_back`: one station's model judged when it was fitted,
    on the last days of the record, by a model that had not seen them.
    """

    class Kind(models.TextChoices):
        ISSUED = "issued", _("先报后测")
        HELD_BACK = "held_back", _("留出检验")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    point = models.ForeignKey(MonitoringPoint, models.CASCADE, null=True, related_name="+")
    hours = models.CharField(max_length=8)
    count = models.PositiveIntegerField()
    ours = models.FloatField()
    persistence = models.FloatField()
    seasonal = models.FloatField()
    coverage = models.FloatField(null=True)
    judged_at = models.DateTimeField()

    class Meta:
        verbose_name = _("预报检验")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "point", "hours"], nulls_distinct=False, name="one_forecast_score_per_stretch"
            )
        ]

    @property
    def is_best(self) -> bool:
        return self.ours <= min(self.persistence, self.seasonal)


class CaptureRate(models.Model):
    """How much of what a device owed on a day arrived and was valid (hour values of its required items)."""

    pk = models.CompositePrimaryKey("device_id", "on")
    device = models.ForeignKey("devices.Device", models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    expected = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("有效传输率")
        indexes = [models.Index(fields=["on"], name="capture_rate_by_day")]


class EvaluatedDay(models.Model):
    """How a day stood when it was last evaluated. It is due again when more observations have arrived since
    (`observations` differs from the kernel's count), or when `marked_at` is set: a correction, a declared state."""

    on = models.DateField(primary_key=True)
    observations = models.BigIntegerField(default=0)
    evaluated_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("评价日")


class QualityFinding(models.Model):
    """What a detector saw in a series (constant, zero, spike, missing, illogical), and a person's verdict."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("待核")
        CONFIRMED = "confirmed", _("属实")
        DISMISSED = "dismissed", _("误报")

    series = models.ForeignKey("devices.Series", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    value = models.FloatField(null=True)
    detail = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verdict_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("数据疑点")
        ordering = ["-from_at"]
        constraints = [
            models.UniqueConstraint(fields=["series", "kind", "from_at"], name="finding_once_per_start")
        ]


class Correction(models.Model):
    """A person's correction of an hour value. It counts once a second person has confirmed it; the
    observation itself never changes."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("待复核")
        CONFIRMED = "confirmed", _("已生效")
        REFUSED = "refused", _("已退回")

    series = models.ForeignKey("devices.Series", models.CASCADE, related_name="+")
    at = models.DateTimeField(_("小时"))
    old_value = models.FloatField(_("原值"), null=True)
    new_value = models.FloatField(_("修正值"), null=True, help_text=_("空表示判为无效"))
    reason = models.CharField(_("原因"), max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("数据修正")
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("requested_by")),
                name="correction_needs_two_people",
            ),
            models.UniqueConstraint(
                fields=["series", "at"],
                condition=models.Q(state="requested"),
                name="one_open_correction_per_hour",
            ),
        ]
        indexes = [models.Index(fields=["series", "at"], name="correction_by_series_hour")]
