"""矛盾纠纷 and 群体性纠纷: the register, one dispute with its clock, and events without persons."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.access import may
from district.kernel.people.audit import record_look
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Dispute, GroupDispute
from ..actions import group_disputes as events
from ..actions.disputes import Party, open_dispute
from ..duties import CARER, DISPUTE, LEAD, carers_for, reach_of
from ..queries import disputes as disputes_in_reach
from ..refused import Refused
from ..visit_rhythm import light
from .acts import DISPUTE_ACTS, DISPUTE_ACTS_IN
from .forms import DisputeForm, GroupDisputeForm, MeasureForm
from .guarded import address_of, in_care
from .records import LIGHT_COLOURS, light_texts

COLOURS = {"mediating": "blue", "agreed": "green", "confirmed": "green", "fulfilled": "secondary", "failed": "orange",
           "withdrawn": "secondary"}  # fmt: skip


@in_care
def disputes(request: HttpRequest) -> HttpResponseBase:
    """The register: no names in it."""
    rows = disputes_in_reach()
    table = Table(
        "disputes",
        columns=[
            Column("number", _("编号"), filter="text", link=_dispute_url),
            Column("kind", _("纠纷类型"), filter="choice", choices=dict(Dispute.Kind.choices)),
            Column("state", _("状态"), filter="choice", choices=dict(Dispute.State.choices), badge=COLOURS),
            Column("accepted_on", _("受理日期"), format="day", filter="date"),
            Column("due_on", _("调解期限"), format="day", filter="date"),
            Column("light", _("时限"), value=_light, sortable=False, badge=LIGHT_COLOURS, choices=light_texts()),
            Column("mediator.name", _("调解员"), filter="text"),
            Column("organisation.name", _("调解组织"), shown=False),
            Column("confirmation_due_on", _("司法确认期限"), format="day", shown=False),
        ],
        source=rows, order="-accepted_on", title=_("矛盾纠纷登记"), exports=False, empty=_("没有登记的纠纷"),
    )  # fmt: skip
    running = rows.filter(state="mediating")
    figures = {
        "running": running.count(), "overdue": running.filter(due_on__lt=today()).count(),
        "agreed": rows.filter(state__in=("agreed", "confirmed", "fulfilled")).count(),
        "follow_up": rows.filter(state__in=("agreed", "confirmed"), follow_up_due_on__lt=today()).count(),
    }  # fmt: skip
    return table.respond(request) or page(
        request, "governance/care/disputes.html", {"table": table, "figures": figures}
    )


def _light(row: Dispute) -> str | None:
    return light(row.due_on, today()) if row.state == Dispute.State.MEDIATING else None


def _dispute_url(row: Dispute) -> str:
    return reverse("governance:dispute", args=[row.number])


def _dispute(number: str) -> Dispute:
    return get_object_or_404(disputes_in_reach(), number=number)


@part(of="disputes", path="disputes/<str:number>/")
@in_care
def dispute(request: HttpRequest, number: str) -> HttpResponseBase:
    """One dispute with its parties; the look is noted."""
    found = _dispute(number)
    record_look(
        request.user, "dispute", number, _("调解"), ("matter", "parties"), address=address_of(request)
    )
    is_lead = (DISPUTE, found.organisation_id) in reach_of(request.user, LEAD)
    acts = [
        (key, DISPUTE_ACTS[key])
        for key in DISPUTE_ACTS_IN.get(found.state, ())
        if is_lead or not DISPUTE_ACTS[key].is_lead
    ]
    dues = [
        (_("调解期限"), found.due_on if found.state == "mediating" else None),
        (_("司法确认期限"), found.confirmation_due_on if found.state == "agreed" else None),
        (_("回访期限"), found.follow_up_due_on if found.state in ("agreed", "confirmed") else None),
    ]
    return page(
        request, "governance/care/dispute.html",
        {
            "dispute": found, "parties": list(found.parties.all()), "steps": list(found.steps.select_related("by")),
            "acts": acts, "dues": [(label, day, light(day, today())) for label, day in dues if day],
            "colours": COLOURS,
        },
    )  # fmt: skip


@part(of="disputes", path="disputes/<str:number>/<str:act>/", methods=("GET", "POST"))
@in_care
def dispute_act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    found, chosen = _dispute(number), DISPUTE_ACTS.get(act)
    if chosen is None or (chosen.is_lead and not may(request.user, LEAD)):
        raise Http404
    inner = chosen.blank(found, request.POST or None)
    form = PageForm(inner, submit=chosen.title, confirm=chosen.confirm, cancel=_dispute_url(found))
    if form.is_valid():
        try:
            chosen.do(request.user, number, inner.cleaned_data)
        except Refused as refusal:
            inner.add_error(refusal.field if refusal.field in inner.fields else None, str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect(_dispute_url(found))
    return page(
        request, "governance/care/act.html",
        {"title": chosen.title, "number": number, "note": found.get_kind_display(), "form": form},
    )  # fmt: skip


@part(of="disputes", path="disputes-new/", methods=("GET", "POST"))
@in_care
def dispute_new(request: HttpRequest) -> HttpResponseBase:
    from district.kernel.people.models import Organisation

    reach = reach_of(request.user, LEAD) | reach_of(request.user, CARER)
    units = list(
        Organisation.objects.filter(pk__in=[unit for kind, unit in reach if kind == DISPUTE]).order_by(
            "order"
        )[:500]
    )
    mediators = {each.pk: each for unit in units[:20] for each in carers_for(DISPUTE, unit)}
    start = {"accepted_on": today(), "organisation": units[0] if len(units) == 1 else None}
    if request.user.pk in mediators:
        start["mediator"] = request.user.pk
    inner = DisputeForm(units, list(mediators.values()), request.POST or None, initial=start)
    form = PageForm(inner, submit=_("登记纠纷"), cancel=reverse("governance:disputes"), columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        sides = [Party(role, given[role], given[f"{role}_phone"]) for role in ("applicant", "respondent")]
        try:
            made = open_dispute(
                request.user, given["kind"], given["matter"], sides, given["organisation"],
                mediator=given["mediator"], accepted_on=given["accepted_on"],
            )  # fmt: skip
        except Refused as refusal:
            inner.add_error(refusal.field if refusal.field in inner.fields else None, str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect(_dispute_url(made))
    return page(
        request, "governance/care/act.html", {"title": _("登记纠纷"), "number": "", "note": "", "form": form}
    )


def group_disputes(request: HttpRequest) -> HttpResponseBase:
    """Events of places and matters."""
    table = Table(
        "events",
        columns=[
            Column("number", _("编号"), filter="text", link=_event_url),
            Column("kind", _("事项类型"), filter="choice", choices=dict(Dispute.Kind.choices)),
            Column("place", _("地点"), filter="text"),
            Column("matter", _("诉求事项"), filter="text"),
            Column("size", _("规模"), filter="choice", choices=dict(GroupDispute.Size.choices)),
            Column("happened_at", _("发生时间"), format="moment", filter="date"),
            Column("organisation.name", _("责任单位"), filter="text"),
            Column("state", _("状态"), filter="choice", choices=dict(GroupDispute.State.choices),
                   badge={"open": "orange", "settled": "green"}),
        ],
        source=GroupDispute.objects.select_related("organisation"), order="-happened_at", title=_("群体性纠纷事件"),
        empty=_("没有登记的事件"),
    )  # fmt: skip
    may_write = may(request.user, events.OFFICER, LEAD)
    return table.respond(request) or page(
        request, "governance/care/group_disputes.html", {"table": table, "may_write": may_write}
    )


def _event_url(row: GroupDispute) -> str:
    return reverse("governance:group_dispute", args=[row.number])


@part(of="group_disputes", path="group-disputes/<str:number>/", methods=("GET", "POST"))
def group_dispute(request: HttpRequest, number: str) -> HttpResponseBase:
    """One event with what was done; a measure is added by those who answer for it."""
    event = get_object_or_404(GroupDispute.objects.select_related("organisation"), number=number)
    may_write = may(request.user, events.OFFICER, LEAD) and event.state == GroupDispute.State.OPEN
    inner = MeasureForm(request.POST or None)
    form = PageForm(inner, submit=_("登记处置措施"))
    if may_write and form.is_valid():
        act = events.settle if inner.cleaned_data["is_settled"] else events.note_measure
        try:
            act(request.user, event, inner.cleaned_data["measure"])
        except Refused as refusal:
            inner.add_error("measure", str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect(_event_url(event))
    return page(
        request, "governance/care/group_dispute.html",
        {"event": event, "steps": list(event.steps.select_related("by")), "form": form if may_write else None},
    )  # fmt: skip


@part(
    of="group_disputes", path="group-disputes-new/", methods=("GET", "POST"), roles=("officer", "care_lead")
)
def group_dispute_new(request: HttpRequest) -> HttpResponseBase:
    inner = GroupDisputeForm(request.POST or None, initial={"happened_at": now()})
    form = PageForm(inner, submit=_("登记事件"), cancel=reverse("governance:group_disputes"), columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        try:
            made = events.open_group_dispute(
                request.user, given["kind"], given["place"], given["matter"], given["size"], given["happened_at"],
                given["organisation"], division_code=given["organisation"].division_code[:9],
            )  # fmt: skip
        except Refused as refusal:
            inner.add_error(refusal.field if refusal.field in inner.fields else None, str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect(_event_url(made))
    return page(
        request, "governance/care/act.html", {"title": _("登记事件"), "number": "", "note": "", "form": form}
    )
