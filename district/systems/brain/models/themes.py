"""Which entry of the catalogue answers which expectation of a theme or library, where a person has said so."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource
from district.kernel.people.models import Account


class ThemeLink(models.Model):
    """`expectation` is a key of `themes/data/expected.csv`."""

    expectation = models.CharField(_("责任条目"), max_length=40)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("资源"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("认定人"))
    at = models.DateTimeField(_("认定时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("人工认定")
        constraints = (
            models.UniqueConstraint(fields=("expectation", "resource"), name="brain_theme_link_once"),
        )

    def __str__(self) -> str:
        return f"{self.expectation} {self.resource_id}"
