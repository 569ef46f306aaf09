"""What may be done about a case, act by act: its button, its form, who sees it, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from district.kernel.cases import actions
from district.kernel.cases.actions.opening import FILES_OF
from district.kernel.cases.models import OPEN_TASKS, Case, CaseState, Extension, Supervision, Task
from district.kernel.cases.pages import act_forms as shapes
from district.kernel.cases.queries import may_act, may_lead
from district.kernel.files.actions import attach, keep_all


@dataclass
class Sight:
    """A case as one account sees it: its open tasks, and which of them are the account's."""

    case: Case
    account: Any

    @cached_property
    def open_tasks(self) -> list[Task]:
        rows = Task.objects.filter(case=self.case, state__in=OPEN_TASKS)
        return list(rows.select_related("organisation", "claimed_by", "case").order_by("pk"))

    @cached_property
    def my_tasks(self) -> list[Task]:
        return [task for task in self.open_tasks if may_act(self.account, task)]

    @cached_property
    def is_lead(self) -> bool:
        return may_lead(self.account, self.case)

    @property
    def is_open(self) -> bool:
        return self.case.state == CaseState.OPEN

    @property
    def is_running(self) -> bool:
        return self.case.state in (CaseState.OPEN, CaseState.SUSPENDED)

    @property
    def is_hand(self) -> bool:
        return self.is_lead or bool(self.my_tasks)

    def is_mine(self, task: Task) -> bool:
        """Whether the account may do this task now: its post, and nobody else has claimed it."""
        return may_act(self.account, task) and task.claimed_by_id in (None, self.account.pk)

    @cached_property
    def asked_extension(self) -> Extension | None:
        return self.case.extensions.filter(decided_at__isnull=True).first()

    @cached_property
    def open_supervision(self) -> Supervision | None:
        return self.case.supervisions.filter(answered_at__isnull=True).first()


@dataclass(frozen=True)
class ActPage:
    """One act. `needs_task`: it is done to a task; otherwise to the case."""

    key: str
    label: Any
    icon: str
    form: type[forms.Form]
    shown: Callable[[Sight, Any], bool]
    run: Callable[[Sight, Any, dict[str, Any]], Any]
    needs_task: bool = False
    danger: bool = False
    confirm: Any = ""
    wants_account: bool = False

    def bound(self, sight: Sight, *args: Any, **options: Any) -> forms.Form:
        """Its form, with the names of the fields kept apart from those of other acts on the page."""
        if self.wants_account:
            return self.form(sight.account, *args, prefix=self.key, **options)
        return self.form(*args, prefix=self.key, **options)


def _my_turn(sight: Sight, task: Any) -> bool:
    return sight.is_open and task is not None and sight.is_mine(task)


def _task_or_lead(sight: Sight, task: Any) -> bool:
    return sight.is_open and task is not None and (sight.is_mine(task) or sight.is_lead)


def _add_files(sight: Sight, given: dict[str, Any]) -> None:
    with transaction.atomic():
        for file in keep_all(given["files"], sight.account, given["purpose"]):
            attach(file, FILES_OF, sight.case.number, sight.account)


def _ask(sight: Sight, task: Any, given: dict[str, Any]) -> Any:
    system, _dot, procedure = given["procedure"].partition(".")
    return actions.ask(
        task, sight.account, system=system, procedure=procedure, title=given["title"], text=given["text"],
        organisation=given["organisation"],
    )  # fmt: skip


TASK_ACTS = (
    ActPage("claim", _("签收"), "hand-grab", shapes.NothingForm,
            lambda sight, task: _my_turn(sight, task) and task.state == "ready",
            lambda sight, task, given: actions.claim(task, sight.account), needs_task=True),
    ActPage("return", _("退回上一环节"), "arrow-back-up", shapes.ReasonForm,
            lambda sight, task: _my_turn(sight, task) and task.parent_id is None,
            lambda sight, task, given: actions.return_task(task, sight.account, given["reason"]), needs_task=True,
            danger=True),
    ActPage("hand_over", _("移交"), "arrows-exchange", shapes.HandOverForm, _task_or_lead,
            lambda sight, task, given: actions.hand_over(task, sight.account, given["organisation"], given["reason"]),
            needs_task=True),
    ActPage("invite", _("邀请协办"), "users-plus", shapes.InviteForm,
            lambda sight, task: _my_turn(sight, task) and task.parent_id is None,
            lambda sight, task, given: actions.invite(task, sight.account, list(given["organisations"]), given["reason"]),
            needs_task=True),
    ActPage("ask", _("发起协办件"), "message-2-share", shapes.AskForm,
            lambda sight, task: _my_turn(sight, task) and task.parent_id is None, _ask, needs_task=True),
)  # fmt: skip

