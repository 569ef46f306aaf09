"""帮扶走访: whom to visit, and one record with what can be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people import masking
from district.kernel.people.access import may
from district.kernel.people.audit import record_look
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import CareContent, CareErasure, CareRecord
from ...models.care import Kind
from .. import queries
from ..actions import records as acts_on_records
from ..actions.unlocks import end_unlock
from ..bases import bases
from ..duties import LEAD, carers_for, led_units, reach_of
from ..looking import LIST, PURPOSES, SUBJECT, head, see_record
from ..refused import Refused
from ..visit_rhythm import light
from .acts import RECORD_ACTS, Act
from .forms import NewRecordForm
from .guarded import address_of, attempt, in_care

LIGHT_COLOURS = {"red": "red", "yellow": "orange", "green": "green"}


@in_care
def care(request: HttpRequest) -> HttpResponseBase:
    """The visits that are due, names half hidden; the look at the list is noted with the numbers on it."""
    is_all = request.GET.get("range") == "all"
    rows = [_listed(row) for row in (queries.open_records() if is_all else queries.due_visits(today()))]
    title = _("全部在册记录") if is_all else _("十四日内应走访")
    table = Table(
        "visits",
        columns=[
            Column("number", _("编号"), filter="text", link=lambda row: _record_url(row["number"], "visit")),
            Column("name", _("姓名"), sortable=False),
            Column("kind", _("类别"), filter="choice", choices=dict(Kind.choices)),
            Column("next_visit_on", _("下次走访"), format="day"),
            Column("light", _("期限"), filter="choice", choices=light_texts(), badge=LIGHT_COLOURS),
            Column("carer", _("帮扶专员"), filter="text"),
            Column("organisation", _("责任单位"), shown=False),
            Column("expires_on", _("到期日期"), format="day", shown=False),
        ],
        source=rows, order="next_visit_on", title=title, exports=False, empty=_("没有到期的走访"),
    )  # fmt: skip
    _name_shown(request, table.bind(request).raw_rows)
    answer = table.respond(request)
    dues = [light(row.next_visit_on, today()) for row in queries.due_visits(today())]
    counts = {colour: dues.count(colour) for colour in ("red", "yellow", "green")}
    held = queries.open_records()
    return answer or page(
        request, "governance/care/visits.html",
        {"table": table, "counts": counts, "held": held.count(), "is_lead": may(request.user, LEAD),
         "is_all": is_all},
    )  # fmt: skip


def light_texts() -> dict[str, Any]:
    """The words of the lights, for a filter."""
    return {"red": _("逾期"), "yellow": _("将到期"), "green": _("未到期")}


def _listed(row: CareRecord) -> dict[str, Any]:
    return {
        "id": row.pk, "number": row.number, "kind": row.kind, "next_visit_on": row.next_visit_on,
        "expires_on": row.expires_on, "light": light(row.next_visit_on, today()), "name": "",
        "carer": row.carer.name if row.carer else "", "organisation": row.organisation.name,
    }  # fmt: skip


def _name_shown(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Half a name for the rows of this page, where the record is open to the reader; the look is noted."""
    if not rows:
        return
    names = {
        content.record_id: content.name
        for content in CareContent.objects.filter(record__in=[row["id"] for row in rows])
    }
    for row in rows:
        row["name"] = masking.person_name(names[row["id"]]) if row["id"] in names else _("须双人解锁")
    numbers = [row["number"] for row in rows]
    record_look(request.user, SUBJECT, LIST, _("走访清单"), numbers, address=address_of(request))


def _record_url(number: str, purpose: str = "") -> str:
    return reverse("governance:care_record", args=[number]) + (f"?purpose={purpose}" if purpose else "")


@part(of="care", path="care/records/<str:number>/")
@in_care
def care_record(request: HttpRequest, number: str) -> HttpResponseBase:
    """A record; without a purpose only the question why."""
    purpose = request.GET.get("purpose", "")
    record = head(number)
    if purpose not in PURPOSES:
        return page(request, "governance/care/purpose.html", {"record": record, "purposes": PURPOSES})
    seen = see_record(request.user, number, purpose, address=address_of(request))
    is_lead = (record.kind, record.organisation_id) in reach_of(request.user, LEAD)
    return page(
        request, "governance/care/record.html",
        {
            "seen": seen, "record": seen.record, "content": seen.content, "is_lead": is_lead, "purpose": purpose,
            "purpose_text": PURPOSES[purpose], "acts": _acts_for(seen.record, seen.content is None, is_lead),
            "light": light(seen.record.next_visit_on, today()), "light_colours": LIGHT_COLOURS,
            "is_simulated": record.is_simulated,
        },
    )  # fmt: skip


