"""A duty: an account holds a role, in a unit, over a range of data, from a day until a day."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models.accounts import Account
from district.kernel.people.models.organisations import Organisation
from district.kernel.people.roles import SEPARATED


class ScopeKind(models.TextChoices):
    OWN = "own", _("本单位")
    SUBTREE = "subtree", _("本单位及下级")
    DISTRICT = "district", _("全区")


class Duties(models.QuerySet["Duty"]):
    def live(self, on: date | None = None) -> Duties:
        """Those in force on a day, today by default."""
        day = on or clock.today()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), ended_at__isnull=True, from_on__lte=day)


@pghistory.track(append_only=True)
class Duty(models.Model):
    """`role` is a full key such as `environment.officer`. `until_on` is the last day; `ended_at` ends it at once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="duties", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=80)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="duties", verbose_name=_("单位")
    )
    scope = models.CharField(_("数据范围"), max_length=10, choices=ScopeKind.choices, default=ScopeKind.OWN)
    from_on = models.DateField(_("开始日期"), default=clock.today)
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("授予人")
    )
    granted_at = models.DateTimeField(_("授予时间"), default=clock.now)
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("终止人")
    )
    reason = models.CharField(_("事由"), max_length=200, blank=True)

    objects = Duties.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("职责")
        ordering = ("account", "role", "from_on")
        indexes = (models.Index(fields=("role", "organisation"), name="people_duty_role"),)
        constraints = (
            # 三员分立 (GB/T 22239-2019 8.1.4.2d): of system, security and audit, an account holds one at most.
            models.UniqueConstraint(
                fields=("account",), name="people_duty_separation",
                condition=Q(ended_at__isnull=True, role__in=SEPARATED),
            ),
            models.UniqueConstraint(
                fields=("account", "role", "organisation"), name="people_duty_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="people_duty_days"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} @ {self.organisation_id}"
