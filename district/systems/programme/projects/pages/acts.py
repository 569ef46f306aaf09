"""What can be done to a project from its page: by whom, with which form, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from district.kernel.files.actions import keep
from district.kernel.files.models import StoredFile

from ...models import (
    EffectReport,
    GatePassage,
    ManualResult,
    Participation,
    Project,
    ProjectChange,
    ProjectPaper,
    SupervisionReport,
)
from .. import actions, forms
from .marks import is_post


@dataclass(frozen=True)
class Act:
    """`does(project, account, said)`; `said` is of the form, or `{"row": …, "reason": …}` of a button. `stages`: where it makes
    sense; `posts`: who may."""

    words: Any
    posts: tuple[str, ...]
    does: Callable[[Project, Any, dict[str, Any]], object]
    form: type[forms.ActForm] | None = None
    stages: tuple[str, ...] = ()
    row: type[models.Model] | None = None
    confirm: Any = ""

    def is_open(self, project: Project, account: Any) -> bool:
        return (not self.stages or project.stage in self.stages) and is_post(account, *self.posts)


BOTH = ("owner", "office")
OFFICE = ("office",)
EARLY = ("proposal", "review", "procurement")
RUNNING = (*EARLY, "delivery", "acceptance", "evaluation")


def _file(said: dict[str, Any], account: Any) -> StoredFile | None:
    upload = said.pop("upload", None)
    return keep(upload, account, "project") if upload else None


def _paper(project: Project, account: Any, said: dict[str, Any]) -> object:
    return actions.add_paper(
        project, account, said.pop("kind"), said.pop("title"), file=_file(said, account), words=said["words"]
    )


def _report(project: Project, account: Any, said: dict[str, Any]) -> object:
    return actions.give_report(project, account, file=_file(said, account), **said)


def _result(project: Project, account: Any, said: dict[str, Any]) -> object:
    return actions.give_result(said["item"], account, said["is_passed"], said["words"], _file(said, account))


def _effect_report(project: Project, account: Any, said: dict[str, Any]) -> object:
    return actions.give_effect_report(project, account, file=_file(said, account), **said)


def _accept(project: Project, account: Any, said: dict[str, Any]) -> object:
    newest = project.runs.order_by("-pk").first()
    return actions.accept(project, account, str(newest.key) if newest else "", said["words"])


def row_of(act: Act, project: Project, pk: str) -> Any:
    """The row of the project a button is about. Raises Http404."""
    assert act.row is not None
    through = "item__project" if act.row is ManualResult else "project"
    return get_object_or_404(act.row, pk=int(pk) if pk.isdigit() else 0, **{through: project})


ACTS: dict[str, Act] = {
    "paper": Act(gettext_lazy("提交材料"), BOTH, _paper, forms.PaperForm, RUNNING),
    "effect": Act(
        gettext_lazy("选定成效指标"),
        BOTH,
        lambda p, a, s: actions.choose_effect(p, a, **s),
        forms.EffectForm,
        EARLY,
    ),
    "part": Act(
        gettext_lazy("登记第三方单位"),
        OFFICE,
        lambda p, a, s: actions.take_part(p, a, s["firm"], s["role"]),
        forms.PartForm,
        RUNNING,
    ),
    "review": Act(
        gettext_lazy("组织专家评审"),
        OFFICE,
        lambda p, a, s: actions.call_review(p, a, **s),
        forms.ReviewForm,
        ("review", "delivery", "acceptance"),
    ),
    "purchase": Act(
        gettext_lazy("申请采购"),
        BOTH,
        lambda p, a, s: actions.plan_purchase(p, a, **s),
        forms.PurchaseForm,
        ("procurement", "delivery", "acceptance", "evaluation"),
    ),
    "item": Act(
        gettext_lazy("增加验收事项"), BOTH, lambda p, a, s: actions.add_item(p, a, **s), forms.ItemForm, EARLY
    ),
    "report": Act(gettext_lazy("提交监理月报"), BOTH, _report, forms.ReportForm, ("delivery", "acceptance")),
    "change": Act(
        gettext_lazy("申请变更"),
        BOTH,
        lambda p, a, s: actions.ask_change(p, a, **s),
        forms.ChangeForm,
        ("delivery",),
    ),
    "result": Act(gettext_lazy("填写人工核验结果"), BOTH, _result, forms.ResultForm, ("acceptance",)),
    "accept": Act(gettext_lazy("依据最近运行验收"), OFFICE, _accept, forms.AcceptForm, ("acceptance",)),
    "effect_report": Act(
        gettext_lazy("录入成效评价"), BOTH, _effect_report, forms.EffectReportForm, ("evaluation",)
    ),
    "stop": Act(
        gettext_lazy("终止项目"),
        OFFICE,
        lambda p, a, s: actions.stop(p, a, s["reason"]),
        forms.ReasonForm,
        RUNNING,
    ),
    "ask_gate": Act(
        gettext_lazy("申请进入下一阶段"), BOTH, lambda p, a, s: actions.ask_passage(p, a), stages=RUNNING
    ),
    "run": Act(
        gettext_lazy("现在运行验收清单"),
        BOTH,
        lambda p, a, s: actions.run_list(p, a),
        stages=("delivery", "acceptance"),
    ),
    "agree": Act(
        gettext_lazy("确认验收清单"), OFFICE, lambda p, a, s: actions.agree_list(p, a), stages=EARLY
    ),
    "measure": Act(
        gettext_lazy("测算建设后数值"),
        OFFICE,
        lambda p, a, s: actions.measure_after(p, a),
        stages=("evaluation",),
    ),
    "pass_gate": Act(
        gettext_lazy("同意"),
        OFFICE,
        lambda p, a, s: actions.decide_passage(s["row"], a, True),
        row=GatePassage,
    ),
    "refuse_gate": Act(
        gettext_lazy("退回"),
        OFFICE,
        lambda p, a, s: actions.decide_passage(s["row"], a, False, s["reason"]),
        row=GatePassage,
    ),
    "confirm_paper": Act(
        gettext_lazy("核对无误"),
        OFFICE,
        lambda p, a, s: actions.decide_paper(s["row"], a, True),
        row=ProjectPaper,
    ),
    "refuse_paper": Act(
        gettext_lazy("退回"),
        OFFICE,
        lambda p, a, s: actions.decide_paper(s["row"], a, False, s["reason"]),
        row=ProjectPaper,
    ),
    "end_part": Act(
        gettext_lazy("结束"),
        OFFICE,
        lambda p, a, s: actions.end_part(s["row"], a, s["reason"]),
        row=Participation,
    ),
    "accept_report": Act(
        gettext_lazy("接收"),
        OFFICE,
        lambda p, a, s: actions.accept_report(s["row"], a),
        row=SupervisionReport,
    ),
    "return_report": Act(
        gettext_lazy("退回"),
        OFFICE,
        lambda p, a, s: actions.return_report(s["row"], a, s["reason"]),
        row=SupervisionReport,
    ),
    "approve_change": Act(
        gettext_lazy("批准"),
        OFFICE,
        lambda p, a, s: actions.decide_change(s["row"], a, True),
        row=ProjectChange,
    ),
    "refuse_change": Act(
        gettext_lazy("驳回"),
        OFFICE,
        lambda p, a, s: actions.decide_change(s["row"], a, False, s["reason"]),
        row=ProjectChange,
    ),
    "confirm_result": Act(
        gettext_lazy("复核"), OFFICE, lambda p, a, s: actions.confirm_result(s["row"], a), row=ManualResult
    ),
    "confirm_effect": Act(
        gettext_lazy("确认"),
        OFFICE,
        lambda p, a, s: actions.confirm_effect_report(s["row"], a),
        row=EffectReport,
    ),
}
