"""What the money's pages have in common: how a record, a list and a form are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.render import page
from district.kernel.ui.table import Table

from ...models import Contract, Payment, Subsidy
from ..amounts import yuan
from .acts import Shown

DECIDED_BADGES = {
    "asked": "azure",
    "approved": "green",
    "refused": "secondary",
    "ended": "secondary",
    "terminated": "red",
}
PAYMENT_BADGES = {
    "asked": "azure",
    "approved": "yellow",
    "refused": "secondary",
    "withdrawn": "secondary",
    "paid": "green",
    "returned": "red",
}


def answer_of(request: HttpRequest, *tables: Table) -> HttpResponseBase | None:
    """A download or a reload of one of the tables; None for the page."""
    for table in tables:
        answer = table.bind(request) if request.method == "POST" else table.respond(request)
        if isinstance(answer, HttpResponseBase):
            return answer
    return None


def record(
    request: HttpRequest,
    title: Any,
    facts: Sequence[tuple[Any, Any, str]],
    *,
    shown: Sequence[Shown] = (),
    tables: Sequence[Table] = (),
    charts: Sequence[Any] = (),
    steps: Sequence[tuple[Any, Any, Any]] = (),
    crumbs: Any = (),
    badge: tuple[str, Any] | None = None,
    is_simulated: bool = False,
    links: Sequence[tuple[Any, str]] = (),
    note: str = "",
) -> HttpResponseBase:
    """A record: facts (label, value, address or ""), who did which step when, tables, and what can be done."""
    answer = answer_of(request, *tables)
    if answer is not None:
        return answer
    context = {
        "record_title": title,
        "facts": facts,
        "shown": shown,
        "tables": tables,
        "charts": charts,
        "crumbs": crumbs,
        "badge": badge,
        "steps": [step for step in steps if step[2]],
        "is_simulated": is_simulated,
        "links": links,
        "note": note,
    }
    return page(request, "programme/money/record.html", context)


def listing(
    request: HttpRequest,
    tables: Sequence[Table],
    *,
    figures: Sequence[tuple[Any, Any, str]] = (),
    charts: Sequence[Any] = (),
    links: Sequence[tuple[Any, str]] = (),
    shown: Sequence[Shown] = (),
    alerts: Sequence[tuple[str, Any, str]] = (),
    lead: Any = "",
) -> HttpResponseBase:
    """Figures (label, text, address), alerts (colour, text, address), charts, tables, and what can be done."""
    answer = answer_of(request, *tables)
    if answer is not None:
        return answer
    context = {
        "tables": tables,
        "figures": figures,
        "links": links,
        "shown": shown,
        "alerts": alerts,
        "lead": lead,
        "charts": [chart for chart in charts if not chart.is_empty],
    }
    return page(request, "programme/money/list.html", context)


def undertaking_link(payment: Payment) -> str:
    commitment = payment.commitment
    if commitment.contract_id:
        return reverse("programme:contract", args=[commitment.contract_id])
    return reverse("programme:subsidy", args=[commitment.subsidy_id])


def undertaking_name(payment: Payment) -> str:
    return str(payment.commitment.contract or payment.commitment.subsidy or "")


def payment_link(payment: Payment) -> str:
    return reverse("programme:payment", args=[payment.number])


def steps_of(thing: Contract | Subsidy | Any, asked: Any = None) -> list[tuple[Any, Any, Any]]:
    """(what, who, when) of a thing that one asks and another decides."""
    decided_at = thing.approved_at if isinstance(thing, Contract) else thing.decided_at
    return [
        (asked or _("提交"), thing.asked_by, thing.asked_at),
        (_("审批：%(state)s") % {"state": thing.get_state_display()}, thing.decided_by, decided_at),
    ]


__all__ = [
    "DECIDED_BADGES",
    "PAYMENT_BADGES",
    "answer_of",
    "listing",
    "payment_link",
    "record",
    "steps_of",
    "undertaking_link",
    "undertaking_name",
    "yuan",
]
