"""任务: what a unit asks of those below it, each unit's piece of it, and what happened to the piece."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.forms.models import Form, Register
from district.kernel.people.models import Organisation


class AnswerKind(models.TextChoices):
    """How a unit answers: by filling a form, with a number, in words, or by saying that it is done."""

    FORM = "form", _("填表")
    NUMBER = "number", _("报数")
    TEXT = "text", _("报情况")
    DONE = "done", _("办理即可")


class PieceState(models.TextChoices):
    OPEN = "open", _("待办")
    HANDED_IN = "handed_in", _("已上报")
    RETURNED = "returned", _("退回更正")
    ACCEPTED = "accepted", _("已认可")


class PieceAct(models.TextChoices):
    ISSUED = "issued", _("下发")
    RECEIVED = "received", _("签收")
    PASSED_ON = "passed_on", _("分解下达")
    HANDED_IN = "handed_in", _("上报")
    RETURNED = "returned", _("退回")
    ACCEPTED = "accepted", _("认可")
    REMINDED = "reminded", _("催办")
    WARNED = "warned", _("临期提醒")
    OVERDUE = "overdue", _("逾期提醒")
    MOVED = "moved", _("调整期限")


class Assignment(models.Model):
    """A task sent down. `form`: what is filled in for it; `register`: the records of which one form each is due.

    `source`: the paper of the level above that it follows. Sums count submissions from `issued_at` to `ended_at`;
    those from `late_at` on are late.
    """

    title = models.CharField(_("任务名称"), max_length=120)
    text = models.TextField(_("要求"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("下达单位")
    )
    source = models.CharField(_("上级来文"), max_length=120, blank=True)
    answer_kind = models.CharField(_("上报方式"), max_length=6, choices=AnswerKind.choices)
    form = models.ForeignKey(
        Form, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("表单")
    )
    register = models.ForeignKey(
        Register, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("应填台账")
    )
    question = models.CharField(_("问题"), max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    issued_at = models.DateTimeField(_("下达时间"), default=now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(_("期限"))
    late_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answer_kind="form", form__isnull=False)
                | (~models.Q(answer_kind="form") & models.Q(form=None)),
                name="affairs_assignment_form",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Piece(models.Model):
    """What one unit has to do of a task. `parent`: the piece of the town that passed it on; a piece passed on is
    done by those below, and handed in by the town when it has looked at what they sent."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="pieces", verbose_name=_("任务"))
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("承办单位")
    )
    division_code = models.CharField(_("区划"), max_length=12, blank=True, db_collation="C")
    state = models.CharField(_("状态"), max_length=9, choices=PieceState.choices, default=PieceState.OPEN)
    sent_at = models.DateTimeField(_("下发时间"), default=now)
    due_at = models.DateTimeField(_("期限"))
    warn_at = models.DateTimeField()
    late_at = models.DateTimeField()
    received_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.DecimalField(_("数字"), max_digits=18, decimal_places=4, null=True, blank=True)
    text = models.TextField(_("情况"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("任务分解")
        ordering = ("division_code", "pk")
        constraints = (
            models.UniqueConstraint(fields=("assignment", "organisation"), name="affairs_piece_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "returned")) | models.Q(handed_in_at__isnull=False),
                name="affairs_piece_handed_in",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "state"), name="affairs_piece_unit"),
            models.Index(fields=("assignment", "division_code"), name="affairs_piece_division"),
        )

    def __str__(self) -> str:
        return f"{self.assignment} {self.organisation}"

    @property
    def is_passed_on(self) -> bool:
        """Whether those below do it."""
        return self.children.exists()


class PieceStep(models.Model):
    """Something that happened to a piece; kept as it was."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="steps")
    act = models.CharField(_("环节"), max_length=9, choices=PieceAct.choices)
    at = models.DateTimeField(_("时间"), default=now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )  # fmt: skip
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("任务记录")
        ordering = ("pk",)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self.piece_id} {self.act}"