def _acts_for(record: CareRecord, is_locked: bool, is_lead: bool) -> list[tuple[str, Act]]:
    """What can be done now: with a locked record only unlocking, assigning, transfer and closing."""
    if record.state != CareRecord.State.OPEN:
        return []
    basis = bases()[record.basis]
    left_out = set()
    if is_locked:
        left_out |= {"visit", "help", "plan", "correct", "medical", "appeal", "renew"}
    if not record.is_locked or not is_locked:
        left_out.add("unlock")
    if record.kind != Kind.MENTAL:
        left_out.add("medical")
    if not basis.is_renewable:
        left_out.add("renew")
    return [
        (key, act) for key, act in RECORD_ACTS.items() if key not in left_out and (is_lead or not act.is_lead)
    ]


@part(of="care", path="care/records/<str:number>/<str:act>/", methods=("GET", "POST"))
@in_care
def care_act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """The form of one act on a record."""
    record, chosen = head(number), RECORD_ACTS.get(act)
    if act == "lock" and request.method == "POST":
        attempt(request, lambda: end_unlock(request.user, number), _("已重新锁定"))
        return redirect(_record_url(number))
    if chosen is None or (chosen.is_lead and not may(request.user, LEAD)):
        raise Http404
    inner = chosen.blank(record, request.POST or None)
    form = PageForm(inner, submit=chosen.title, confirm=chosen.confirm, cancel=_record_url(number))
    if form.is_valid():
        try:
            chosen.do(request.user, number, inner.cleaned_data)
        except Refused as refusal:
            inner.add_error(refusal.field if refusal.field in inner.fields else None, str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect(_record_url(number, "visit" if act in ("visit", "help", "plan") else ""))
    return page(
        request, "governance/care/act.html",
        {"title": chosen.title, "number": number, "note": record.organisation.name, "form": form},
    )  # fmt: skip


@part(of="care", path="care/new/", methods=("GET", "POST"), roles=("care_lead",))
@in_care
def care_new(request: HttpRequest) -> HttpResponseBase:
    """A new record: on a statute of the closed table or not at all."""
    reach = reach_of(request.user, LEAD)
    units = [unit for unit in led_units(request.user) if any(pair[1] == unit.pk for pair in reach)]
    kinds = {kind for kind, _unit in reach}
    carers = {each.pk: each for unit in units for kind in kinds for each in carers_for(kind, unit)}
    inner = NewRecordForm(
        units, kinds, list(carers.values()), request.POST or None, initial={"starts_on": today()}
    )
    form = PageForm(inner, submit=_("建立记录"), cancel=reverse("governance:care"), columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        try:
            made = acts_on_records.open_record(
                request.user, given["basis"],
                acts_on_records.Person(**{key: given[key] for key in acts_on_records.Person.__dataclass_fields__}),
                acts_on_records.Term(given["document_number"], given["starts_on"], given["expires_on"]),
                given["organisation"], carer=given["carer"], situation=given["situation"],
            )  # fmt: skip
        except Refused as refusal:
            inner.add_error(refusal.field if refusal.field in inner.fields else None, str(refusal))
        else:
            messages.success(request, _("已建立记录 %(number)s") % {"number": made.number})
            return redirect(_record_url(made.number))
    shown = [basis for basis in bases().values() if basis.kind in kinds]
    return page(request, "governance/care/new.html", {"form": form, "bases": shown})


@in_care
def care_ending(request: HttpRequest) -> HttpResponseBase:
    """Records that end soon, and closed ones until they are deleted; then what deletion left."""
    table = Table(
        "ending",
        columns=[
            Column("number", _("编号"), filter="text", link=lambda row: _record_url(row.number)),
            Column("kind", _("类别"), filter="choice", choices=dict(Kind.choices)),
            Column("basis", _("法律依据"), value=lambda row: bases()[row.basis].citation, sortable=False),
            Column("state", _("状态"), filter="choice", choices=dict(CareRecord.State.choices),
                   badge={"open": "blue", "closed": "secondary"}),
            Column("expires_on", _("到期日期"), format="day", filter="date"),
            Column("closing", _("办结原因")),
            Column("delete_on", _("删除日期"), format="day", filter="date"),
            Column("carer.name", _("帮扶专员"), shown=False),
        ],
        source=queries.ending_records(today()), order="expires_on", title=_("六十日内到期与已办结"), exports=False,
        empty=_("没有将到期的记录"),
    )  # fmt: skip
    names = {key: basis.zh for key, basis in bases().items()} | {"dispute": _("矛盾纠纷")}
    return table.respond(request) or page(
        request, "governance/care/ending.html",
        {"table": table, "erasures": list(CareErasure.objects.all()[:50]), "names": names},
    )  # fmt: skip
