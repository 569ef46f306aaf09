"""The plan's tasks: what was set, and how far it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models import Organisation


class PlanTask(models.Model):
    """One of the plan's 21 tasks. What the plan says (system, lead, helpers, due) is taken from the manifests and from the
    table of clauses by `tasks.plan.take_plan`, and is edited by nobody; the lead's own words stand in the reports."""

    system = models.SlugField(_("系统"), max_length=40, unique=True)
    clause = models.PositiveSmallIntegerField(_("条款"), unique=True)
    zh = models.CharField(_("名称"), max_length=60)
    en = models.CharField(_("英文名称"), max_length=80)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    helpers = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("配合单位"))
    begins_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("完成时限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("重点工作")
        ordering = ("clause",)

    def __str__(self) -> str:
        return self.zh


class Milestone(models.Model):
    """A step of a task that can be seen to be done. `weight` is its share of the task, of the sum of all of them.

    `due_on` is the day in force; `original_due_on` the first one, which stays when an approved change moves the other.
    `done_on` is written when the last of its deliverables is accepted: the day that one was handed in.
    """

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="milestones", verbose_name=_("重点工作"))
    title = models.CharField(_("里程碑"), max_length=120)
    begins_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("计划完成"))
    original_due_on = models.DateField(_("最初计划"), null=True, blank=True, editable=False)
    done_on = models.DateField(_("实际完成"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("权重"), default=1)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("里程碑")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("task", "title"), name="milestone_once"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("begins_on")), name="milestone_days"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="milestone_weighs"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.original_due_on = self.original_due_on or self.due_on
        super().save(*args, **kwargs)

    @property
    def first_due_on(self) -> date:
        """The day that was set first."""
        return self.original_due_on or self.due_on


class MilestoneLink(models.Model):
    """`after` cannot begin before `before` is done and `lag_days` have passed. There is no circle of them
    (`tasks.actions.link`)."""

    before = models.ForeignKey(Milestone, models.CASCADE, related_name="links_out", verbose_name=_("前置里程碑"))
    after = models.ForeignKey(Milestone, models.CASCADE, related_name="links_in", verbose_name=_("后续里程碑"))
    lag_days = models.PositiveSmallIntegerField(_("间隔（天）"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("里程碑依赖")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("before", "after"), name="milestone_link_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="milestone_link_two"),
        )

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
