"""The life of an entry: each change of its state, by whom and why."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models.resources import Resource, Shelf
from district.kernel.people.models import Account


class ShelfStep(models.Model):
    """One step; `by` is empty where the platform itself took it."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="steps", verbose_name=_("资源"))
    shelf = models.CharField(_("状态"), max_length=12, choices=Shelf.choices)
    at = models.DateTimeField(_("时间"), default=now)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("目录办理记录")
        ordering = ("-at", "-id")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self.resource_id} {self.shelf} {self.at:%Y-%m-%d}"
