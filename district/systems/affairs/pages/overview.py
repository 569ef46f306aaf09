"""What stands where, in one look: what waits for the reader, and how tasks, forms and village matters go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.access import may, scope_of
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.formats import percent
from district.kernel.ui.render import page

from ..burden import queries as burden
from ..circulation import queries as circulation
from ..circulation.levels import together
from ..consistency.queries import contradictions_visible_to, figures_of
from ..matters import queries as matters
from ..matters.posts import DOERS, SYSTEM
from ..matters.standing import Standing, standing, tally
from ..matters.words import BAR_COLOURS, STANDING_WORDS
from ..models import Receipt
from ..village import queries as village

MONTHS = 3
SHOWN = 12


@dataclass(frozen=True)
class Card:
    """A number that leads to what is behind it."""

    title: str
    value: str
    detail: str
    url: str
    icon: str
    is_bad: bool = False


def overview(request: HttpRequest) -> HttpResponse:
    at = now()
    context = {
        "cards": [*_waiting(request.user, at), *_going(request.user, at)],
        "chart": _tasks_chart(request.user, at),
        "on_duty": village.on_duty(request.user, at)[:SHOWN],
    }
    return page(request, "affairs/overview.html", context)


def _waiting(account: Any, at: datetime) -> list[Card]:
    """What the reader himself has to do."""
    cards = []
    if may(account, *DOERS):
        pieces = matters.my_pieces(account).filter(state__in=matters.OPEN_STATES)
        counted = tally(standing(piece, at) for piece in pieces)
        missing = counted[Standing.MISSING]
        cards.append(
            Card(_("我要办的任务"), str(sum(counted.values())), _("逾期 %(n)s") % {"n": missing},
                 reverse("affairs:tasks"), "list-check", missing > 0)
        )  # fmt: skip
    unread = Receipt.objects.filter(account=account, read_at=None, announcement__recalled_at=None).count()
    cards.append(
        Card(
            _("未读通知"),
            str(unread),
            _("打开即记已读"),
            reverse("affairs:announcements"),
            "speakerphone",
            unread > 0,
        )
    )
    return cards


def _going(account: Any, at: datetime) -> list[Card]:
    """How things go in the reader's range."""
    found = figures_of(contradictions_visible_to(account))
    cards = [
        Card(_("待核实的矛盾数据"), str(found.open), _("超期 %(n)s") % {"n": found.overdue}, reverse("affairs:consistency"),
             "arrows-diff", found.overdue > 0),
    ]  # fmt: skip
    if may(account, "affairs.clerk", "affairs.town", "affairs.manager", "affairs.leader"):
        start = circulation.month_start(at, MONTHS)
        settled = together(circulation.tallies(circulation.counted_for(account), start, at).values())
        cards.append(
            Card(_("村里办结的事项"), percent(_hundred(settled.share("village"))), _("近 %(n)s 个月办结 %(m)s 件") % {
                "n": MONTHS, "m": settled.settled}, reverse("affairs:circulation"), "rotate-2")
        )  # fmt: skip
    month = today().replace(day=1)
    scope = scope_of(account, SYSTEM)
    prefix = "" if scope.is_whole or len(scope.division_prefixes) != 1 else scope.division_prefixes[0]
    sums = burden.added_up(burden.burdens(month, month, prefix))
    cards.append(
        Card(_("本月自动带出的答案"), percent(sums.prefilled_percent), _("本月填报 %(n)s 份，%(m)s 分钟") % {
            "n": sums.filled, "m": round(sums.minutes)}, reverse("affairs:burden"), "gauge")
    )  # fmt: skip
    return cards


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _tasks_chart(account: Any, at: datetime) -> Bar:
    """The open tasks, each with how its units stand."""
    tasks = list(matters.assignments_visible_to(account).filter(ended_at=None)[:SHOWN])
    pieces = matters.pieces_visible_to(account).filter(assignment__in=tasks, children=None)
    counted = {task.pk: dict.fromkeys(Standing, 0) for task in tasks}
    for piece in pieces:
        counted[piece.assignment_id][standing(piece, at)] += 1
    return Bar(
        title=_("进行中的任务"), unit=_("个"), decimals=0, stacked=True, horizontal=True, x=[task.title for task in tasks],
        traces=[
            Trace(STANDING_WORDS[each], [counted[task.pk][each] for task in tasks], colour=BAR_COLOURS[each])
            for each in Standing
        ],
    )  # fmt: skip
