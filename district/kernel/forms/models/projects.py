"""What forms are kept in, and the phones that fetch them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation


class Project(models.Model):
    """Forms and registers of one office; `id` is the project's number in the API of ODK Central."""

    name = models.CharField(_("名称"), max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("主管单位")
    )
    description = models.TextField(_("说明"), blank=True)
    is_archived = models.BooleanField(_("已归档"), default=False)
    created_at = models.DateTimeField(_("建立时间"), default=now)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("采集项目")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class AppUser(models.Model):
    """A phone of an account's with a key of its own (`/v1/key/<token>/…`); only a hash of the key is kept.

    What comes by it has come from `account`; withdrawn, the key opens nothing any more. `forms`, when there are any,
    narrow what it is shown to these.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="app_users", verbose_name=_("采集项目"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("持有人")
    )  # fmt: skip
    display_name = models.CharField(_("手机名称"), max_length=80)
    forms = models.ManyToManyField("forms.Form", blank=True, related_name="+", verbose_name=_("限用表单"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("登记时间"), default=now)
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("采集手机")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.display_name
