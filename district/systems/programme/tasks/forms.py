"""What is asked for when something is done to a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.files.kinds import file_kinds

from ..models import Deliverable, Milestone, PlanTask
from .powers import may_speak_for
from .queries import OPEN


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=Day())


def words_field(label: Any, most: int = 300, rows: int = 2, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class OfTask(forms.Form):
    """A form of the page of a task; its choices are those of the task and of who looks."""

    def __init__(self, task: PlanTask, account: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.task, self.account = task, account
        self.choose()

    def choose(self) -> None:
        """Fills the choices."""

    def offer(self, field: str, choices: list[tuple[Any, str]]) -> None:
        chooser: Any = self.fields[field]
        chooser.choices = choices


class MilestoneForm(OfTask):
    title = forms.CharField(label=gettext_lazy("里程碑"), max_length=120)
    begins_on = day_field(gettext_lazy("开始日期"))
    due_on = day_field(gettext_lazy("计划完成"))
    weight = forms.IntegerField(label=gettext_lazy("权重"), min_value=1, max_value=100, initial=1)
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("提交成果的单位"), coerce=int, required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=gettext_lazy("不选则由牵头单位提交"),
    )  # fmt: skip
    deliverable = forms.CharField(label=gettext_lazy("成果名称"), max_length=120, required=False)

    def choose(self) -> None:
        self.units = {unit.pk: unit for unit in (self.task.lead, *self.task.helpers.all())}
        self.offer("units", [(key, unit.name) for key, unit in self.units.items()])


class LinkForm(OfTask):
    before = forms.TypedChoiceField(label=gettext_lazy("前置里程碑"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("后续里程碑"), coerce=int)
    lag_days = forms.IntegerField(label=gettext_lazy("间隔（天）"), min_value=0, max_value=999, initial=0)

    def choose(self) -> None:
        everything = Milestone.objects.select_related("task").order_by("task__clause", "due_on")
        self.offer("before", [(each.pk, f"{each.task.clause} {each.task} · {each}") for each in everything])
        self.offer("after", [(each.pk, each.title) for each in everything if each.task_id == self.task.pk])


class ChangeForm(OfTask):
    milestone = forms.TypedChoiceField(label=gettext_lazy("里程碑"), coerce=int)
    to_on = day_field(gettext_lazy("申请改到"))
    reason = words_field(gettext_lazy("理由"))

    def choose(self) -> None:
        self.offer("milestone", [(each.pk, f"{each} · {each.due_on}") for each in self.task.milestones.filter(done_on=None)])


class HandInForm(OfTask):
    deliverable = forms.TypedChoiceField(label=gettext_lazy("成果"), coerce=int)
    file = forms.FileField(
        label=gettext_lazy("成果文件"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ",".join(file_kinds())})
    )
    note = words_field(gettext_lazy("说明"), 500, required=False)

    def choose(self) -> None:
        rows = Deliverable.objects.filter(milestone__task=self.task, state__in=OPEN).select_related("unit", "milestone")
        self.offer("deliverable", [(each.pk, f"{each.milestone} · {each} · {each.unit}") for each in rows
                                   if may_speak_for(self.account, each.unit_id)])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("file") and not (given.get("note") or "").strip():
            raise forms.ValidationError(_("请上传文件，或说明成果在何处可查"), code="empty")
        return given


class RiskForm(OfTask):
    title = forms.CharField(label=gettext_lazy("风险"), max_length=160)
    likelihood = forms.TypedChoiceField(label=gettext_lazy("可能性"), coerce=int, choices=[(n, n) for n in range(1, 6)])
    impact = forms.TypedChoiceField(label=gettext_lazy("影响"), coerce=int, choices=[(n, n) for n in range(1, 6)])
    measure = words_field(gettext_lazy("应对措施"))
    review_on = day_field(gettext_lazy("下次复核"))


class OpenRiskForm(OfTask):
    risk = forms.TypedChoiceField(label=gettext_lazy("风险"), coerce=int)

    def choose(self) -> None:
        self.offer("risk", [(each.pk, each.title) for each in self.task.risks.filter(closed_at=None)])


class ReviewRiskForm(OpenRiskForm):
    likelihood = forms.TypedChoiceField(label=gettext_lazy("可能性"), coerce=int, choices=[(n, n) for n in range(1, 6)])
    impact = forms.TypedChoiceField(label=gettext_lazy("影响"), coerce=int, choices=[(n, n) for n in range(1, 6)])
    measure = words_field(gettext_lazy("应对措施"))
    review_on = day_field(gettext_lazy("下次复核"))


class CloseRiskForm(OpenRiskForm):
    outcome = words_field(gettext_lazy("结果"))


class DropForm(OfTask):
    milestone = forms.TypedChoiceField(label=gettext_lazy("里程碑"), coerce=int)
    reason = words_field(gettext_lazy("理由"))

    def choose(self) -> None:
        rows = self.task.milestones.exclude(deliverables__handed_in_at__isnull=False)
        self.offer("milestone", [(each.pk, f"{each} · {each.due_on}") for each in rows])


class ReportForm(forms.Form):
    done = words_field(gettext_lazy("本月进展"), 4000, 5)
    problems = words_field(gettext_lazy("存在问题"), 4000, 3, required=False)
    plans = words_field(gettext_lazy("下月计划"), 4000, 3, required=False)
