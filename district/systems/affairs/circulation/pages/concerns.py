"""One matter: what it is about, where it is, and what its post may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from district.kernel.cases.models import Evaluation
from district.kernel.files.actions import keep_all
from district.kernel.files.models import FileLink
from district.kernel.files.refusal import Refusal
from district.kernel.people import masking
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Concern, Level
from ..actions import FILES_OF, ask_up, give_back, open_concern, settle
from ..bases import basis_of
from ..levels import above, below
from ..queries import concerns_visible_to, is_in_hand, light_of, task_of, villages_of
from ..query_code import query_code
from ..refused import Refused
from .forms import TAKEN, ConcernForm, ReasonForm, SettleForm, refused_into

LIGHT_COLOURS = {"green": "green", "yellow": "orange", "red": "red"}


@dataclass(frozen=True)
class ActPage:
    """An act of a post: its form, and how it is done with what was filled in."""

    title: Any
    icon: str
    form: type[forms.Form]
    do: Callable[[Any, Concern, dict[str, Any]], Concern]
    confirm: Any = ""


ACTS = {
    "settle": ActPage(gettext_lazy("办结"), "check", SettleForm,
                      lambda by, row, given: settle(by, row, given["way"], given["outcome"])),
    "up": ActPage(gettext_lazy("上报上一级"), "arrow-up", ReasonForm,
                  lambda by, row, given: ask_up(by, row, given["reason"]), gettext_lazy("上报后由上一级办理，继续？")),
    "back": ActPage(gettext_lazy("退回下一级"), "arrow-down", ReasonForm,
                    lambda by, row, given: give_back(by, row, given["reason"])),
}  # fmt: skip


def acts_for(account: Any, row: Concern) -> dict[str, ActPage]:
    """What the account may do with the matter now."""
    if row.settled_at is not None or not is_in_hand(account, row):
        return {}
    wanted = ["settle", *(["up"] if above(row.level) else []), *(["back"] if below(row.level) else [])]
    return {key: ACTS[key] for key in wanted}


def address_of(number: str) -> str:
    return reverse("affairs:concern", args=[number])


def in_sight(request: HttpRequest, number: str) -> Concern:
    return get_object_or_404(concerns_visible_to(request.user), case__number=number)


@part(of="circulation", path="circulation/<str:number>/")
@never_cache
def concern(request: HttpRequest, number: str) -> HttpResponseBase:
    """Parties masked; the look at the text is noted."""
    return _shown(request, in_sight(request, number), is_open=False)


@part(of="circulation", path="circulation/<str:number>/parties/", methods=("POST",))
@never_cache
def concern_parties(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same with names and telephone numbers in full, for the post that handles it."""
    row = in_sight(request, number)
    if not is_in_hand(request.user, row):
        raise Http404("not in hand")
    return _shown(request, row, is_open=True)


def _shown(request: HttpRequest, row: Concern, *, is_open: bool) -> HttpResponseBase:
    number, task = row.case.number, task_of(row)
    fields = ("matter", "parties") if is_open else ("matter",)
    record_look(
        request.user, FILES_OF, number, _("办理村级事项"), fields, address=client_address(request) or ""
    )
    parties = [
        (each.get_role_display(), each.name if is_open else masking.person_name(each.name),
         each.phone if is_open else masking.phone(each.phone))
        for each in row.parties.all()
    ]  # fmt: skip
    is_hand = is_in_hand(request.user, row)
    files = FileLink.objects.filter(subject_kind=FILES_OF, subject=number).select_related("file")
    return page(request, "affairs/circulation/concern.html", {
        "row": row, "number": number, "parties": parties, "is_open": is_open, "is_hand": is_hand, "task": task,
        "light": light_of(task), "light_colours": LIGHT_COLOURS, "moves": list(row.moves.select_related("by")),
        "acts": acts_for(request.user, row), "basis": basis_of(row.kind), "files": list(files),
        "code": query_code(number) if is_hand else "", "rate_url": reverse("affairs:rate"),
        "rating": Evaluation.objects.filter(case=row.case, side="reporter").first(), "levels": dict(Level.choices),
        "crumbs": [(_("村级微循环"), reverse("affairs:circulation"))],
    })  # fmt: skip


@part(of="circulation", path="circulation/<str:number>/<str:act>/", methods=("GET", "POST"))
@never_cache
def concern_act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    row = in_sight(request, number)
    chosen = acts_for(request.user, row).get(act)
    if chosen is None:
        raise Http404(act)
    inner = chosen.form(request.POST or None)
    form = PageForm(inner, submit=chosen.title, confirm=chosen.confirm, cancel=address_of(number))
    if form.is_valid():
        try:
            chosen.do(request.user, row, inner.cleaned_data)
        except Refused as refusal:
            refused_into(inner, refusal)
        else:
            messages.success(request, _("已办理：%(act)s") % {"act": chosen.title})
            return redirect(_next(request, number))
    context = {
        "title": chosen.title,
        "number": number,
        "note": row.get_kind_display(),
        "form": form,
        "basis": None,
    }
    return page(request, "affairs/circulation/act.html", context)


@part(of="circulation", path="circulation-new/", methods=("GET", "POST"), roles=("clerk",))
def concern_new(request: HttpRequest) -> HttpResponseBase:
    villages = villages_of(request.user)
    inner = ConcernForm(villages, request.POST or None, request.FILES or None)
    form = PageForm(inner, submit=_("登记"), cancel=reverse("affairs:circulation"), columns=2)
    if request.method == "POST" and villages and form.is_valid():
        try:
            made = registered(request.user, inner)
        except (Refused, Refusal) as refusal:
            refused_into(inner, refusal)
        else:
            messages.success(request, _("已登记 %(number)s") % {"number": made.case.number})
            return redirect(address_of(made.case.number))
    context = {
        "title": _("登记村级事项"),
        "number": "",
        "note": "",
        "form": form,
        "basis": basis_of("dispute"),
    }
    return page(request, "affairs/circulation/act.html", context)


def registered(by: Any, form: ConcernForm) -> Concern:
    """What the form says as a matter, with its files. Raises Refused or Refusal."""
    given = form.cleaned_data
    with transaction.atomic():
        files = keep_all(given["files"], by, "concern", taken=TAKEN)
        return open_concern(
            by, key=given["key"], kind=given["kind"], matter=given["matter"], village=form.village_chosen(),
            parties=form.parties(), files=files, is_confidential=given["is_confidential"],
        )  # fmt: skip


def _next(request: HttpRequest, number: str) -> str:
    """To the matter; to the list when it has gone out of sight."""
    is_seen = concerns_visible_to(request.user).filter(case__number=number).exists()
    return address_of(number) if is_seen else reverse("affairs:circulation")
