"""Files of catalogue entries that departments hand in, and what of them was refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models.resources import Resource
from district.kernel.people.models import Account, Organisation


class EntryFile(models.Model):
    """A file that was read: how many entries it held, were added, changed, refused."""

    name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("校验值"), max_length=64)
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("提供方"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("提交人"))
    at = models.DateTimeField(_("提交时间"), default=now)
    read = models.PositiveIntegerField(_("读取条数"), default=0)
    added = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    refused = models.PositiveIntegerField(_("退回"), default=0)
    resources = models.ManyToManyField(Resource, related_name="+", verbose_name=_("资源"))

    class Meta:
        verbose_name = verbose_name_plural = _("目录文件")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class RefusedEntry(models.Model):
    """A rule that an entry of a file breaks. `position` says where it stands: a row, or a sheet."""

    file = models.ForeignKey(EntryFile, models.CASCADE, related_name="refusals", verbose_name=_("文件"))
    position = models.CharField(_("位置"), max_length=60)
    title = models.CharField(_("资源名称"), max_length=200, blank=True)
    field = models.CharField(_("字段"), max_length=60, blank=True)
    value = models.CharField(_("值"), max_length=200, blank=True)
    code = models.CharField(_("代码"), max_length=40)
    words = models.TextField(_("原因"))
    raw = models.JSONField(_("原文"), default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("退回的目录条目")
        ordering = ("file", "id")

    def __str__(self) -> str:
        return f"{self.position} {self.code}"
