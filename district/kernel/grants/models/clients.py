"""应用: a program of a department that reads with OAuth2 client credentials (RFC 6749 section 4.4)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Account, Organisation


@pghistory.track(append_only=True)
class Client(models.Model):
    """`application` holds the identifier and the hashed secret; this row says whose it is and whether it may read."""

    application = models.OneToOneField(
        "oauth2_provider.Application", models.CASCADE, related_name="client", verbose_name=_("凭证")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("所属部门")
    )
    name = models.CharField(_("应用名称"), max_length=80)
    system_name = models.CharField(_("所属业务系统"), max_length=120, blank=True)
    contact = models.CharField(_("联系人"), max_length=80, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("登记时间"), default=now)
    created_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("登记人"),
        db_index=False,
    )
    secret_at = models.DateTimeField(_("密钥更换时间"), default=now)
    is_simulated = models.BooleanField(_("模拟数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("应用")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "name"), name="grants_client_name_once"),
        )

    def __str__(self) -> str:
        return self.name
