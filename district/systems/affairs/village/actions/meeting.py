"""Meetings: called, attended, closed with minutes; members come and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ...models import Attendance, Meeting, Member, Presence
from ..posts import must_act_for


def add_member(
    organisation: Organisation, body: str, name: str, account: Any, *, household: str = "", is_simulated: bool = False
) -> Member:  # fmt: skip
    """A member of a body from now on. Raises Refused for one it has."""
    must_act_for(account, organisation)
    if not name.strip():
        raise Refused("no_name", _("请填写姓名"), field="name")
    try:
        with transaction.atomic():
            return Member.objects.create(
                organisation=organisation, body=body, name=name.strip()[:40], household=household.strip()[:60],
                is_simulated=is_simulated,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("known", _("%(name)s 已在名册中") % {"name": name}, field="name", value=name) from error


def end_member(member: Member, account: Any) -> None:
    must_act_for(account, member.organisation)
    Member.objects.filter(pk=member.pk, left_at=None).update(left_at=now())


@transaction.atomic
def call_meeting(
    organisation: Organisation, body: str, title: str, starts_at: datetime, agenda: Sequence[str], account: Any, *,
    place: str = "", is_simulated: bool = False,
) -> Meeting:  # fmt: skip
    """Calls all members of a body. Raises Refused where it has none."""
    must_act_for(account, organisation)
    members = list(Member.objects.filter(organisation=organisation, body=body, left_at=None))
    if not members:
        raise Refused("no_members", _("名册里没有成员，先登记名册"), field="body")
    items = [item.strip()[:200] for item in agenda if item.strip()]
    if not items:
        raise Refused("no_agenda", _("请写明议程"), field="agenda")
    made = Meeting.objects.create(
        organisation=organisation, division_code=organisation.division_code, body=body, title=title[:120],
        place=place[:80], starts_at=starts_at, agenda=items, called_by=account, is_simulated=is_simulated,
    )  # fmt: skip
    Attendance.objects.bulk_create(Attendance(meeting=made, member=member) for member in members)
    return made


@transaction.atomic
def take_attendance(meeting: Meeting, account: Any, presences: Mapping[int, str]) -> None:
    """Who came, by the key of the attendance. Raises Refused once the meeting is closed."""
    _must_be_open(meeting, account)
    for attendance in meeting.attendances.filter(pk__in=presences):
        attendance.presence = Presence(presences[attendance.pk])
        attendance.save(update_fields=["presence"])


@transaction.atomic
def close_meeting(meeting: Meeting, account: Any, minutes: str) -> Meeting:
    """Ends a meeting with its minutes; who has not signed in was absent. From then on nothing of it changes."""
    _must_be_open(meeting, account)
    if not minutes.strip():
        raise Refused("no_minutes", _("请填写会议纪要"), field="minutes")
    if meeting.ballots.filter(closed_at=None).exists():
        raise Refused("ballot_open", _("还有表决没有结束"))
    meeting.attendances.filter(presence=Presence.INVITED).update(presence=Presence.ABSENT)
    meeting.minutes, meeting.closed_at = minutes, now()
    meeting.save(update_fields=["minutes", "closed_at"])
    return meeting


def _must_be_open(meeting: Meeting, account: Any) -> None:
    must_act_for(account, meeting.organisation)
    if Meeting.objects.filter(pk=meeting.pk).exclude(closed_at=None).exists():
        raise Refused("closed", _("会议已结束，不能再改"))
