"""The demonstration's milestones: invented, marked as such, with days relative to today so that every light is there.

What lies in the past is written as records; what goes on now goes through the real doors, by the demo accounts.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta

from django.db import transaction

from district.kernel.clock import CHINA, today
from district.kernel.people.models import Account

from ..models import Deliverable, Milestone, MilestoneLink, MonthlyReport, PlanTask
from . import actions
from .actions.reports import ask_for_report
from .briefing.actions import make_briefing
from .days import keep_day
from .months import month_of
from .progress import finished_on
from .queries import step_of

State = Deliverable.State
TITLES = ("演示：建设方案批复", "演示：平台建成上线", "演示：镇办部门接入", "演示：整体验收")
TRANSIT = 11
"""The clause of the demo liaison's department."""
DONE = (2, 3)
"""Clauses whose demonstration is finished."""
REPORTING = (11, 5, 10, 19)


@transaction.atomic
def seed_tasks(office: Account | None = None, liaison: Account | None = None) -> None:
    """By the demo accounts unless others are given; needs the plan's tasks. Does nothing without them, or the second time."""
    office = office or Account.objects.filter(username="programme.office", is_demo=True).first()
    liaison = liaison or Account.objects.filter(username="programme.liaison", is_demo=True).first()
    if office is None or liaison is None or Milestone.objects.filter(is_simulated=True).exists():
        return
    tasks = list(PlanTask.objects.select_related("lead").prefetch_related("helpers"))
    milestones = [each for task in tasks for each in _milestones(task)]
    Milestone.objects.bulk_create(milestones)
    Deliverable.objects.bulk_create(row for each in milestones for row in _deliverables(each, office))
    MilestoneLink.objects.bulk_create(_links(milestones))
    _settle(tasks)
    for days in (30, 7, 1):
        keep_day(today() - timedelta(days=days))
    _now(office, liaison)
    _reports(tasks, office, liaison)
    make_briefing(month_of(month_of(today()) - timedelta(days=1)), office)


def _milestones(task: PlanTask) -> list[Milestone]:
    """Four; the third decides the light: long late, ahead, a little late, done."""
    third = {0: (-40, None), 1: (60, None), 2: (-10, None), 3: (-20, -25)}[task.clause % 4]
    if task.clause in DONE:
        third = (-60, -62)
    # Where the third is long late the fourth should have followed at once: it is held up. Elsewhere there is room.
    fourth: tuple[int, int, int | None] = (-39, 45, None) if task.clause % 4 == 0 else (100, 150, None)
    if task.clause in DONE:
        fourth = (-59, -20, -30)
    days = ((-420, -330, -335), (-330, -150, -120 if task.clause % 3 == 0 else -155), (-150, *third), fourth)
    return [
        Milestone(
            task=task, title=title, begins_on=_day(begins), due_on=_day(due), original_due_on=_day(due), weight=weight,
            done_on=_day(done) if done is not None else None, is_simulated=True,
        )
        for title, weight, (begins, due, done) in zip(TITLES, (1, 4, 3, 2), days, strict=True)
    ]  # fmt: skip


def _deliverables(milestone: Milestone, office: Account) -> list[Deliverable]:
    """Of the third milestone one from each town that helps; some towns have not handed theirs in."""
    towns = [unit for unit in milestone.task.helpers.all() if unit.kind == "town"] if milestone.title == TITLES[2] else []
    rows = []
    for index, unit in enumerate(towns or [milestone.task.lead]):
        is_done = milestone.done_on is not None or (bool(towns) and (index * 5 + milestone.task.clause) % 3 != 0)
        at = datetime.combine(milestone.done_on or milestone.due_on - timedelta(days=3), time(10), CHINA)
        is_done = is_done and at.date() <= today()
        rows.append(Deliverable(
            milestone=milestone, unit=unit, title=f"{milestone.title}材料", is_simulated=True,
            handed_in_at=at if is_done else None, checked_at=at + timedelta(hours=6) if is_done else None,
            checked_by=office if is_done else None,
            state=State.ACCEPTED if is_done else State.DUE, note="演示：材料存于推进办档案" if is_done else "",
        ))  # fmt: skip
    if milestone.done_on is None and all(row.state == State.ACCEPTED for row in rows):
        rows[-1].state, rows[-1].handed_in_at, rows[-1].checked_at, rows[-1].checked_by = State.DUE, None, None, None
    return rows


def _links(milestones: list[Milestone]) -> list[MilestoneLink]:
    """Each after the one before it; the platform of affairs after the network, traffic after the brain."""
    links = [MilestoneLink(before=one, after=other) for one, other in itertools.pairwise(milestones)
             if one.task_id == other.task_id]  # fmt: skip
    by_place = {(each.task.clause, each.title): each for each in milestones}
    for before, after in ((1, 6), (4, 10)):
        pair = by_place.get((before, TITLES[2])), by_place.get((after, TITLES[3]))
        if pair[0] and pair[1]:
            links.append(MilestoneLink(before=pair[0], after=pair[1], lag_days=7))
    return links


def _settle(tasks: list[PlanTask]) -> None:
    for task in tasks:
        steps = [step_of(each) for each in task.milestones.prefetch_related("deliverables")]
        task.done_on = finished_on(steps)
    PlanTask.objects.bulk_update(tasks, ["done_on"])


def _now(office: Account, liaison: Account) -> None:
    """What the demo liaison and the office do with the task of the buses."""
    task = PlanTask.objects.filter(clause=TRANSIT).select_related("lead").first()
    if task is None:
        return
    last = task.milestones.get(title=TITLES[3])
    change = actions.ask_change(last, last.due_on + timedelta(days=45), "演示：车载终端到货推迟", liaison)
    actions.decide_change(change, office, True, "演示：同意，不再顺延")
    made = actions.add_milestone(task, "演示：电子站牌扩容", _day(-20), _day(40), office, weight=2, is_simulated=True)
    actions.link(made, last, office)
    actions.hand_in(made.deliverables.get(), liaison, note="演示：站牌安装清单已报推进办")
    actions.add_risk(task, "演示：终端供货不足", 4, 4, "演示：分批到货，先保骨干线路", _day(30), liaison, is_simulated=True)
    actions.add_risk(task, "演示：道路施工影响定位", 3, 2, "演示：提前发布临时调整", _day(60), liaison, is_simulated=True)


def _reports(tasks: list[PlanTask], office: Account, liaison: Account) -> None:
    """Of last month: that of the buses accepted, the others asked for and missing."""
    month = month_of(month_of(today()) - timedelta(days=1))
    for task in tasks:
        if task.clause in REPORTING:
            ask_for_report(task, month.replace(day=25), is_simulated=True)
    found = MonthlyReport.objects.get(task__clause=TRANSIT, month=month)
    words = ("演示：六条线路车载终端联网，实时预报上线。", "演示：两条线路终端到货推迟。", "演示：完成电子站牌扩容。")
    actions.report(found, liaison, *words)
    actions.decide_report(found, office, True)
    at = datetime.combine(month.replace(day=27), time(15), CHINA)
    MonthlyReport.objects.filter(pk=found.pk).update(reported_at=at, first_reported_at=at)


def _day(days: int) -> date:
    return today() + timedelta(days=days)
