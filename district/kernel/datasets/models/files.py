from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models.resources import Resource


class LakeFile(models.Model):
    """A file of some version, written once. Several versions of a resource may name it."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("资源"))
    path = models.CharField(_("路径"), max_length=300, unique=True)
    columns = models.JSONField(_("列"), default=list)
    rows = models.BigIntegerField(_("行数"))
    bytes = models.BigIntegerField(_("字节"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    written_at = models.DateTimeField(_("写入时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("数据文件")

    def __str__(self) -> str:
        return self.path
