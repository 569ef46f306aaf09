"""Divisions (district, towns and streets, villages and communities) and addresses."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class EarthPoint(Func):
    """A position as the point in space that the `earthdistance` extension can index and compare."""

    function = "ll_to_earth"
    arity = 2


class Level(models.TextChoices):
    DISTRICT = "district", _("区县")
    TOWN = "town", _("镇街")
    VILLAGE = "village", _("村（社区）")


class Division(models.Model):
    """An administrative division; `code` has 6, 9 or 12 digits and begins with its parent's."""

    code = models.CharField(_("区划代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    polygon = models.JSONField(_("边界"), null=True, blank=True, help_text="GeoJSON geometry, WGS-84")
    is_schematic = models.BooleanField(_("位置为示意"), default=False)
    area_m2 = models.FloatField(_("面积（平方米）"), null=True, blank=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("行政区划")
        ordering = ("code",)
        indexes = (
            GistIndex(EarthPoint(F("lat"), F("lon")), name="places_division_earth"),
            models.Index(fields=("level", "code"), name="places_division_level"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"), name="places_division_code_form"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """Names from the top down to this one, e.g. 周村区北郊镇前沟村委会."""
        return (self.parent.full_name if self.parent else "") + self.name


class Address(models.Model):
    """A written address with its position; `source` says where it was taken from."""

    text = models.CharField(_("地址"), max_length=200, unique=True)
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="addresses", verbose_name=_("行政区划")
    )
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    cell = models.CharField(_("H3 网格"), max_length=16, db_index=True)
    source = models.CharField(_("来源"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("地址")
        ordering = ("text",)
        indexes = (
            GinIndex(fields=("text",), name="places_address_trigrams", opclasses=("gin_trgm_ops",)),
            GistIndex(EarthPoint(F("lat"), F("lon")), name="places_address_earth"),
        )

    def __str__(self) -> str:
        return self.text
