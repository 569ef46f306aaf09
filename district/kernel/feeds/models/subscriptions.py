"""Who is told of changes, and what became of each telling."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.feeds.models.changes import Change, Op
from district.kernel.grants.models import Grant
from district.kernel.people.models import Account
from district.kernel.people.sealed_field import SealedTextField


class SubscriptionState(models.TextChoices):
    ACTIVE = "active", _("推送中")
    PAUSED = "paused", _("暂停")
    ENDED = "ended", _("已停止")


@pghistory.track(append_only=True, exclude=["secret"])
class Subscription(models.Model):
    """Changes of a granted resource, sent to an address of the receiver (Standard Webhooks 1.0.0)."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="subscriptions", verbose_name=_("授权"))
    url = models.URLField(_("接收地址"), max_length=300)
    secret = SealedTextField(_("签名密钥"))
    state = models.CharField(
        _("状态"), max_length=8, choices=SubscriptionState.choices, default=SubscriptionState.ACTIVE
    )
    reason = models.CharField(_("说明"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"), default=now)
    created_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))
    is_simulated = models.BooleanField(_("模拟数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("推送订阅")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("grant", "url"), condition=~Q(state="ended"), name="feeds_subscription_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.grant} {self.url}"


class PushState(models.TextChoices):
    WAITING = "waiting", _("待推送")
    DELIVERED = "delivered", _("已送达")
    OUTSIDE = "outside", _("不在授权范围")
    PARKED = "parked", _("多次失败，已搁置")
    DROPPED = "dropped", _("已放弃")


class Push(models.Model):
    """One change for one receiver. Of a subject only the oldest is under way: a parked one holds back those behind it."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="pushes", verbose_name=_("订阅"), db_index=False
    )
    change = models.ForeignKey(Change, models.CASCADE, related_name="+", verbose_name=_("变更"))
    subject = models.CharField(_("记录"), max_length=200)
    state = models.CharField(_("状态"), max_length=9, choices=PushState.choices, default=PushState.WAITING)
    sent_op = models.CharField(_("送出的变化"), max_length=8, choices=Op.choices, blank=True)
    attempts = models.PositiveIntegerField(_("次数"), default=0)
    next_at = models.DateTimeField(_("下次推送"), default=now)
    done_at = models.DateTimeField(_("完成时间"), null=True)
    status = models.PositiveSmallIntegerField(_("应答"), null=True)
    error = models.CharField(_("失败原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("推送")
        ordering = ("-change",)
        constraints = (models.UniqueConstraint(fields=("subscription", "change"), name="feeds_push_once"),)
        indexes = (
            models.Index(
                fields=("subscription", "subject", "change"), name="feeds_push_open",
                condition=Q(state__in=("waiting", "parked")),
            ),
            models.Index(fields=("subscription", "subject", "-change"), name="feeds_push_subject"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.change_id} {self.state}"
