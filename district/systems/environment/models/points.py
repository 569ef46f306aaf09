"""Where the environment itself is measured: air stations, river sections, noise points."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class MonitoringPoint(models.Model):
    """A point of the ambient network and what it stands for.

    `units` maps an item to the unit its device reports in (HJ 212-2017 does not fix it: configuration).
    `covers` is a GeoJSON geometry: noise zone polygon, or river reach line; empty for air, where
    `coverage_radius_km` counts.
    """

    class Element(models.TextChoices):
        AIR = "air", _("环境空气")
        SURFACE_WATER = "surface_water", _("地表水")
        NOISE = "noise", _("声环境")

    code = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    element = models.CharField(_("要素"), max_length=14, choices=Element.choices, db_index=True)
    device = models.OneToOneField(
        "devices.Device",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="environment_point",
        verbose_name=_("监测设备"),
    )
    division_code = models.CharField(_("行政区划"), max_length=12, blank=True)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    factors = models.JSONField(_("监测项目"), default=list, blank=True)
    units = models.JSONField(_("上报单位"), default=dict, blank=True)
    function_class = models.PositiveSmallIntegerField(_("空气功能区"), null=True, blank=True)
    target_class = models.CharField(_("水质目标"), max_length=4, blank=True)
    river = models.CharField(_("河流"), max_length=40, blank=True)
    is_lake = models.BooleanField(_("湖库"), default=False)
    reach_km = models.FloatField(_("代表河长（km）"), null=True, blank=True)
    zone = models.CharField(_("声功能区"), max_length=2, blank=True)
    coverage_radius_km = models.FloatField(_("代表半径（km）"), null=True, blank=True)
    covers = models.JSONField(_("代表范围"), null=True, blank=True)
    is_in_use = models.BooleanField(_("在用"), default=True)
    is_demo = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = _("监测点位")
        ordering = ["element", "code"]

    def __str__(self) -> str:
        return self.name
