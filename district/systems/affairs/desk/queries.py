"""What a clerk has to do today, and the visits an account may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.models import Notice
from district.kernel.cases.posts import holds
from district.kernel.clock import day_bounds, today
from district.kernel.forms.queries import forms_to_fill
from district.kernel.people.scope import scope_of

from ..circulation.levels import ROLES
from ..circulation.queries import SYSTEM, in_hand_of, light_of
from ..matters.queries import OPEN_STATES, my_pieces
from ..models import Concern, Receipt, Visit

SHOWN = 5


@dataclass(frozen=True)
class Todo:
    """A line of the start page: what, by when, and where it leads. `light`: empty, green, yellow or red."""

    title: str
    url: str
    due_at: datetime | None = None
    light: str = ""


@dataclass(frozen=True)
class Box:
    """A group of lines, with how many there are in all and where all of them stand."""

    key: str
    title: str
    count: int
    rows: tuple[Todo, ...]
    url: str = ""


def today_of(account: Any) -> list[Box]:
    """Matters, tasks, notices and forms that wait for the account; no names of villagers in it."""
    return [_concerns(account), _pieces(account), _announcements(account), _notices(account), _forms(account)]


def visits_seen_by(account: Any) -> QuerySet[Visit]:
    """Visits of the account's range. Households and notes are for the village alone: `may_read`."""
    rows = Visit.objects.select_related("account", "village", "concern__case")
    return scope_of(account, SYSTEM).filter(rows, division_field="division_code")


def may_read(account: Any, visit: Visit) -> bool:
    return holds(account, ROLES["village"], visit.village_id)


def may_look(account: Any, subject: str) -> bool:
    """Whether the account may look at the files of a visit."""
    visit = Visit.objects.filter(pk=int(subject)).first() if subject.isdecimal() else None
    return visit is not None and may_read(account, visit)


def visits_today(account: Any) -> int:
    start, until = day_bounds(today())
    return Visit.objects.filter(account=account, at__gte=start, at__lt=until).count()


def _concerns(account: Any) -> Box:
    tasks = in_hand_of(account)
    kinds = dict(Concern.Kind.choices)
    rows = tuple(
        Todo(f"{kinds.get(task.case.kind, task.case.title)} {task.case.number}",
             reverse("affairs:desk_concern", args=[task.case.number]), task.due_at, light_of(task))
        for task in tasks.select_related("case")[:SHOWN]
    )  # fmt: skip
    return Box("concerns", _("村里要办的事"), tasks.count(), rows, reverse("affairs:circulation"))


def _pieces(account: Any) -> Box:
    rows = my_pieces(account).filter(state__in=OPEN_STATES).order_by("due_at", "pk")
    shown = tuple(
        Todo(each.assignment.title, reverse("affairs:piece", args=[each.pk]), each.due_at, light_of(each))
        for each in rows[:SHOWN]
    )
    return Box("tasks", _("上级交办的任务"), rows.count(), shown, reverse("affairs:tasks"))


def _announcements(account: Any) -> Box:
    rows = Receipt.objects.filter(account=account, read_at=None, announcement__recalled_at=None)
    shown = tuple(
        Todo(each.announcement.title, reverse("affairs:announcement", args=[each.announcement_id]))
        for each in rows.select_related("announcement").order_by("-announcement__issued_at")[:SHOWN]
    )
    return Box("announcements", _("没看的通知"), rows.count(), shown, reverse("affairs:announcements"))


def _notices(account: Any) -> Box:
    rows = Notice.objects.filter(recipient=account, read_at=None).order_by("-pk")
    rows = rows.exclude(url__startswith="/affairs/")  # these stand in the boxes above
    shown = tuple(Todo(each.title, each.url or reverse("ui:notices")) for each in rows[:SHOWN])
    return Box("notices", _("平台提醒"), rows.count(), shown, reverse("ui:notices"))


def _forms(account: Any) -> Box:
    rows = forms_to_fill(account).order_by("-pk")
    shown = tuple(Todo(each.title, reverse("forms:fill", args=[each.pk])) for each in rows[:SHOWN])
    return Box("forms", _("要填的表"), rows.count(), shown, reverse("forms:my_forms"))
