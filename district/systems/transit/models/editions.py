"""The timetable in force: published GTFS feeds, whole."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from ..feed_contents import contents


class Edition(models.Model):
    """A GTFS zip as published: what everything that runs reads (`editions.queries`). Never changed once published.

    In force on a day: of the published ones whose days hold it the one published last. `notices`: what validation
    said at `judged_at`, `[{"code", "severity", "total", "samples"}]`. `line_ids`, `stop_ids`: what the feed holds, so that
    SQL can count them; noted when the edition is made.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤回")

    title = models.CharField(_("名称"), max_length=120)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"))
    feed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    line_ids = ArrayField(models.CharField(max_length=120), default=list, editable=False)
    stop_ids = ArrayField(models.CharField(max_length=120), default=list, editable=False)
    notices = models.JSONField(_("校验结果"), default=list)
    judged_at = models.DateTimeField(_("校验时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("生成时间"), default=now)
    published_at = models.DateTimeField(_("发布时间"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    remark = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("时刻表版本")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="edition_days_in_order"),
        )
        indexes = (models.Index(fields=("state", "valid_from", "valid_to"), name="edition_in_force"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.line_ids, self.stop_ids = contents(bytes(self.feed))
        super().save(*args, **kwargs)
