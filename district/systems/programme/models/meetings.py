"""Joint meetings and what they decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.people.models import Organisation

from .tasks import PlanTask


class Meeting(models.Model):
    """A meeting of the leading group or of the joint conference (联席会议)."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group", _("领导小组会议")
        JOINT = "joint", _("工作联席会议")
        SPECIAL = "special", _("专题会议")

    class State(models.TextChoices):
        PLANNED = "planned", _("待召开")
        HELD = "held", _("已召开")
        MINUTED = "minuted", _("纪要已印发")
        CANCELLED = "cancelled", _("已取消")

    number = models.CharField(_("会议编号"), max_length=24, unique=True)
    title = models.CharField(_("会议名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices, default=Kind.JOINT)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.PLANNED)
    begins_at = models.DateTimeField(_("时间"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    minuted_at = models.DateTimeField(_("纪要印发时间"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    made_at = models.DateTimeField(default=now, editable=False)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("会议")
        ordering = ("-begins_at",)

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A unit asked to a meeting, and whether it came."""

    class State(models.TextChoices):
        INVITED = "invited", _("已通知")
        COMING = "coming", _("确认参加")
        EXCUSED = "excused", _("请假")
        CAME = "came", _("出席")
        ABSENT = "absent", _("缺席")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("会议"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("参会单位"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.INVITED)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("回复时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("参会情况")
        ordering = ("meeting", "unit")
        constraints = (models.UniqueConstraint(fields=("meeting", "unit"), name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit_id} {self.state}"


class AgendaItem(models.Model):
    """What a meeting talks about: put forward by a unit, or by the platform because a decision is open or a task late."""

    class Source(models.TextChoices):
        OFFICE = "office", _("推进办安排")
        UNIT = "unit", _("单位提请")
        DECISION = "decision", _("上次议定未办结")
        TASK = "task", _("重点工作滞后")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待审定")
        ON = "on", _("列入议程")
        REFUSED = "refused", _("未列入")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("会议"))
    order = models.PositiveSmallIntegerField(_("序号"), default=0)
    title = models.CharField(_("议题"), max_length=200)
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ON)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("汇报单位")
    )
    task = models.ForeignKey(
        PlanTask, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("重点工作")
    )
    decision = models.ForeignKey(
        "Decision", models.PROTECT, null=True, blank=True, related_name="followed_up", verbose_name=_("议定事项")
    )
    minutes = models.TextField(_("讨论情况"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("提请人"))
    made_at = models.DateTimeField(_("提请时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("审定人")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("议题")
        ordering = ("meeting", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "decision"), condition=models.Q(decision__isnull=False), name="agenda_decision_once"
            ),
            models.UniqueConstraint(
                fields=("meeting", "task"), condition=models.Q(source="task"), name="agenda_task_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("made_by")),
                name="agenda_decided_by_another",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What a meeting asked of a unit by a day. Its `case` (procedure `meeting_decision`) is how it is followed up: done
    is what the case says is done."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("会议"))
    order = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("议定事项"), max_length=500)
    task = models.ForeignKey(
        PlanTask, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("重点工作")
    )
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    due_on = models.DateField(_("完成时限"))
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("督办件")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("议定事项")
        ordering = ("meeting", "order")
        constraints = (models.UniqueConstraint(fields=("meeting", "order"), name="decision_order"),)

    def __str__(self) -> str:
        return self.text[:40]
