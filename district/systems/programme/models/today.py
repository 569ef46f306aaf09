"""When somebody last looked at 今日, so that what is new to them can be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TodayVisit(models.Model):
    """`before_at`: the visit before this one; only the last two are kept, nothing of what was read."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("账号"))
    at = models.DateTimeField(_("本次查看"))
    before_at = models.DateTimeField(_("上次查看"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("今日查看时间")

    def __str__(self) -> str:
        return f"{self.account_id} {self.at}"
