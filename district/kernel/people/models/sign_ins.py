"""Sign-ins that succeeded, each with its session, and the passwords an account has had."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models.accounts import Account

PROGRAMS = (
    ("MicroMessenger", "微信"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""Marks in a User-Agent, the more telling first."""


class SignIn(models.Model):
    """A session from its beginning to its end. `session_key` is emptied at the end."""

    class End(models.TextChoices):
        SIGNED_OUT = "signed_out", _("主动退出")
        IDLE = "idle", _("闲置超时")
        TOO_OLD = "too_old", _("超过最长时限")
        OVER_LIMIT = "over_limit", _("同时会话过多")
        ENDED = "ended", _("被本人结束")
        ADMINISTERED = "administered", _("被管理员结束")
        PASSWORD = "password", _("密码已修改")
        DUTIES = "duties", _("职责变更")

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins", verbose_name=_("账号"))
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    started_at = models.DateTimeField(_("登录时间"), default=clock.now)
    seen_at = models.DateTimeField(_("最近活动"), default=clock.now)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    end = models.CharField(_("结束原因"), max_length=12, blank=True, choices=End.choices)
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    browser = models.CharField(_("浏览器"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录会话")
        ordering = ("-started_at", "-id")
        indexes = (
            models.Index(fields=("account", "started_at"), name="people_signin_open", condition=models.Q(ended_at=None)),
        )

    @property
    def browser_name(self) -> str:
        """`Chrome · Windows`, as the browser says of itself; what is unknown is left out."""
        program = next((name for mark, name in PROGRAMS if mark in self.browser), "")
        system = next((name for mark, name in SYSTEMS if mark in self.browser), "")
        return " · ".join(filter(None, (program, system))) or self.browser[:30]

    def __str__(self) -> str:
        return f"{self.account_id} {self.started_at:%Y-%m-%d %H:%M}"


class PastPassword(models.Model):
    """An encoded password an account has used; the last five may not come back."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=256)
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-set_at", "-id")

    def __str__(self) -> str:
        return f"{self.account_id} {self.set_at:%Y-%m-%d}"
