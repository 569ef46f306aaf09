"""办事代办: what a villager needs for what, and what the village does for him."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.access import may
from district.kernel.people.audit import record_look
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Errand, ErrandState, Guide
from .. import queries
from ..actions import errands as actions
from ..forms import ErrandEndForm, ErrandForm, report
from ..posts import ACTING, acts_for, own_units

COLOURS = {"taken": "azure", "late": "red", "done": "green", "refused": "orange", "withdrawn": "secondary"}


def guides(request: HttpRequest) -> HttpResponseBase:
    """Errands with their clocks; the guides; a new errand is taken on here."""
    form = ErrandForm(own_units(request.user), request.POST or None)
    if request.method == "POST" and may(request.user, *ACTING) and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.take_errand(
                given["guide"], given["organisation"], given["villager"], request.user, phone=given["phone"],
                note=given["note"],
            )  # fmt: skip
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("已受理"))
            return redirect("affairs:errand", made.pk)
    table = Table(
        "errands",
        columns=[
            Column("pk", _("编号"), link=lambda row: reverse("affairs:errand", args=[row.pk])),
            Column("guide.name", _("事项"), filter="text"),
            Column("state", _("状态"), filter="choice", value=_state, badge=COLOURS,
                   choices={**dict(ErrandState.choices), "late": _("已超期")}),
            Column("organisation.name", _("村"), filter="text"), Column("taken_by.name", _("代办人")),
            Column("taken_at", _("受理时间"), format="moment", filter="date"),
            Column("due_at", _("期限"), format="moment"), Column("ended_at", _("办结时间"), format="moment"),
        ],
        source=queries.errands_visible_to(request.user), order="-taken_at", title=_("代办"), per_page=20,
        empty=_("没有代办"),
    )  # fmt: skip
    context = {
        "table": table, "guides": Guide.objects.filter(is_in_use=True),
        "form": PageForm(form, submit=_("受理代办"), columns=2) if may(request.user, *ACTING) else None,
    }  # fmt: skip
    return table.respond(request) or page(request, "affairs/village/guides.html", context)


def _state(row: Errand) -> str:
    return "late" if row.state == ErrandState.TAKEN and row.due_at < now() else str(row.state)


@part(of="guides", path="guides/errands/<int:errand_id>/", methods=("GET", "POST"))
def errand(request: HttpRequest, errand_id: int) -> HttpResponseBase:
    """One errand. Whose it is, is shown to who acts for the village, and noted."""
    found = get_object_or_404(queries.errands_visible_to(request.user), pk=errand_id)
    acts = acts_for(request.user, found.organisation)
    form = ErrandEndForm(request.POST or None) if acts and found.state == ErrandState.TAKEN else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.end_errand(found, request.user, form.cleaned_data["state"], form.cleaned_data["outcome"])
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("已办结"))
            return redirect("affairs:errand", found.pk)
    if acts:
        record_look(request.user, "errand", str(found.pk), purpose=_("代办"), fields=("villager", "phone"))
    context = {
        "errand": found, "state": _state(found), "colours": COLOURS, "acts": acts,
        "form": PageForm(form, submit=_("办结")) if form else None,
    }  # fmt: skip
    return page(request, "affairs/village/errand.html", context)
