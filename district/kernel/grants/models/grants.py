"""授权: which items and rows of a resource a department, or one of its programs, may have, for what, how long."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource
from district.kernel.grants.models.clients import Client
from district.kernel.grants.models.requests import Request
from district.kernel.people.models import Account, Organisation


class GrantState(models.TextChoices):
    ACTIVE = "active", _("使用中")
    SUSPENDED = "suspended", _("暂停")
    WITHDRAWN = "withdrawn", _("已收回")
    EXPIRED = "expired", _("已到期")


@pghistory.track(append_only=True)
class Grant(models.Model):
    """A grant to `grantee`, or to one `client` of it only.

    `items` are names of items; those in `plain` go out as they are, the others masked as the catalogue says. `masks`
    {item: function} only make it stricter. Rows: `divisions` are prefixes of the item that holds a division code,
    `conditions` a list of {"item", "op", "value"}, all of which hold. `revision` counts changes. A grant counts while
    it is active and now is in [starts_at, ends_at): nobody needs to come by for it to end. Empty quotas do not limit.
    """

    number = models.CharField(_("授权编号"), max_length=30, unique=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="grants", verbose_name=_("资源"))
    grantee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("使用部门"))
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("应用"),
        db_index=False,
    )
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("申请单")
    )
    items = models.JSONField(_("信息项"), default=list)
    plain = models.JSONField(_("明文信息项"), default=list, blank=True)
    masks = models.JSONField(_("加严脱敏"), default=dict, blank=True)
    divisions = models.JSONField(_("区划范围"), default=list, blank=True)
    conditions = models.JSONField(_("行条件"), default=list, blank=True)
    purpose = models.CharField(_("使用目的"), max_length=200)
    ground = models.CharField(_("依据"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("生效时间"), default=now)
    ends_at = models.DateTimeField(_("到期时间"))
    requests_per_minute = models.PositiveIntegerField(_("每分钟次数"), null=True, blank=True)
    requests_per_day = models.PositiveIntegerField(_("每日次数"), null=True, blank=True)
    rows_per_day = models.PositiveIntegerField(_("每日行数"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=GrantState.choices, default=GrantState.ACTIVE)
    state_at = models.DateTimeField(_("状态时间"), default=now)
    state_reason = models.CharField(_("状态说明"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(_("修订号"), default=1)
    granted_at = models.DateTimeField(_("授权时间"), default=now)
    granted_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("授权人"),
        db_index=False,
    )
    is_simulated = models.BooleanField(_("模拟数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("共享授权")
        ordering = ("-granted_at",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="grants_grant_has_a_term"),
            # One at a time: items of one grant never meet rows of another.
            models.UniqueConstraint(
                fields=("resource", "grantee", "client"), condition=Q(state="active"), nulls_distinct=False,
                name="grants_one_active_grant",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Spent(models.Model):
    """What a grant has used of its quotas. In an unlogged table: after a crash of the server it begins anew."""

    grant = models.OneToOneField(Grant, models.CASCADE, primary_key=True, related_name="spent")
    day = models.DateField()
    day_requests = models.IntegerField(default=0)
    day_rows = models.BigIntegerField(default=0)
    minute = models.DateTimeField()
    minute_requests = models.IntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("配额使用")

    def __str__(self) -> str:
        return f"{self.grant_id} {self.day}"
