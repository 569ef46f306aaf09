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
    units = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("参会单位"))
    minutes = models.TextField(_("纪要"), blank=True)
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
