"""Pictures, sounds and films that terminals sent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .fleet import Bus


class TerminalMedia(models.Model):
    """What a terminal sent with 0x0801. `file` None: its content was none that may be kept (`refused` says why), or it was
    forgotten when its time had passed. People can be on it: who looks is noted, and it is kept KEEP_DAYS."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("图片")
        SOUND = "sound", _("音频")
        FILM = "film", _("视频")

    report_key = models.CharField(max_length=160, unique=True)
    device = models.ForeignKey("devices.Device", models.PROTECT, related_name="+", verbose_name=_("车载终端"))
    bus = models.ForeignKey(Bus, models.SET_NULL, null=True, related_name="media", verbose_name=_("车辆"))
    kind = models.CharField(_("类型"), max_length=8, choices=Kind.choices)
    event = models.PositiveSmallIntegerField(_("触发"), default=0)
    channel = models.PositiveSmallIntegerField(_("通道"), default=0)
    taken_at = models.DateTimeField(_("拍摄时间"))
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    file = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, related_name="+", verbose_name=_("附件"))
    refused = models.CharField(_("未保存原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    received_at = models.DateTimeField(_("接收时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("车载多媒体")
        ordering = ("-taken_at", "-pk")
        indexes = (models.Index(fields=("device", "-taken_at"), name="terminal_media_by_device"),)
