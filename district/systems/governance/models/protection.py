"""立体化防控: posts, key places and what protects them, public-safety inspections and their findings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class PostKind(models.TextChoices):
    BOOTH = "booth", _("治安岗亭")
    CHECKPOINT = "checkpoint", _("卡点")
    POLICE_ROOM = "police_room", _("警务室")
    CENTRE = "centre", _("综治中心")


class Post(models.Model):
    """A place where somebody is on duty. `strength`: people a shift; `reach_m`: how far it is said to protect."""

    code = models.CharField(_("编号"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=12, choices=PostKind.choices)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C", db_index=True)
    strength = models.PositiveSmallIntegerField(_("每班人数"), default=2)
    reach_m = models.PositiveIntegerField(_("防控半径（米）"), default=500)
    is_in_use = models.BooleanField(_("启用"), default=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("防控岗点")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class KeyPlaceKind(models.TextChoices):
    SCHOOL = "school", _("学校")
    HOSPITAL = "hospital", _("医院")
    STATION = "station", _("车站")
    MARKET = "market", _("市场商圈")
    UTILITY = "utility", _("水电油气")
    OFFICE = "office", _("党政机关")
    WAREHOUSE = "warehouse", _("危化仓储")


class KeyPlace(models.Model):
    """重点部位. `inspect_every_days`: how often it must be inspected."""

    code = models.CharField(_("编号"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=12, choices=KeyPlaceKind.choices)
    level = models.PositiveSmallIntegerField(
        _("等级"), choices=((1, _("一级")), (2, _("二级")), (3, _("三级"))), default=3
    )
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C", db_index=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    inspect_every_days = models.PositiveSmallIntegerField(_("检查周期（天）"), default=30)
    checklist = models.CharField(_("检查表"), max_length=40, default="general")
    is_in_use = models.BooleanField(_("启用"), default=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("重点部位")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Inspection(models.Model):
    """安全隐患排查: a checklist filled in at a key place or in a cell. `key` is the phone's own, so that a form sent
    twice is kept once. `answers`: item key → ok, fault or none (不涉及)."""

    key = models.CharField(max_length=60, unique=True)
    key_place = models.ForeignKey(
        KeyPlace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("重点部位"),
    )
    cell_code = models.CharField(_("网格"), max_length=15, blank=True, db_collation="C")
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C", db_index=True)
    checklist = models.CharField(_("检查表"), max_length=40)
    answers = models.JSONField(_("检查结果"), default=dict)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    at = models.DateTimeField(_("检查时间"), default=now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("检查人"),
    )
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("安全检查")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("key_place", "-at"), name="governance_inspection_place"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(key_place__isnull=False) | ~Q(cell_code=""),
                name="governance_inspection_somewhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.checklist} {self.at:%F %R}"


class InspectionFinding(models.Model):
    """An item that was at fault. `case_number` is the case it opened; `fixed_at` when somebody found it put right."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    item = models.CharField(_("检查项"), max_length=40)
    text = models.CharField(_("隐患"), max_length=200)
    is_grave = models.BooleanField(_("重大隐患"), default=False)
    case_number = models.CharField(_("案件编号"), max_length=32, blank=True)
    fixed_at = models.DateTimeField(_("整改完成"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("检查隐患")
        ordering = ("inspection", "pk")
        constraints = (
            models.UniqueConstraint(fields=("inspection", "item"), name="governance_finding_once"),
        )

    def __str__(self) -> str:
        return self.text
