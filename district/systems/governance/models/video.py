"""视频联网共享: cameras and what carries them, key points, grants, and every viewing. No picture content is stored."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class VideoSource(models.Model):
    """A camera, recorder or platform that registers itself: what the gateway has reported of it.

    `state_at` is the instant of the newest report of its registration; older ones that come late change nothing.
    """

    device = models.OneToOneField(
        "devices.Device", models.CASCADE, primary_key=True, related_name="video_source"
    )
    is_registered = models.BooleanField(_("已注册"), default=False)
    state_at = models.DateTimeField(_("状态时间"), null=True, blank=True)
    lost_reason = models.CharField(_("离线原因"), max_length=40, blank=True)
    remote = models.CharField(_("来源地址"), max_length=64, blank=True)
    transport = models.CharField(_("传输"), max_length=8, blank=True)
    agent = models.CharField(_("终端标识"), max_length=80, blank=True)
    manufacturer = models.CharField(_("厂商"), max_length=80, blank=True)
    model = models.CharField(_("型号"), max_length=80, blank=True)
    firmware = models.CharField(_("固件"), max_length=80, blank=True)
    catalogue_at = models.DateTimeField(_("目录核对时间"), null=True, blank=True)
    catalogue_total = models.PositiveIntegerField(_("目录应有"), null=True, blank=True)
    catalogue_received = models.PositiveIntegerField(_("目录实收"), null=True, blank=True)
    catalogue_trouble = models.CharField(_("目录问题"), max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("视频接入设备")
        ordering = ("device__code",)

    def __str__(self) -> str:
        return str(self.device)


class CameraMount(models.TextChoices):
    FIXED = "fixed", _("固定枪机")
    DOME = "dome", _("球机")
    HALF_DOME = "half_dome", _("半球")
    MOBILE = "mobile", _("移动")


class Camera(models.Model):
    """A camera of the register. `code` is its channel id of 20 digits.

    `heading_deg` clockwise from north and `view_deg` wide, seen up to `range_m`; a dome has no heading and sees all round.
    `is_playable` is the outcome of the newest attempt to get a picture, None before the first.
    """

    code = models.CharField(_("通道编码"), max_length=20, unique=True, db_collation="C")
    name = models.CharField(_("名称"), max_length=120)
    device = models.ForeignKey(
        "devices.Device",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="governance_cameras",
        verbose_name=_("接入设备"),
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("权属单位"),
    )
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C", db_index=True)
    address = models.CharField(_("安装位置"), max_length=200, blank=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    mount = models.CharField(_("类型"), max_length=10, choices=CameraMount.choices, default=CameraMount.FIXED)
    heading_deg = models.FloatField(_("朝向（度）"), null=True, blank=True)
    view_deg = models.FloatField(_("视角（度）"), default=60)
    range_m = models.FloatField(_("有效距离（米）"), default=80)
    manufacturer = models.CharField(_("厂商"), max_length=80, blank=True)
    model = models.CharField(_("型号"), max_length=80, blank=True)
    is_in_use = models.BooleanField(_("在用"), default=True)
    is_reported_on = models.BooleanField(_("目录状态"), null=True, blank=True)
    catalogue_seen_at = models.DateTimeField(_("目录中最近出现"), null=True, blank=True)
    is_faulty = models.BooleanField(_("自报故障"), default=False)
    is_playable = models.BooleanField(_("可出图"), null=True, blank=True)
    playable_reason = models.CharField(_("不能出图的原因"), max_length=40, blank=True)
    probed_at = models.DateTimeField(_("最近探测"), null=True, blank=True)
    picture_at = models.DateTimeField(_("最近出图"), null=True, blank=True)
    picture_ms = models.PositiveIntegerField(_("出图用时"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_at = models.DateTimeField(_("登记时间"), default=now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("摄像机")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(heading_deg__isnull=True) | Q(heading_deg__gte=0, heading_deg__lt=360),
                name="camera_heading",
            ),
            models.CheckConstraint(condition=Q(view_deg__gt=0, view_deg__lte=360), name="camera_view"),
            models.CheckConstraint(condition=Q(range_m__gt=0, range_m__lte=5000), name="camera_range"),
        )

    def __str__(self) -> str:
        return self.name


class DifferenceKind(models.TextChoices):
    UNREGISTERED = "unregistered", _("目录有、台账无")
    MISSING = "missing", _("台账有、目录无")
    RENAMED = "renamed", _("名称不同")
    MOVED = "moved", _("位置不同")
    ELSEWHERE = "elsewhere", _("登记在另一设备下")
    INCOMPLETE = "incomplete", _("目录未收全")


class CatalogueDifference(models.Model):
    """Where a device's own list and the register disagree, from the check that found it to the one that did not any more.

    `detail` says what stands where; `explanation` is a person's word for why that is all right.
    """

    source = models.ForeignKey(
        VideoSource, models.CASCADE, related_name="differences", verbose_name=_("接入设备")
    )
    channel_code = models.CharField(_("通道编码"), max_length=20)
    channel_name = models.CharField(_("通道名称"), max_length=120, blank=True)
    kind = models.CharField(_("差异"), max_length=16, choices=DifferenceKind.choices)
    detail = models.CharField(_("说明"), max_length=300)
    found_at = models.DateTimeField(_("发现时间"), default=now)
    seen_at = models.DateTimeField(_("最近核对"), default=now)
    ended_at = models.DateTimeField(_("消除时间"), null=True, blank=True)
    explanation = models.CharField(_("原因"), max_length=200, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("说明人"),
    )
    explained_at = models.DateTimeField(_("说明时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("目录差异")
        ordering = ("-found_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "channel_code", "kind"),
                condition=Q(ended_at__isnull=True),
                name="difference_open_once",
            ),
        )


class VideoAlarm(models.Model):
    """An alarm a camera or recorder has told, kept before it was acknowledged. `alarm_id` is the kernel's alarm."""

    report_id = models.BigIntegerField(unique=True)
    device = models.ForeignKey("devices.Device", models.CASCADE, related_name="+", verbose_name=_("接入设备"))
    camera = models.ForeignKey(
        Camera, models.SET_NULL, null=True, blank=True, related_name="alarms", verbose_name=_("摄像机")
    )
    channel_code = models.CharField(_("通道编码"), max_length=20)
    priority = models.PositiveSmallIntegerField(_("警情级别"))
    method = models.CharField(_("报警方式"), max_length=4)
    kind = models.CharField(_("报警类型"), max_length=8, blank=True)
    zh = models.CharField(_("报警内容"), max_length=40)
    description = models.CharField(_("描述"), max_length=300, blank=True)
    at = models.DateTimeField(_("报警时间"))
    received_at = models.DateTimeField(_("接收时间"), default=now)
    alarm_id = models.BigIntegerField(_("告警"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("视频报警")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("-at",), name="video_alarm_newest"),)


