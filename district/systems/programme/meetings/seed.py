"""The demonstration of meetings, letters and the appraisal: by the same acts as real ones, at days that lie back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import override

from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import OPEN_TASKS, Case
from district.kernel.clock import CHINA, stopped_at, today
from district.kernel.people.access import roles_of
from district.kernel.people.models import Account, Organisation

from ..appraisal import actions as appraisal
from ..appraisal import formula
from ..models import AppraisalYear, Meeting, PlanTask
from ..supervision.actions import issue_letter
from . import actions
from .checking import check_answer

ROOM = "区政务服务中心三楼会议室"
SAID = "听取进展汇报，研究存在的问题，明确责任单位和完成时限。"


@dataclass(frozen=True)
class Cast:
    """Who acts, and the day all others are counted from."""

    office: Account
    liaison: Account
    leader: Account
    on: date = field(default_factory=today)

    def at(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        return datetime.combine(self.day(days), time(hour, minute), CHINA)

    def day(self, days: int) -> date:
        return self.on + timedelta(days=days)


def seed_meetings() -> None:
    """Needs the tasks and the published procedures; without the demonstration's accounts there is nothing to show."""
    names = ("office", "liaison", "leader")
    found = {
        each.username: each
        for each in Account.objects.filter(username__in=[f"programme.{name}" for name in names], is_demo=True)
    }
    if len(found) == len(names):
        show(Cast(*(found[f"programme.{name}"] for name in names)))


def show(cast: Cast) -> None:
    """A meeting whose decisions run, one ahead, two letters, last year's appraisal final and this year's weights."""
    for each in (cast.office, cast.liaison, cast.leader):
        roles_of(
            each
        )  # Read today and kept with the account: on the days that are played their duties had not begun.
    own = cast.liaison.organisation
    tasks = list(PlanTask.objects.select_related("lead"))
    leads = {task.lead_id for task in tasks}
    if Meeting.objects.exists() or own is None or len(leads - {own.pk}) < 3:
        return
    others = [unit for unit in {task.lead_id: task.lead for task in tasks}.values() if unit.pk != own.pk][:4]
    with override("zh-hans"):
        _past(cast, own, others, tasks)
        actions.call_meeting(
            title="新型智慧城市建设工作联席会议",
            kind="joint",
            begins_at=cast.at(4, 14, 30),
            place=ROOM,
            units=[own, *others],
            account=cast.office,
            is_simulated=True,
        )
        _letters(cast, own, others, tasks)
        _appraisals(cast)


def _past(cast: Cast, own: Organisation, others: Iterable[Organisation], tasks: list[PlanTask]) -> None:
    units = [own, *others]
    with stopped_at(cast.at(-40)):
        meeting = actions.call_meeting(
            title="领导小组第三次会议",
            kind="leading_group",
            begins_at=cast.at(-33, 9),
            place=ROOM,
            units=units,
            account=cast.office,
            is_simulated=True,
        )
    with stopped_at(cast.at(-38)):
        item = actions.propose(
            meeting, title="公交到站预报数据接入电子站牌的经费", unit=own, task=None, account=cast.liaison
        )
    with stopped_at(cast.at(-37)):
        actions.decide_item(item, True, cast.office)
        for attendance in meeting.attendances.filter(unit=own):
            actions.answer_notice(attendance, is_coming=True)
    with stopped_at(cast.at(-33, 12)):
        actions.hold(meeting, {unit.pk for unit in units[:-1]}, cast.office)
        for each in meeting.items.filter(state="on"):
            actions.write_minutes(each, SAID, cast.office)
        for text, unit, days in (
            ("交通部门会同大数据局完成公交数据按目录共享", own, -20),
            ("完成村（居）网格数据核对并报推进办", units[1], -8),
            ("提交本年度数据资源目录更新清单", units[2], 20),
            ("制定物联终端统一接入方案", own, 12),
        ):
            actions.decide(
                meeting,
                text=text,
                owner=unit,
                due_on=cast.day(days),
                task=_task_of(unit, tasks),
                account=cast.office,
            )
    with stopped_at(cast.at(-32)):
        actions.issue_minutes(meeting, cast.office)
    first = meeting.decisions.select_related("case").order_by("order").first()
    assert first is not None
    assert first.case is not None
    _answer(first.case, cast, -24, {"result": "公交线路、站点、到站预报三类资源已按目录共享。"})


def _letters(cast: Cast, own: Organisation, others: list[Organisation], tasks: list[PlanTask]) -> None:
    asks = "请查明原因，逐项列出整改措施和完成日期，书面反馈推进办。"
    with stopped_at(cast.at(-18)):
        answered = issue_letter(
            unit=own,
            task=_task_of(own, tasks) or tasks[0],
            decision=None,
            reason="里程碑未按计划完成",
            asks=asks,
            due_on=cast.day(-8),
            account=cast.office,
            is_simulated=True,
        )
    _answer(
        answered.case, cast, -12, {"cause": "设备到货晚于合同约定。", "measures": "已重排工期，月底前补齐。"}
    )
    with stopped_at(cast.at(-15)):
        issue_letter(
            unit=others[0],
            task=_task_of(others[0], tasks),
            decision=None,
            reason="重点工作推进缓慢",
            asks=asks,
            due_on=cast.day(-3),
            account=cast.office,
            is_simulated=True,
        )


def _answer(case: Case, cast: Cast, days: int, form: dict[str, str]) -> None:
    with stopped_at(cast.at(days)):
        task = case.tasks.get(state__in=OPEN_TASKS)
        complete(claim(task, cast.liaison), cast.liaison, form)
    with stopped_at(cast.at(days + 1)):
        check_answer(case, cast.office, True, "情况属实。")


def _appraisals(cast: Cast) -> None:
    last = cast.on.year - 1
    begins = datetime(last + 1, 1, 1, 9, tzinfo=CHINA)
    with stopped_at(datetime(last, 1, 20, 9, tzinfo=CHINA)):
        year = appraisal.draft(last, formula.WEIGHTS, cast.office, is_simulated=True)
        appraisal.publish_weights(year, cast.office)
    with stopped_at(begins):
        appraisal.reckon(year, cast.office)
        appraisal.show(year, cast.office)
    with stopped_at(begins + timedelta(days=appraisal.OBJECT_DAYS + 2)):
        appraisal.make_final(AppraisalYear.objects.get(pk=year.pk), cast.leader)
    this = appraisal.draft(last + 1, formula.WEIGHTS, cast.office, is_simulated=True)
    appraisal.publish_weights(this, cast.office)
    appraisal.reckon(this, cast.office)


def _task_of(unit: Organisation, tasks: list[PlanTask]) -> PlanTask | None:
    return next((task for task in tasks if task.lead_id == unit.pk), None)
