from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visits(models.Model):
    """How often an address asked for open data within a minute. Not logged by the database: lost counts are no loss."""

    mark = models.CharField(_("来处"), max_length=80)
    minute = models.BigIntegerField(_("分钟"))
    count = models.PositiveIntegerField(_("次数"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("开放数据访问次数")
        constraints = (models.UniqueConstraint(fields=("mark", "minute"), name="datasets_visits_once"),)

    def __str__(self) -> str:
        return f"{self.mark} {self.count}"
