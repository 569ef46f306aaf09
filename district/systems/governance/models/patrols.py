"""巡防: plans with check points, patrols on duty, and their tracks, which exist only inside a patrol and for a term."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .protection import KeyPlace


class PatrolPlan(models.Model):
    """A round: which cells, which check points in which order, how often, by how many minutes it should be done."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C")
    cell_codes = ArrayField(models.CharField(max_length=15), verbose_name=_("网格"), default=list)
    a_week = models.PositiveSmallIntegerField(_("每周次数"), default=7)
    minutes = models.PositiveSmallIntegerField(_("预计用时（分钟）"), default=60)
    is_in_use = models.BooleanField(_("启用"), default=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("巡防计划")
        ordering = ("division_code", "name")

    def __str__(self) -> str:
        return self.name


class CheckPoint(models.Model):
    """必到点: reached when the track comes within `radius_m`."""

    plan = models.ForeignKey(PatrolPlan, models.CASCADE, related_name="check_points")
    place = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("名称"), max_length=80)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    radius_m = models.PositiveSmallIntegerField(_("半径（米）"), default=50)
    key_place = models.ForeignKey(
        KeyPlace,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="check_points",
        verbose_name=_("重点部位"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("必到点")
        ordering = ("plan", "place")
        constraints = (
            models.UniqueConstraint(fields=("plan", "place"), name="governance_check_point_place"),
        )

    def __str__(self) -> str:
        return self.name


class Patrol(models.Model):
    """One round of one person on duty. What remains after the term is this row, without the track.

    `coverage`: share of the plan's ground passed by; `reached`: check points, by their id.
    """

    plan = models.ForeignKey(PatrolPlan, models.PROTECT, related_name="patrols", verbose_name=_("计划"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="patrols", verbose_name=_("巡防员")
    )
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C")
    started_at = models.DateTimeField(_("开始"), default=now)
    ended_at = models.DateTimeField(_("结束"), null=True, blank=True)
    length_m = models.FloatField(_("里程（米）"), default=0)
    coverage = models.FloatField(_("覆盖率"), null=True, blank=True)
    reached = models.JSONField(_("到点"), default=dict)
    track_points = models.PositiveIntegerField(_("轨迹点数"), default=0)
    delete_track_on = models.DateField(_("轨迹删除日"))
    track_deleted_at = models.DateTimeField(_("轨迹已删除"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("巡防")
        ordering = ("-started_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("account",), name="governance_patrol_one_open", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="governance_patrol_times",
            ),
        )
        indexes = (
            models.Index(fields=("division_code", "started_at"), name="governance_patrol_place"),
            models.Index(
                fields=("delete_track_on",),
                name="governance_patrol_term",
                condition=Q(track_deleted_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.started_at:%F %R}"


class TrackPoint(models.Model):
    """Where the patrol was at a moment. The database itself refuses a moment outside the patrol, so that nobody's
    movements off duty can be kept, whatever a program sends."""

    patrol = models.ForeignKey(Patrol, models.CASCADE, related_name="points", db_index=False)
    at = models.DateTimeField(_("时间"))
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    accuracy_m = models.FloatField(_("精度（米）"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("轨迹点")
        ordering = ("patrol", "at")
        constraints = (models.UniqueConstraint(fields=("patrol", "at"), name="governance_track_point_once"),)
        triggers = (
            pgtrigger.Trigger(
                name="only_inside_a_patrol",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM governance_patrol p WHERE p.id = NEW.patrol_id AND p.track_deleted_at IS NULL
                          AND NEW.at >= p.started_at AND (p.ended_at IS NULL OR NEW.at <= p.ended_at)
                    ) THEN
                        RAISE EXCEPTION 'track point outside its patrol' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.patrol_id} {self.at:%F %T}"