CASE_ACTS = (
    ActPage("ask_extension", _("申请延期"), "clock-plus", shapes.ExtensionForm,
            lambda sight, task: sight.is_open and sight.is_hand and bool(sight.case.limit_kind) and not sight.asked_extension,
            lambda sight, task, given: actions.ask_extension(sight.case, sight.account, given["amount"], given["reason"])),
    ActPage("decide_extension", _("审批延期"), "clock-check", shapes.DecisionForm,
            lambda sight, task: sight.is_open and sight.is_lead and sight.asked_extension is not None
            and sight.asked_extension.asked_by_id != sight.account.pk,
            lambda sight, task, given: actions.decide_extension(sight.asked_extension, sight.account, **given)),
    ActPage("suspend", _("挂起"), "player-pause", shapes.ReasonForm,
            lambda sight, task: sight.is_open and sight.is_lead,
            lambda sight, task, given: actions.suspend(sight.case, sight.account, given["reason"])),
    ActPage("resume", _("恢复"), "player-play", shapes.NoteForm,
            lambda sight, task: sight.case.state == CaseState.SUSPENDED and sight.is_lead,
            lambda sight, task, given: actions.resume(sight.case, sight.account, given["note"])),
    ActPage("supervise", _("督办"), "eye-exclamation", shapes.SuperviseForm,
            lambda sight, task: sight.is_running and sight.is_lead,
            lambda sight, task, given: actions.supervise(
                sight.case, sight.account, given["text"], answer_by_at=given["answer_by_at"])),
    ActPage("answer_supervision", _("回复督办"), "message-reply", shapes.AnswerForm,
            lambda sight, task: sight.open_supervision is not None and sight.is_hand,
            lambda sight, task, given: actions.answer_supervision(sight.open_supervision, sight.account, given["answer"])),
    ActPage("feedback", _("反馈给反映人"), "send", shapes.FeedbackForm,
            lambda sight, task: sight.is_hand,
            lambda sight, task, given: actions.give_feedback(sight.case, sight.account, given["text"])),
    ActPage("call_back", _("回访"), "phone-call", shapes.CallBackForm,
            lambda sight, task: sight.case.closed_at is not None or sight.is_hand,
            lambda sight, task, given: actions.call_back(sight.case, sight.account, **given)),
    ActPage("evaluate", _("评价"), "star", shapes.EvaluateForm,
            lambda sight, task: sight.case.closed_at is not None,
            lambda sight, task, given: actions.evaluate(sight.case, sight.account, **given)),
    ActPage("add_files", _("添加附件"), "paperclip", shapes.FilesForm,
            lambda sight, task: sight.is_hand,
            lambda sight, task, given: _add_files(sight, given)),
    ActPage("link", _("关联办件"), "link", shapes.LinkForm,
            lambda sight, task: True,
            lambda sight, task, given: actions.link(
                sight.case, given["number"], given["kind"], sight.account, given["note"]), wants_account=True),
    ActPage("merge", _("并入另一件"), "git-merge", shapes.MergeForm,
            lambda sight, task: sight.is_running and sight.is_hand,
            lambda sight, task, given: actions.merge(sight.case, given["number"], sight.account, given["reason"]),
            wants_account=True),
    ActPage("unmerge", _("撤销并案"), "git-branch", shapes.NothingForm,
            lambda sight, task: sight.case.state == CaseState.MERGED and sight.case.closed_at is None and sight.is_lead,
            lambda sight, task, given: actions.unmerge(sight.case, sight.account)),
    ActPage("mark_confidential", _("设为保密"), "lock", shapes.ReasonForm,
            lambda sight, task: sight.is_lead and not sight.case.is_confidential,
            lambda sight, task, given: actions.mark_confidential(sight.case, sight.account, given["reason"]),
            confirm=_("设为保密后，只有经办岗位和保密人员能看到此办件，继续？")),
    ActPage("disclose", _("取消保密"), "lock-open", shapes.ReasonForm,
            lambda sight, task: sight.is_lead and sight.case.is_confidential,
            lambda sight, task, given: actions.disclose(sight.case, sight.account, given["reason"])),
    ActPage("cancel", _("作废"), "ban", shapes.ReasonForm,
            lambda sight, task: sight.is_running and sight.is_lead,
            lambda sight, task, given: actions.cancel(sight.case, sight.account, given["reason"]), danger=True,
            confirm=_("作废后办件不再办理，继续？")),
)  # fmt: skip

EVERY_ACT = {act.key: act for act in (*TASK_ACTS, *CASE_ACTS)}
