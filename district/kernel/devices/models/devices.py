"""Field equipment: what it is, whose it is, where it stands, how it reports."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.devices.seal import seal, unseal


class DeviceStatus(models.TextChoices):
    ACTIVE = "active", _("在用")
    SUSPENDED = "suspended", _("暂停")
    RETIRED = "retired", _("停用")


class SealedTextField(models.TextField):
    """Plain text in Python, sealed text in the database."""

    def get_prep_value(self, value: object) -> object:
        return value if value is None else seal(str(value))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return value if value is None else unseal(value)


@pghistory.track(exclude=["password", "cipher_key", "last_seen_at", "is_online", "updated_at"])
class Device(models.Model):
    """A data logger or instrument that reports by itself.

    `code` is the number it sends (opaque text). `system` is the name of the system that understands its data, `kind`
    a word of that system. `interval_s` is how often it should report. The gateway keeps `last_seen_at` and
    `is_online` to a few seconds.
    """

    code = models.CharField(_("设备编码"), max_length=64, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类型"), max_length=40, db_index=True)
    protocol = models.CharField(_("协议"), max_length=20, default="hj212")
    password = SealedTextField(_("访问密码"), blank=True, default="")
    cipher_key = SealedTextField(_("加密密钥"), blank=True, default="")
    system = models.CharField(_("所属系统"), max_length=40, db_index=True)
    owner = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="devices", verbose_name=_("所属单位")
    )
    division_code = models.CharField(_("行政区划"), max_length=12, blank=True, db_index=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    status = models.CharField(_("状态"), max_length=10, choices=DeviceStatus.choices, default=DeviceStatus.ACTIVE)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    attributes = models.JSONField(_("属性"), default=dict, blank=True)
    interval_s = models.PositiveIntegerField(_("上报间隔（秒）"), default=60)
    last_seen_at = models.DateTimeField(_("最近上报"), null=True, blank=True)
    is_online = models.BooleanField(_("在线"), default=False)
    made_at = models.DateTimeField(_("登记时间"), default=now, editable=False)
    updated_at = models.DateTimeField(_("变更时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("设备")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=Q(interval_s__gt=0), name="device_interval_positive"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="device_position_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.name


class DeviceLink(models.Model):
    """The connection of a device as the gateway last knew it; counters since the device was registered."""

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True, related_name="link")
    is_connected = models.BooleanField(_("已连接"), default=False)
    remote = models.CharField(_("对端地址"), max_length=64, blank=True)
    port = models.PositiveIntegerField(_("接入端口"), default=0)
    connected_at = models.DateTimeField(_("连接时间"), null=True)
    disconnected_at = models.DateTimeField(_("断开时间"), null=True)
    frames = models.BigIntegerField(_("报文数"), default=0)
    observations = models.BigIntegerField(_("监测值数"), default=0)
    resends = models.BigIntegerField(_("重复报文数"), default=0)
    refusals = models.BigIntegerField(_("拒收数"), default=0)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("设备连接")


class DeviceNote(models.Model):
    """What a device tells about itself in words: field information, logs, power-on, parameters."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="notes")
    at = models.DateTimeField(_("时间"))
    item = models.CharField(_("对象"), max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("内容"))
    received_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("现场端信息")
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=("device", "at", "item", "name"), name="device_note_once"),
        )