class GrantState(models.TextChoices):
    ASKED = "asked", _("待批准")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")
    REVOKED = "revoked", _("已收回")


class VideoGrant(models.Model):
    """A unit may watch these cameras for this purpose from `from_on` to `until_on`, both included, once approved.

    Who decides is never who asked.
    """

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="+", verbose_name=_("使用单位")
    )
    cameras = models.ManyToManyField(Camera, related_name="grants", verbose_name=_("摄像机"))
    purpose = models.CharField(_("用途"), max_length=200)
    legal_basis = models.CharField(_("依据"), max_length=200)
    from_on = models.DateField(_("开始日期"))
    until_on = models.DateField(_("截止日期"))
    state = models.CharField(_("状态"), max_length=10, choices=GrantState.choices, default=GrantState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("批准人"),
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    decision = models.CharField(_("批准意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("视频共享授权")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="grant_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="grant_of_two_people",
            ),
        )


class ViewingResult(models.TextChoices):
    ALLOWED = "allowed", _("准许")
    REFUSED = "refused", _("拒绝")


class Viewing(models.Model):
    """A request to see a camera's picture, allowed or not. Never changed; the audit trail holds it too."""

    camera = models.ForeignKey(Camera, models.PROTECT, related_name="viewings", verbose_name=_("摄像机"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("查看人")
    )
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("单位")
    )
    grant = models.ForeignKey(
        VideoGrant, models.PROTECT, null=True, blank=True, related_name="viewings", verbose_name=_("授权")
    )
    purpose = models.CharField(_("用途"), max_length=200)
    result = models.CharField(_("结果"), max_length=10, choices=ViewingResult.choices)
    reason = models.CharField(_("原因"), max_length=40, blank=True)
    at = models.DateTimeField(_("时间"), default=now)
    until_at = models.DateTimeField(_("有效至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("视频查看记录")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("-at",), name="viewing_newest"),)


class KeyPointKind(models.TextChoices):
    SCHOOL = "school", _("学校")
    HOSPITAL = "hospital", _("医院")
    MARKET = "market", _("市场")
    CROSSING = "crossing", _("路口")
    SQUARE = "square", _("广场")


class KeyPoint(models.Model):
    """A place that cameras must cover (关键点位)."""

    code = models.CharField(_("编号"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=10, choices=KeyPointKind.choices)
    division_code = models.CharField(_("区划"), max_length=12, db_collation="C", db_index=True)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    is_schematic = models.BooleanField(_("示意"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("关键点位")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
