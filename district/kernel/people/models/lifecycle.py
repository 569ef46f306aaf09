"""What happened to an account from joining to leaving: when, by whom and why."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models.accounts import Account
from district.kernel.people.models.organisations import Organisation


class LifeStep(models.Model):
    """One step; never changed afterwards. `organisation` is the unit the account belongs to after it."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("入职开户")
        MOVED = "moved", _("调动")
        SUSPENDED = "suspended", _("停用")
        RESUMED = "resumed", _("恢复")
        LEFT = "left", _("离职")
        PASSWORD_RESET = "password_reset", _("重置密码")
        DUTY_GRANTED = "duty_granted", _("授予职责")
        DUTY_ENDED = "duty_ended", _("终止职责")
        SECOND_FACTOR_RESET = "second_factor_reset", _("重置两步验证")

    account = models.ForeignKey(Account, models.PROTECT, related_name="life", verbose_name=_("账号"))
    kind = models.CharField(_("事项"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("时间"), default=clock.now)
    by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    reason = models.CharField(_("事由"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("账号生命周期")
        ordering = ("-at", "-id")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.at:%Y-%m-%d}"
