"""Where facts about parties come from, on which ground, for how long, and who is believed before whom."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.datasets.models import Resource


@pghistory.track(append_only=True)
class Source(models.Model):
    """A department's dataset, or a register. The smaller `rank` wins over the greater.

    Facts of a person are kept only with a legal ground and a purpose, and for `keep_days` after they were last seen.
    """

    key = models.CharField(_("代码"), max_length=120, unique=True)
    title = models.CharField(_("来源名称"), max_length=160)
    resource = models.OneToOneField(
        Resource, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("资源")
    )
    rank = models.PositiveSmallIntegerField(_("优先次序"), default=500, help_text=_("数值小的优先"))
    legal_ground = models.CharField(_("法律依据"), max_length=300, blank=True)
    purpose = models.CharField(_("处理目的"), max_length=200, blank=True)
    keep_days = models.PositiveIntegerField(_("保存天数"), default=1095)

    class Meta:
        verbose_name = verbose_name_plural = _("信息来源")
        ordering = ("rank", "key")

    def __str__(self) -> str:
        return self.title


@pghistory.track(append_only=True)
class Precedence(models.Model):
    """数源: for one attribute a source may be believed before (or after) what its own rank says."""

    key = models.CharField(_("信息项"), max_length=40)
    source = models.ForeignKey(Source, models.CASCADE, related_name="precedences", verbose_name=_("来源"))
    rank = models.PositiveSmallIntegerField(_("优先次序"))

    class Meta:
        verbose_name = verbose_name_plural = _("数源次序")
        ordering = ("key", "rank")
        constraints = (models.UniqueConstraint(fields=("key", "source"), name="parties_precedence_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.source} {self.rank}"


class Taken(models.Model):
    """A published version of a resource whose parties are noted; `files` are those of the lake that were read."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("资源"))
    version = models.PositiveIntegerField(_("版本"))
    files = models.JSONField(_("文件"), default=list)
    rows = models.BigIntegerField(_("行数"), default=0)
    refused = models.JSONField(_("未通过"), default=dict)
    taken_at = models.DateTimeField(_("归集时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("主体归集")
        ordering = ("resource", "-version")
        constraints = (models.UniqueConstraint(fields=("resource", "version"), name="parties_taken_once"),)

    def __str__(self) -> str:
        return f"{self.resource} v{self.version}"
