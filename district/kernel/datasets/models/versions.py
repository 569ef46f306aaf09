from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models.resources import Resource
from district.kernel.people.models import Account


class Version(models.Model):
    """One state of a resource in the lake, immutable once published.

    `files` are paths below the lake's root, each written once and never changed; a version that only adds rows names
    the files of the version before and its own. Columns are the names of the resource's items, and `_row` (a number
    within the resource that stays with a row) and `_run` (the delivery it came by).
    """

    class State(models.TextChoices):
        BUILDING = "building", _("入库中")
        PUBLISHED = "published", _("已发布")
        REFUSED = "refused", _("未通过")
        RETIRED = "retired", _("已被取代")
        PURGED = "purged", _("已清除")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="versions", verbose_name=_("资源"))
    number = models.PositiveIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.BUILDING)
    schema = models.JSONField(_("结构"), default=list)
    files = models.JSONField(_("文件"), default=list)
    rows = models.BigIntegerField(_("行数"), default=0)
    bytes = models.BigIntegerField(_("字节"), default=0)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    made_by = models.CharField(_("来源批次"), max_length=120, blank=True)
    published_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发布人")
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("开始时间"), default=now)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    retired_at = models.DateTimeField(_("取代时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("数据版本")
        ordering = ("resource", "-number")
        constraints = (
            models.UniqueConstraint(fields=("resource", "number"), name="datasets_version_once"),
            models.UniqueConstraint(
                fields=("resource",), condition=Q(state="published"), name="datasets_one_published_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.resource} v{self.number}"
