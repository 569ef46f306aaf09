from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class DatasetSize(models.Model):
    """How many rows a lent dataset had when last counted; null with the reason when it could not be."""

    system = models.CharField(_("系统"), max_length=40)
    key = models.CharField(_("数据集"), max_length=80)
    rows = models.BigIntegerField(_("行数"), null=True)
    problem = models.CharField(_("问题"), max_length=300, blank=True)
    counted_at = models.DateTimeField(_("统计时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("数据集规模")
        constraints = (models.UniqueConstraint(fields=("system", "key"), name="datasets_size_once"),)

    def __str__(self) -> str:
        return f"{self.system}.{self.key} {self.rows}"
