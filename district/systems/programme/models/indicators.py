"""Indicators: figures entered by people, frozen reports, and every recomputation that was asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class IndicatorEntry(models.Model):
    """What a person says an item has reached, until another has confirmed it. The database keeps what was decided as it is.

    `item_set`: plan, gb2016 or province; `item` its key there. Reached = numerator / denominator, 0…1.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("已退回")

    item_set = models.CharField(_("指标体系"), max_length=12)
    item = models.CharField(_("指标"), max_length=40)
    first_on = models.DateField(_("统计期起"))
    last_on = models.DateField(_("统计期止"))
    numerator = models.FloatField(_("分子"))
    denominator = models.FloatField(_("分母"))
    source = models.CharField(_("数据来源"), max_length=200)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("佐证文件"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填报人"))
    entered_at = models.DateTimeField(_("填报时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("指标填报")
        ordering = ("-entered_at",)
        indexes = (models.Index(fields=("item_set", "item", "-last_on"), name="indicator_entry_of_item"),)
        constraints = (
            models.CheckConstraint(condition=Q(numerator__gte=0, denominator__gt=0) & Q(numerator__lte=F("denominator")),
                                   name="indicator_entry_is_a_share"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="indicator_entry_period"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("entered_by")), name="indicator_entry_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="indicator_entry_decided_by_somebody",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item} {self.last_on}"

    @property
    def reached(self) -> float:
        return self.numerator / self.denominator


class Snapshot(models.Model):
    """All indicators as they stood when a report was made. The database refuses to change or remove it.

    `content`: canonical JSON, whose SHA-256 is `digest`; it holds the digest of the one before (`previous`), so that none can
    be taken out of the row either.
    """

    number = models.PositiveIntegerField(_("编号"), unique=True)
    title = models.CharField(_("标题"), max_length=120)
    content = models.TextField()
    digest = models.CharField(_("摘要（SHA-256）"), max_length=64, unique=True)
    previous = models.CharField(max_length=64, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("生成人"))
    taken_at = models.DateTimeField(_("生成时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("指标快照")
        ordering = ("-number",)

    def __str__(self) -> str:
        return self.title


class Recomputation(models.Model):
    """The published SQL of an indicator was run and held against the platform's own figure. Only ever added to.

    `by` is null when the platform did it by itself. `sql_digest`: of the SQL as it then was.
    """

    system = models.CharField(_("系统"), max_length=40)
    key = models.CharField(_("指标"), max_length=60)
    at = models.DateTimeField(_("时间"), default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("操作人")
    )
    sql_digest = models.CharField(max_length=64)
    measured = models.FloatField(_("平台测算"), null=True)
    recomputed = models.FloatField(_("SQL 复算"), null=True)
    parts = models.JSONField(default=list)
    agrees = models.BooleanField(_("一致"))
    took_ms = models.PositiveIntegerField(_("用时（毫秒）"))
    trouble = models.CharField(_("问题"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标复算")
        ordering = ("-at",)
        indexes = (models.Index(fields=("system", "key", "-at"), name="recomputation_of_kpi"),)

    def __str__(self) -> str:
        return f"{self.system}.{self.key} {self.at:%Y-%m-%d %H:%M}"
