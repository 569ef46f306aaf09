"""The plan's tasks: what was set, and how far it is."""

from __future__ import annotations

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
    """A step of a task that can be seen to be done. `weight` is its share of the task, of the sum of all of them."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="milestones", verbose_name=_("重点工作"))
    title = models.CharField(_("里程碑"), max_length=120)
    begins_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("计划完成"))
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
