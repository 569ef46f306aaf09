"""What is done with a meeting: called, its agenda made, held, minuted, its decisions sent out as cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.actions import open_case
from district.kernel.cases.clocks import limit_until
from district.kernel.clock import CHINA, now, today
from district.kernel.people.access import may
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ..models import AgendaItem, Attendance, Decision, Meeting, Milestone, PlanTask
from ..numbers import next_number
from .notices import tell
from .queries import open_decisions

OFFICE = "programme.office"
SYSTEM, PROCEDURE = "programme", "meeting_decision"


def check_office(account: Any) -> None:
    """Raises Refused `not_office`."""
    if not may(account, OFFICE):
        raise Refused("not_office", _("只有推进办可以办理"), field="account")


@transaction.atomic
def call_meeting(
    *,
    title: str,
    kind: str,
    begins_at: datetime,
    place: str,
    units: Iterable[Organisation],
    account: Any,
    is_simulated: bool = False,
) -> Meeting:
    """A meeting with its notices; open decisions of earlier ones and late tasks are on its agenda already."""
    check_office(account)
    meeting = Meeting.objects.create(
        number=next_number(Meeting, "HY", begins_at.date()),
        title=title.strip(),
        kind=kind,
        begins_at=begins_at,
        place=place.strip(),
        made_by=account,
        is_simulated=is_simulated,
    )
    Attendance.objects.bulk_create(Attendance(meeting=meeting, unit=unit) for unit in units)
    fill_agenda(meeting)
    tell(
        [each.unit for each in meeting.attendances.select_related("unit")],
        _("会议通知：%(title)s") % {"title": meeting.title},
        f"{begins_at.astimezone(CHINA):%Y-%m-%d %H:%M} {meeting.place}",
        _url(meeting),
    )
    return meeting


def fill_agenda(meeting: Meeting) -> int:
    """Puts what is still open or late on the agenda, once each; returns how many came to it."""
    _check_state(meeting, Meeting.State.PLANNED)
    known = set(meeting.items.values_list("decision_id", "task_id", "source"))
    order = meeting.items.count()
    made: list[AgendaItem] = []
    for decision in open_decisions().exclude(meeting=meeting).select_related("owner", "task"):
        if not any(each[0] == decision.pk for each in known):
            made.append(
                AgendaItem(
                    title=decision.text[:200],
                    source=AgendaItem.Source.DECISION,
                    unit=decision.owner,
                    task=decision.task,
                    decision=decision,
                )
            )
    late = Milestone.objects.filter(due_on__lt=today(), done_on=None).values("task")
    for task in PlanTask.objects.filter(pk__in=late).select_related("lead"):
        if not any(each[1] == task.pk and each[2] == AgendaItem.Source.TASK for each in known):
            title = _("%(task)s：有里程碑逾期") % {"task": task.zh}
            made.append(AgendaItem(title=title, source=AgendaItem.Source.TASK, unit=task.lead, task=task))
    for place, item in enumerate(made, order + 1):
        item.meeting, item.order = meeting, place
    AgendaItem.objects.bulk_create(made)
    return len(made)


def propose(
    meeting: Meeting, *, title: str, unit: Organisation, task: PlanTask | None, account: Any
) -> AgendaItem:
    """A unit asks that something be talked about; the office says whether it is."""
    _check_state(meeting, Meeting.State.PLANNED)
    if not title.strip():
        raise Refused("title", _("请填写议题"), field="title", value=title)
    is_office = may(account, OFFICE)
    return AgendaItem.objects.create(
        meeting=meeting,
        title=title.strip()[:200],
        unit=unit,
        task=task,
        made_by=account,
        order=meeting.items.count() + 1,
        source=AgendaItem.Source.OFFICE if is_office else AgendaItem.Source.UNIT,
        state=AgendaItem.State.ON if is_office else AgendaItem.State.PROPOSED,
    )


def decide_item(item: AgendaItem, is_on: bool, account: Any) -> AgendaItem:
    """The office takes a proposal or does not; nobody their own."""
    check_office(account)
    _check_state(item.meeting, Meeting.State.PLANNED)
    if item.state != AgendaItem.State.PROPOSED:
        raise Refused("decided", _("该议题已审定"), field="state", value=item.state)
    if item.made_by_id == account.pk:
        raise Refused("own_request", _("不能审定本人提请的议题"), field="account")
    item.state, item.decided_by = AgendaItem.State.ON if is_on else AgendaItem.State.REFUSED, account
    item.save(update_fields=["state", "decided_by"])
    return item


def answer_notice(attendance: Attendance, *, is_coming: bool, note: str = "") -> Attendance:
    """Before the meeting a unit says whether it comes; who does not says why."""
    _check_state(attendance.meeting, Meeting.State.PLANNED)
    if not is_coming and not note.strip():
        raise Refused("reason", _("请假须说明原因"), field="note")
    attendance.state = Attendance.State.COMING if is_coming else Attendance.State.EXCUSED
    attendance.note, attendance.answered_at = note.strip()[:200], now()
    attendance.save(update_fields=["state", "note", "answered_at"])
    return attendance


@transaction.atomic
def hold(meeting: Meeting, came: Collection[int], account: Any) -> Meeting:
    """It took place; `came` are the keys of the units that were there, the others are absent unless they were excused."""
    check_office(account)
    _check_state(meeting, Meeting.State.PLANNED)
    if meeting.begins_at > now():
        raise Refused(
            "not_yet", _("会议尚未到召开时间"), field="begins_at", value=meeting.begins_at.isoformat()
        )
    for attendance in meeting.attendances.all():
        if attendance.unit_id in came:
            attendance.state = Attendance.State.CAME
        elif attendance.state != Attendance.State.EXCUSED:
            attendance.state = Attendance.State.ABSENT
        attendance.save(update_fields=["state"])
    meeting.items.filter(state=AgendaItem.State.PROPOSED).update(state=AgendaItem.State.REFUSED)
    meeting.state = Meeting.State.HELD
    meeting.save(update_fields=["state"])
    return meeting


def write_minutes(item: AgendaItem, text: str, account: Any) -> AgendaItem:
    check_office(account)
    _check_state(item.meeting, Meeting.State.HELD)
    item.minutes = text.strip()
    item.save(update_fields=["minutes"])
    return item


def decide(
    meeting: Meeting, *, text: str, owner: Organisation, due_on: date, task: PlanTask | None, account: Any
) -> Decision:
    """Notes what was decided; it is sent out with the minutes. Raises Refused `due_on` for a day before the meeting."""
    check_office(account)
    _check_state(meeting, Meeting.State.HELD)
    if due_on < meeting.begins_at.date():
        raise Refused("due_on", _("完成时限不能早于会议日期"), field="due_on", value=due_on.isoformat())
    if not text.strip():
        raise Refused("text", _("请填写议定事项"), field="text", value=text)
    return Decision.objects.create(
        meeting=meeting,
        order=(meeting.decisions.aggregate(last=Max("order"))["last"] or 0) + 1,
        text=text.strip()[:500],
        owner=owner,
        due_on=due_on,
        task=task,
    )


def strike(decision: Decision, account: Any) -> None:
    """Takes back what was noted wrongly, before the minutes are out."""
    check_office(account)
    _check_state(decision.meeting, Meeting.State.HELD)
    decision.delete()


@transaction.atomic
def issue_minutes(meeting: Meeting, account: Any) -> Meeting:
    """The minutes are out: each decision becomes a case of its owner, with the day that was set as its limit."""
    check_office(account)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _check_state(meeting, Meeting.State.HELD)
    bare = meeting.items.filter(state=AgendaItem.State.ON, minutes="").first()
    if bare is not None:
        raise Refused(
            "minutes", _("议题“%(t)s”还没有记录讨论情况") % {"t": bare.title}, field="minutes", value=bare.pk
        )
    at = now()
    for decision in meeting.decisions.select_related("owner", "task"):
        decision.case = open_case(
            system=SYSTEM,
            procedure=PROCEDURE,
            idempotency_key=f"decision:{decision.pk}",
            title=decision.text[:200],
            channel="meeting",
            text=_("%(meeting)s（%(number)s）议定事项")
            % {"meeting": meeting.title, "number": meeting.number},
            kind=meeting.kind,
            organisation=decision.owner,
            account=account,
            is_simulated=meeting.is_simulated,
            form={"decision": decision.pk, "due_on": decision.due_on.isoformat()},
            limit=limit_until(at, decision.due_on),
        )
        decision.save(update_fields=["case"])
        tell(
            [decision.owner],
            _("议定事项：%(text)s") % {"text": decision.text[:120]},
            _("时限 %(day)s") % {"day": decision.due_on.isoformat()},
            reverse("cases:case", args=[decision.case.number]),
        )
    meeting.state, meeting.minuted_at = Meeting.State.MINUTED, at
    meeting.save(update_fields=["state", "minuted_at"])
    return meeting


def cancel(meeting: Meeting, account: Any) -> Meeting:
    check_office(account)
    _check_state(meeting, Meeting.State.PLANNED)
    meeting.state = Meeting.State.CANCELLED
    meeting.save(update_fields=["state"])
    return meeting


def _url(meeting: Meeting) -> str:
    return reverse("programme:meeting", args=[meeting.pk])


def _check_state(meeting: Meeting, wanted: str) -> None:
    if meeting.state != wanted:
        text = _("会议%(is)s，不能这样办理") % {"is": meeting.get_state_display()}
        raise Refused("meeting_state", text, field="state", value=meeting.state)
