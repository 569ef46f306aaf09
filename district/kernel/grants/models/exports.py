"""A file of granted rows: made in the background, marked, taken within a few days."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.grants.models.grants import Grant
from district.kernel.people.models import Account


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Export(models.Model):
    """`mark` is the number hidden in the order of the rows (see `grants.row_marks`)."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"
        PARQUET = "parquet", "Parquet"

    key = models.CharField(max_length=40, unique=True, default=new_key)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="exports", verbose_name=_("授权"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("导出人"), db_index=False
    )
    kind = models.CharField(_("格式"), max_length=8, choices=Kind.choices, default=Kind.CSV)
    rows = models.BigIntegerField(_("行数"), default=0)
    bytes = models.BigIntegerField(_("字节"), default=0)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    work = models.BigIntegerField(_("后台任务"), null=True)
    made_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    expires_at = models.DateTimeField(_("链接有效至"), null=True, blank=True)
    problem = models.CharField(_("问题"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("申请时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("导出文件")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.grant} {self.kind} {self.pk}"

    @property
    def mark(self) -> int:
        return self.pk
