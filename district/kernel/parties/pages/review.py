"""Pairs that may be one: side by side, with what speaks for it and against, to be merged, kept apart, or left for later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from district.kernel.parties import actions, queries
from district.kernel.parties.models import Candidate, CandidateState, Party
from district.kernel.parties.pages import words
from district.kernel.parties.refused import Refused
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.people.roles import PARTY_REVIEWER
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

OPEN = (CandidateState.WAITING, CandidateState.LATER)
COLOURS = {"waiting": "orange", "later": "secondary", "merged": "green", "apart": "blue"}


def candidates_seen_by(account: Any) -> Any:
    """Pairs both of whose parties lie in the scope of the account."""
    seen = queries.parties_seen_by(account).values("pk")
    return Candidate.objects.filter(left__root__in=seen, right__root__in=seen).select_related(
        "left__root", "right__root"
    )


@allow(PARTY_REVIEWER)
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "candidates",
        columns=[
            Column("left", _("主体甲"), value=lambda row: words.shown_name(row.left.root), sortable=False,
                   link=lambda row: reverse("parties:pair", args=[row.pk])),
            Column("right", _("主体乙"), value=lambda row: words.shown_name(row.right.root), sortable=False),
            Column("kind", _("类别"), filter="choice", choices=dict(Candidate._meta.get_field("kind").choices or ())),
            Column("probability", _("可能性"), format=4, filter="number"),
            Column("weight", _("匹配权重"), format=1),
            Column("state", _("状态"), filter="choice", choices=dict(CandidateState.choices), badge=COLOURS),
            Column("found_at", _("发现时间"), format="moment", filter="date"),
            Column("decided_by.name", _("审核人")),
        ],
        source=candidates_seen_by(request.user).select_related("decided_by"), order="-weight", title=_("疑似重复"),
        empty=_("没有待审核的记录"), exports=False,
    )  # fmt: skip
    first = _next(request.user, None)
    return table.respond(request) or page(request, "parties/queue.html", {"table": table, "first": first})


@allow(PARTY_REVIEWER)
@require_safe
@never_cache
def pair(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The whole values, for the comparison is of their every sign; the look at both is noted with that purpose."""
    return _shown(request, get_object_or_404(candidates_seen_by(request.user), pk=pk))


@allow(PARTY_REVIEWER)
@require_POST
def decide(request: HttpRequest, pk: int, state: str) -> HttpResponseBase:
    found = get_object_or_404(candidates_seen_by(request.user), pk=pk)
    after = _next(request.user, found)
    try:
        actions.decide(found, state, request.user, request.POST.get("note", ""))
    except Refused as refusal:
        return _shown(request, found, refusal=str(refusal), status=409)
    messages.success(request, _("已办理"))
    return redirect("parties:pair", after.pk) if after else redirect("parties:queue")


def _next(account: Any, after: Candidate | None, *, is_back: bool = False) -> Candidate | None:
    """The next open pair by weight, the first one without `after`; backwards the one before."""
    waiting = candidates_seen_by(account).filter(state=CandidateState.WAITING)
    ordered = list(waiting.order_by("-weight", "pk").values_list("pk", "weight"))
    if after is not None:
        place = (-after.weight, after.pk)
        if is_back:
            ordered = [row for row in reversed(ordered) if (-row[1], row[0]) < place]
        else:
            ordered = [row for row in ordered if (-row[1], row[0]) > place]
    return Candidate.objects.get(pk=ordered[0][0]) if ordered else None


def _shown(request: HttpRequest, found: Candidate, refusal: str = "", status: int = 200) -> HttpResponseBase:
    sides = (found.left.root, found.right.root)
    rows = _compared(*sides)
    for side in sides:
        record_look(request.user, "party", side.pk, _("疑似重复审核"), [row["key"] for row in rows],
                    address=client_address(request) or "")  # fmt: skip
    context = {
        "pair": found, "sides": sides, "rows": rows, "fall": words.waterfall(found.explanation), "refusal": refusal,
        "is_open": found.state in OPEN, "state": CandidateState(found.state).label, "colour": COLOURS[found.state],
        "before": _next(request.user, found, is_back=True), "after": _next(request.user, found),
    }  # fmt: skip
    return page(request, "parties/pair.html", context, status=status)


def _compared(one: Party, other: Party) -> list[dict[str, Any]]:
    """Each fact of either side by side, in pieces that show where they differ."""
    sides = [_facts(one), _facts(other)]
    keys = list(dict.fromkeys([*sides[0], *sides[1]]))
    rows = []
    for key in keys:
        texts = [side.get(key, ("", ""))[1] for side in sides]
        left, right = words.differences(*texts)
        title = next(side[key][0] for side in sides if key in side)
        rows.append(
            {"key": key, "title": title, "left": left, "right": right, "is_same": texts[0] == texts[1]}
        )
    return rows


def _facts(party: Party) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {"name": (words.title_of("name"), party.name)}
    others = [row.name for row in queries.names_of(party) if row.name != party.name]
    if others:
        found["other_names"] = (_("其他名称"), "、".join(dict.fromkeys(others)))
    for number in queries.numbers_of(party):
        if number.kind not in ("local", "organisation"):
            kind = "number" if number.kind == "written" else number.kind
            found.setdefault(kind, (number.get_kind_display(), words.shown_number(number)))
    for key, rows in queries.attributes_of(party):
        found[key] = (words.title_of(key), rows[0].value)
    found["sources"] = (_("来源"), "、".join(sorted({row.source.title for row in queries.names_of(party)})))
    return found
