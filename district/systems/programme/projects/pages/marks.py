"""Words and colours that the pages of projects share."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.ui.languages import pick
from district.kernel.vocabulary import Kpi

from ...models import Project
from ..gates import ORDER
from ..queries import projects_visible_to

STAGE_BADGES = {
    "proposal": "azure",
    "review": "azure",
    "procurement": "blue",
    "delivery": "blue",
    "acceptance": "purple",
    "evaluation": "teal",
    "closed": "green",
    "stopped": "secondary",
}
STATE_BADGES = {
    "asked": "azure",
    "passed": "green",
    "refused": "red",
    "approved": "green",
    "drawing": "azure",
    "asking": "azure",
    "scoring": "blue",
    "decided": "green",
    "cancelled": "secondary",
    "sealing": "azure",
    "opening": "blue",
    "drawn": "green",
    "void": "red",
    "invited": "azure",
    "accepted": "green",
    "declined": "secondary",
    "conflict": "orange",
    "expired": "red",
    "planned": "azure",
    "noticed": "blue",
    "opened": "blue",
    "awarded": "purple",
    "settled": "green",
    "failed": "red",
    "revise": "yellow",
    "ended": "secondary",
    "terminated": "red",
}
YUAN_PER_WAN_FEN = 1_000_000


def wan(fen: int | None) -> str:
    """Fen as 万元."""
    return "—" if fen is None else f"{fen / YUAN_PER_WAN_FEN:,.2f} " + _("万元")


def project_link(project: Project) -> str:
    return reverse("programme:project", args=[project.number])


def project_seen(account: Any, number: str) -> Project:
    """Raises Http404 for one outside the account's scope."""
    found = projects_visible_to(account).select_related("owner", "made_by").filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def is_post(account: Any, *posts: str) -> bool:
    return may(account, *(f"programme.{post}" for post in posts))


def is_late(project: Project) -> bool:
    """Past its day without being accepted."""
    return project.stage in ORDER[:5] and project.due_on < today()


def named(kpi: Kpi) -> str:
    return pick(kpi)
