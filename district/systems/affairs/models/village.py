"""The life of a village: who is on duty, what is announced, who meets, what is done for villagers."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation
from district.kernel.people.sealed_field import SealedTextField


class Body(models.TextChoices):
    """The bodies of a village, by whom a meeting is attended."""

    BRANCH = "branch", _("村党组织")
    COMMITTEES = "committees", _("村“两委”")
    PARTY = "party", _("全体党员")
    DELEGATES = "delegates", _("村民代表")
    HOUSEHOLDS = "households", _("户代表")


class Member(models.Model):
    """A member of a body of a village; `household` names the one he speaks for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("村"))
    body = models.CharField(_("组织"), max_length=10, choices=Body.choices)
    name = models.CharField(_("姓名"), max_length=40)
    household = models.CharField(_("户"), max_length=60, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账号")
    )  # fmt: skip
    left_at = models.DateTimeField(_("离任时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("成员")
        ordering = ("organisation", "body", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "body", "name", "household"),
                condition=Q(left_at=None),
                name="affairs_member_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """值班: an account is on duty for a unit. `log`: what happened while it was."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    division_code = models.CharField(_("区划"), max_length=12, blank=True, db_collation="C")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("值班人")
    )
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    log = models.TextField(_("值班记录"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("排班人")
    )  # fmt: skip
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("值班")
        ordering = ("starts_at", "pk")
        indexes = (models.Index(fields=("organisation", "starts_at"), name="affairs_shift_unit"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="affairs_shift_times"),
            ExclusionConstraint(
                name="affairs_shift_one_place",
                expressions=(
                    ("account", RangeOperators.EQUAL),
                    (Func("starts_at", "ends_at", function="tstzrange"), RangeOperators.OVERLAPS),
                ),
                condition=Q(cancelled_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.starts_at}"


class SwapState(models.TextChoices):
    ASKED = "asked", _("待同意")
    AGREED = "agreed", _("已换班")
    DECLINED = "declined", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class Swap(models.Model):
    """换班: the shift goes to another, who may give one of his own for it."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swaps", verbose_name=_("班次"))
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("换给")
    )
    in_return = models.ForeignKey(
        Shift, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("换回班次")
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("事由"), max_length=120)
    state = models.CharField(_("状态"), max_length=9, choices=SwapState.choices, default=SwapState.ASKED)
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("换班")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("shift",), condition=Q(state="asked"), name="affairs_swap_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.shift_id} {self.state}"


class Announcement(models.Model):
    """通知: read, and answered with a receipt where one is asked for. A public one also stands on the open page."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("发出单位")
    )
    audience = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("接收单位"))
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"))
    needs_receipt = models.BooleanField(_("需要回执"), default=True)
    is_public = models.BooleanField(_("向村民公开"), default=False)
    reply_by = models.DateTimeField(_("回执期限"), null=True, blank=True)
    issued_at = models.DateTimeField(_("发出时间"), default=now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recalled_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """Whether one account has read an announcement, and has answered."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="receipts")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("接收人")
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("回执时间"), null=True, blank=True)
    reply = models.CharField(_("回执"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(_("催读时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知回执")
        ordering = ("organisation", "pk")
        constraints = (
            models.UniqueConstraint(fields=("announcement", "account"), name="affairs_receipt_once"),
        )

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.account_id}"


class Meeting(models.Model):
    """A meeting of a body: agenda, who came, minutes."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("村"))
    division_code = models.CharField(_("区划"), max_length=12, blank=True, db_collation="C")
    body = models.CharField(_("参加组织"), max_length=10, choices=Body.choices)
    title = models.CharField(_("会议名称"), max_length=120)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("时间"))
    agenda = models.JSONField(_("议程"), default=list)
    minutes = models.TextField(_("纪要"), blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("会议")
        ordering = ("-starts_at", "-pk")

    def __str__(self) -> str:
        return self.title


class Presence(models.TextChoices):
    INVITED = "invited", _("待签到")
    PRESENT = "present", _("到会")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("缺席")


class Attendance(models.Model):
    """A member at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("成员"))
    presence = models.CharField(
        _("到会情况"), max_length=7, choices=Presence.choices, default=Presence.INVITED
    )

    class Meta:
        verbose_name = verbose_name_plural = _("到会")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("meeting", "member"), name="affairs_attendance_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id}"


class Guide(models.Model):
    """办事指南: what a villager brings, where it is decided, within how many working days; done for him where possible."""

    name = models.CharField(_("事项"), max_length=80, unique=True)
    decided_by = models.CharField(_("办理单位"), max_length=80)
    materials = models.JSONField(_("所需材料"), default=list)
    steps = models.JSONField(_("办理步骤"), default=list)
    working_days = models.PositiveSmallIntegerField(_("办理时限（工作日）"))
    is_done_for = models.BooleanField(_("可以代办"), default=True)
    is_in_use = models.BooleanField(_("启用"), default=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("办事指南")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ErrandState(models.TextChoices):
    TAKEN = "taken", _("代办中")
    DONE = "done", _("已办成")
    REFUSED = "refused", _("未办成")
    WITHDRAWN = "withdrawn", _("本人撤回")


class Errand(models.Model):
    """代办: a village goes the way for a villager, with a clock. Name and phone are sealed."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="errands", verbose_name=_("事项"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("村"))
    division_code = models.CharField(_("区划"), max_length=12, blank=True, db_collation="C")
    villager = SealedTextField(_("村民姓名"))
    phone = SealedTextField(_("联系电话"), blank=True, default="")
    note = models.CharField(_("备注"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=ErrandState.choices, default=ErrandState.TAKEN)
    outcome = models.CharField(_("结果"), max_length=200, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("代办人")
    )  # fmt: skip
    taken_at = models.DateTimeField(_("受理时间"), default=now)
    due_at = models.DateTimeField(_("期限"))
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("代办")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.guide} {self.pk}"
