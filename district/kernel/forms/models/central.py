"""What programs and phones that speak ODK Central's API bring along."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.forms.models.submissions import Submission


class ApiSession(models.Model):
    """A signed-in program: a token for some hours. Only its hash is kept."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("账号")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("登录时间"), default=now)
    expires_at = models.DateTimeField(_("到期时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("接口会话")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.account} {self.created_at:%Y-%m-%d %H:%M}"


class SubmissionComment(models.Model):
    """What somebody wrote about a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    body = models.TextField(_("意见"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("意见人")
    )
    at = models.DateTimeField(_("时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("填报意见")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.body[:40]
