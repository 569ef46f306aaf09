"""Tasks: what a post has to do for a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models.cases import Case
from district.kernel.clock import now


class TaskState(models.TextChoices):
    READY = "ready", _("待办")
    CLAIMED = "claimed", _("办理中")
    WAITING = "waiting", _("等待协办")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", _("已取消")


TASK_STATES = TaskState.choices
OPEN_TASKS = ("ready", "claimed", "waiting")


class Task(models.Model):
    """A step given to a post: whoever holds `role` (full key) with a scope that covers `organisation`.

    `key` is the id of the element in the drawing, `node` the number of the task in the workflow of the case;
    each READY task of the workflow has exactly one open row without `parent`. `round` counts how often the case
    has come to this step. A step handled jointly has children (`parent` set, `part` helper), one for each further
    unit; `part` of the row itself is lead. `form` is what was filled in. `ended` says why a cancelled one ended:
    done_jointly, returned, merged, closed, migrated. `light` turns yellow at `warn_at`, red at `late_at`.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks", verbose_name=_("办件"))
    name = models.CharField(_("环节"), max_length=80)
    key = models.CharField(max_length=80)
    node = models.PositiveIntegerField()
    round = models.PositiveIntegerField(_("次数"), default=1)
    stage = models.CharField(_("阶段"), max_length=40, blank=True)
    role = models.CharField(_("岗位"), max_length=80)
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承办单位"),
        db_index=False,
    )
    state = models.CharField(_("状态"), max_length=10, choices=TASK_STATES, default=TaskState.READY)
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="helpers",
        verbose_name=_("主办任务"),
        db_index=False,
    )
    part = models.CharField(
        _("分工"), max_length=6, blank=True, choices=(("lead", _("主办")), ("helper", _("协办")))
    )
    form_key = models.CharField(max_length=60, blank=True)
    limit_kind = models.CharField(_("时限类别"), max_length=20, blank=True)
    limit_amount = models.FloatField(_("时限"), null=True, blank=True)
    warn_share = models.FloatField(_("预警比例"), null=True, blank=True)
    opened_at = models.DateTimeField(_("到达时间"), default=now)
    warn_at = models.DateTimeField(_("预警时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    late_at = models.DateTimeField(_("超期时间"), null=True, blank=True)
    light = models.CharField(_("时限灯"), max_length=6, default="green")
    claimed_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承办人"),
        db_index=False,
    )
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("完成人"),
        db_index=False,
    )
    ended = models.CharField(_("取消原因"), max_length=12, blank=True)
    form = models.JSONField(_("表单"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("case", "node"),
                name="cases_task_open_once",
                condition=Q(state__in=OPEN_TASKS, parent__isnull=True),
            ),
        )
        indexes = (
            models.Index(fields=("role", "organisation", "due_at"), name="cases_task_post",
                         condition=Q(state__in=OPEN_TASKS)),
            models.Index(fields=("due_at", "id"), name="cases_task_soonest", condition=Q(state__in=OPEN_TASKS)),
            models.Index(fields=("case",), name="cases_task_again", condition=Q(round__gt=1, parent__isnull=True)),
            models.Index(fields=("claimed_by", "due_at"), name="cases_task_claimed",
                         condition=Q(state__in=("claimed", "waiting"))),
            models.Index(fields=("warn_at",), name="cases_task_warn",
                         condition=Q(state__in=OPEN_TASKS, light="green")),
            models.Index(fields=("late_at",), name="cases_task_late",
                         condition=Q(state__in=OPEN_TASKS) & ~Q(light="red")),
            models.Index(fields=("parent",), name="cases_task_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=("done_at",), name="cases_task_done", condition=Q(done_at__isnull=False)),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_TASKS
