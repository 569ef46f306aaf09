"""Which days have been handed over to the lake."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LakeDay(models.Model):
    """A day of observations written as Parquet. `is_in_database` ends when the retention has passed."""

    day = models.DateField(_("日期"), primary_key=True)
    observations = models.BigIntegerField(_("行数"))
    path = models.CharField(_("文件"), max_length=200)
    bytes = models.BigIntegerField(_("字节"))
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField(_("写出时间"))
    is_in_database = models.BooleanField(_("仍在库中"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入湖日")
        ordering = ("-day",)


class PositionLakeDay(models.Model):
    """A day of positions written as Parquet. `is_in_database` ends when the retention has passed."""

    day = models.DateField(_("日期"), primary_key=True)
    positions = models.BigIntegerField(_("行数"))
    path = models.CharField(_("文件"), max_length=200)
    bytes = models.BigIntegerField(_("字节"))
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField(_("写出时间"))
    is_in_database = models.BooleanField(_("仍在库中"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("位置入湖日")
        ordering = ("-day",)
