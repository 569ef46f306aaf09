"""网格: cells with their history, and who looks after them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class TimeRange(Func):
    """From a moment (included) to another (excluded); empty means for ever."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class CellKind(models.TextChoices):
    RESIDENT = "resident", _("城市社区网格")
    VILLAGE = "village", _("农村网格")
    SPECIAL = "special", _("专属网格")


class GridCell(models.Model):
    """One shape of a cell for one time. Redrawing ends a row and begins another of the same code; splitting and
    merging end rows and begin new codes whose `parents` are the old.

    `code`: 12 digits of the village or community and 3 of a serial (GB/T 34300). `polygon`: GeoJSON, WGS-84.
    `west`…`north` enclose it. Shapes of cells valid at the same time do not overlap: `grid.actions` see to it under
    a lock; that a code is valid once at a time is the database's own constraint.
    """

    code = models.CharField(_("网格编码"), max_length=15, db_collation="C")
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=10, choices=CellKind.choices)
    division_code = models.CharField(_("所属村（社区）"), max_length=12, db_collation="C")
    polygon = models.JSONField(_("边界"))
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_m2 = models.FloatField(_("面积（平方米）"))
    households = models.PositiveIntegerField(_("户数"), null=True, blank=True)
    people = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    is_schematic = models.BooleanField(_("边界为示意"), default=False)
    valid_from = models.DateTimeField(_("启用时间"), default=now)
    valid_to = models.DateTimeField(_("停用时间"), null=True, blank=True)
    reason = models.CharField(_("变更原因"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    parents = models.ManyToManyField("self", symmetrical=False, related_name="successors", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("网格")
        ordering = ("code", "-valid_from")
        constraints = (
            ExclusionConstraint(
                name="governance_cell_once_at_a_time",
                expressions=(
                    ("code", RangeOperators.EQUAL),
                    (TimeRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ),
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{15}$"), name="governance_cell_code_form"),
            models.CheckConstraint(
                condition=Q(code__startswith=F("division_code")), name="governance_cell_code_division"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="governance_cell_times",
            ),
        )
        indexes = (
            models.Index(fields=("west", "east", "south", "north"), name="governance_cell_box"),
            models.Index(fields=("division_code",), name="governance_cell_division"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CellDuty(models.Model):
    """A grid worker looks after a cell for a time; one leads (网格长)."""

    cell_code = models.CharField(_("网格"), max_length=15, db_collation="C", db_index=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grid_duties", verbose_name=_("网格员")
    )
    is_lead = models.BooleanField(_("网格长"), default=False)
    from_at = models.DateTimeField(_("开始"), default=now)
    until_at = models.DateTimeField(_("结束"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("网格责任")
        ordering = ("cell_code", "-is_lead", "from_at")
        constraints = (
            ExclusionConstraint(
                name="governance_cell_one_lead",
                expressions=(
                    ("cell_code", RangeOperators.EQUAL),
                    (TimeRange("from_at", "until_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ),
                condition=Q(is_lead=True),
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
                name="governance_cell_duty_times",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cell_code} {self.account_id}"


class Shift(models.Model):
    """值班: an account stands at a post or walks its cells. Nobody can be booked twice at one time, anywhere."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="governance_shifts", verbose_name=_("值班人")
    )
    post = models.ForeignKey(
        "governance.Post",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shifts",
        verbose_name=_("岗位"),
    )
    cell_code = models.CharField(_("网格"), max_length=15, blank=True, db_collation="C")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    note = models.CharField(_("备注"), max_length=120, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("班次")
        ordering = ("starts_at", "pk")
        constraints = (
            ExclusionConstraint(
                name="governance_shift_no_double_booking",
                expressions=(
                    ("account", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ),
                condition=Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="governance_shift_times"),
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ ~Q(cell_code=""), name="governance_shift_one_place"
            ),
        )
        indexes = (models.Index(fields=("starts_at", "ends_at"), name="governance_shift_times_ix"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.starts_at:%F %R}"
