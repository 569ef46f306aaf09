"""一档: a pollution source, its outlets and facilities, and the entries of its life-long file."""

from __future__ import annotations

from pathlib import PurePosixPath

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.people.sealed_field import SealedTextField

from .. import credit_code


def check_credit_code(value: str) -> None:
    """Refuses a unified social credit code whose shape or check character is wrong (GB 32100-2015)."""
    fault = credit_code.fault_in(value)
    if fault:
        raise ValidationError(
            _("统一社会信用代码 %(value)s 有误：%(fault)s"),
            code="bad_credit_code",
            params={"value": value, "fault": fault},
        )


def attachment_path(record: FileRecord, filename: str) -> str:
    """Attachments are stored under the digest of their content; the name people gave is kept in a column."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"environment/{record.source.code}/{record.attachment_sha256 or 'unhashed'}{suffix}"


@pghistory.track()
class Source(models.Model):
    """An enterprise that discharges. `organisation` is the unit its representative signs in for."""

    class Level(models.TextChoices):
        KEY = "key", _("重点管理")
        SIMPLIFIED = "simplified", _("简化管理")
        REGISTERED = "registered", _("登记管理")

    class Status(models.TextChoices):
        RUNNING = "running", _("在产")
        SUSPENDED = "suspended", _("停产")
        CLOSED = "closed", _("关闭")

    code = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, unique=True, validators=[check_credit_code]
    )
    industry = models.CharField(_("行业"), max_length=80, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    division_code = models.CharField(_("行政区划"), max_length=12, blank=True, db_index=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    level = models.CharField(_("管理类别"), max_length=12, choices=Level.choices, default=Level.KEY)
    status = models.CharField(_("状态"), max_length=12, choices=Status.choices, default=Status.RUNNING)
    contact_name = models.CharField(_("环保负责人"), max_length=40, blank=True)
    contact_phone = SealedTextField(_("联系电话"), blank=True, default="")
    organisation = models.ForeignKey(
        "people.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所属单位"),
    )
    operating_since_on = models.DateField(_("投产日期"), null=True, blank=True)
    is_demo = models.BooleanField(_("示例数据"), default=False)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("污染源")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Outlet(models.Model):
    """A numbered place of discharge (HJ 608-2017: DA waste gas, DW waste water or rain water).

    `device` measures behind the treatment, `inlet_device`, where there is one, before it.
    """

    class Kind(models.TextChoices):
        AIR = "air", _("废气")
        WATER = "water", _("废水")
        RAIN = "rain", _("雨水")

    source = models.ForeignKey(Source, models.CASCADE, related_name="outlets")
    code = models.CharField(_("排口编号"), max_length=8)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=6, choices=Kind.choices)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    height_m = models.FloatField(_("高度（米）"), null=True, blank=True)
    diameter_m = models.FloatField(_("内径（米）"), null=True, blank=True)
    base_oxygen_percent = models.FloatField(_("基准氧含量（%）"), null=True, blank=True)
    receiving_water = models.CharField(_("受纳水体"), max_length=80, blank=True)
    discharge_way = models.CharField(_("排放方式"), max_length=80, blank=True)
    device = models.OneToOneField(
        "devices.Device",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="environment_outlet",
        verbose_name=_("监测设备"),
    )
    inlet_device = models.OneToOneField(
        "devices.Device",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="environment_inlet",
        verbose_name=_("治理前监测设备"),
    )
    is_in_use = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("排放口")
        ordering = ["source", "code"]
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="outlet_code_once_per_source")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class Facility(models.Model):
    """A production facility (MF) or a treatment facility (TA waste gas, TW waste water)."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", _("生产设施")
        AIR_TREATMENT = "air_treatment", _("废气治理设施")
        WATER_TREATMENT = "water_treatment", _("废水治理设施")

    source = models.ForeignKey(Source, models.CASCADE, related_name="facilities")
    code = models.CharField(_("设施编号"), max_length=8)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=16, choices=Kind.choices)
    process = models.CharField(_("工艺"), max_length=120, blank=True)
    capacity = models.CharField(_("能力"), max_length=80, blank=True)
    outlets = models.ManyToManyField(Outlet, related_name="facilities", blank=True)

    class Meta:
        verbose_name = _("设施")
        ordering = ["source", "code"]
        constraints = [
            models.UniqueConstraint(fields=["source", "code"], name="facility_code_once_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class FileRecord(models.Model):
    """One entry of the life-long file. `kind` and `fields` follow record_kinds.json.

    A record is withdrawn, never deleted.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="records")
    outlet = models.ForeignKey(Outlet, models.SET_NULL, null=True, blank=True, related_name="records")
    kind = models.CharField(_("类别"), max_length=24, db_index=True)
    happened_on = models.DateField(_("日期"))
    title = models.CharField(_("标题"), max_length=160)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issuer = models.CharField(_("出具单位"), max_length=120, blank=True)
    summary = models.TextField(_("摘要"), blank=True)
    fields = models.JSONField(_("要素"), default=dict, blank=True)
    attachment = models.FileField(_("附件"), upload_to=attachment_path, blank=True, max_length=200)
    attachment_name = models.CharField(max_length=200, blank=True)
    attachment_sha256 = models.CharField(max_length=64, blank=True)
    attachment_type = models.CharField(max_length=80, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("档案记录")
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["source", "-happened_on"], name="record_by_source_and_day")]

    def __str__(self) -> str:
        return self.title
