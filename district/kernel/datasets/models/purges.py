from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Account


@pghistory.track(append_only=True)
class Purge(models.Model):
    """What was taken out of the lake for good. Outlives the resource: its name is kept as text.

    `by` is null for the timer. `files` are those that were deleted; others went on being part of younger versions.
    """

    resource_name = models.CharField(_("资源"), max_length=120)
    number = models.PositiveIntegerField(_("版本"))
    rows = models.BigIntegerField(_("行数"))
    bytes = models.BigIntegerField(_("删除字节"))
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    files = models.JSONField(_("文件"), default=list)
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("清除人")
    )
    at = models.DateTimeField(_("清除时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("清除记录")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.resource_name} v{self.number}"
