"""What is done about a case beside its procedure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models.cases import Case
from district.kernel.cases.models.tasks import Task
from district.kernel.clock import now


def _account(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        db_index=False,
    )


class Suspension(models.Model):
    """A time in which the clocks of a case stand still. Open while `until_at` is empty, one at a time."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="suspensions")
    from_at = models.DateTimeField(_("挂起时间"), default=now)
    until_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=300)
    by = _account(_("办理人"))

    class Meta:
        verbose_name = verbose_name_plural = _("挂起")
        ordering = ("from_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("case",), name="cases_suspension_open", condition=Q(until_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_at:%F %R}"


class Extension(models.Model):
    """More time, asked for and decided. `amount` is in the kind of the case's limit; `is_granted` empty: undecided."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    amount = models.FloatField(_("延长"))
    reason = models.CharField(_("理由"), max_length=300)
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    asked_by = _account(_("申请人"))
    is_granted = models.BooleanField(_("批准"), null=True, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decided_by = _account(_("决定人"))
    decision = models.CharField(_("决定意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("延期")
        ordering = ("asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("case",), name="cases_extension_open", condition=Q(decided_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} +{self.amount}"


class Supervision(models.Model):
    """督办: a superior asks for progress by a time; answered by the unit that handles the case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="supervisions")
    at = models.DateTimeField(_("督办时间"), default=now)
    by = _account(_("督办人"))
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("被督办单位"),
        db_index=False,
    )
    text = models.CharField(_("督办要求"), max_length=500)
    answer_by_at = models.DateTimeField(_("回复期限"), null=True, blank=True)
    answered_at = models.DateTimeField(_("回复时间"), null=True, blank=True)
    answered_by = _account(_("回复人"))
    answer = models.CharField(_("回复"), max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("督办")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.text[:20]}"


class Feedback(models.Model):
    """What the reporter is told. `is_automatic`: sent because the case that answers for a merged one was closed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="feedbacks")
    at = models.DateTimeField(_("反馈时间"), default=now)
    by = _account(_("反馈人"))
    text = models.CharField(_("反馈内容"), max_length=2000)
    is_automatic = models.BooleanField(_("自动"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("反馈")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.case_id} {self.text[:20]}"


class CallBack(models.Model):
    """回访: the reporter was called. `is_solved` and `is_satisfied` are empty when nobody was reached."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="call_backs")
    at = models.DateTimeField(_("回访时间"), default=now)
    by = _account(_("回访人"))
    is_reached = models.BooleanField(_("已接通"))
    is_solved = models.BooleanField(_("已解决"), null=True, blank=True)
    is_satisfied = models.BooleanField(_("满意"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("回访")
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("at",), name="cases_callback_at"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%F}"


class Evaluation(models.Model):
    """A score of 1 to 5, of the reporter (`reporter`) or of the supervising unit (`supervisor`); one of each."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="evaluations")
    at = models.DateTimeField(_("评价时间"), default=now)
    by = _account(_("评价人"))
    side = models.CharField(
        _("评价方"), max_length=10, choices=(("reporter", _("反映人")), ("supervisor", _("监督单位")))
    )
    score = models.PositiveSmallIntegerField(_("得分"))
    text = models.CharField(_("评语"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评价")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("case", "side"), name="cases_evaluation_once"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="cases_evaluation_score"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.score}"


class Card(models.Model):
    """A yellow card (warning) or red card (overdue), once for a case and once for each of its tasks.

    `role` and `organisation` are the post that had the task; empty role: the case as a whole.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="cards")
    task = models.ForeignKey(
        Task, models.CASCADE, null=True, blank=True, related_name="cards", db_index=False
    )
    colour = models.CharField(_("颜色"), max_length=6, choices=(("yellow", _("黄牌")), ("red", _("红牌"))))
    at = models.DateTimeField(_("时间"), default=now)
    due_at = models.DateTimeField(_("截止时间"))
    role = models.CharField(_("岗位"), max_length=80, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位")
    )
    account = _account(_("承办人"))

    class Meta:
        verbose_name = verbose_name_plural = _("红黄牌")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "colour"), name="cases_card_case", condition=Q(task__isnull=True)
            ),
            models.UniqueConstraint(
                fields=("task", "colour"), name="cases_card_task", condition=Q(task__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.colour}"
