"""转接与审批: what waits for a lead's decision: transfers, unlocking, and what persons ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.models import Account
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import CareAppeal, CareTransfer, CareUnlock
from .. import queries
from ..actions.appeals import decide_appeal
from ..actions.transfers import accept_transfer, refuse_transfer, withdraw_transfer
from ..actions.unlocks import approve_unlock, refuse_unlock
from ..duties import LEAD, carers_for, reach_of
from ..refused import Refused
from .forms import AppealDecisionForm, TransferDecisionForm, UnlockDecisionForm
from .guarded import attempt, in_care

Row = CareTransfer | CareUnlock | CareAppeal


@in_care
def care_requests(request: HttpRequest) -> HttpResponseBase:
    own = reach_of(request.user, LEAD)
    transfers = list(queries.transfers()[:100])
    return page(
        request, "governance/care/requests.html",
        {
            "incoming": [t for t in transfers if t.state == "asked" and (t.kind, t.to_organisation_id) in own],
            "outgoing": [t for t in transfers if t.state == "asked" and (t.kind, t.from_organisation_id) in own],
            "decided": [t for t in transfers if t.state != "asked"],
            "unlocks": list(queries.waiting_unlocks()), "recent_unlocks": list(queries.recent_unlocks()[:30]),
            "appeals": list(queries.appeals()[:100]), "today": today(),
        },
    )  # fmt: skip


def _decide_transfer(by: Account, key: int, given: dict[str, Any]) -> None:
    if given["decision"] == "accept":
        accept_transfer(by, key, given["carer"], given["answer"])
    else:
        refuse_transfer(by, key, given["answer"])


def _decide_unlock(by: Account, key: int, given: dict[str, Any]) -> None:
    if given["decision"] == "approve":
        approve_unlock(by, key, given["minutes"])
    else:
        refuse_unlock(by, key)


def _decide_appeal(by: Account, key: int, given: dict[str, Any]) -> None:
    decide_appeal(by, CareAppeal.objects.get(pk=key).number, given["state"], given["grounds"])


def _transfer_form(row: Row, sent: Any) -> forms.Form:
    assert isinstance(row, CareTransfer)
    return TransferDecisionForm(carers_for(row.kind, row.to_organisation), sent)


DECISIONS: dict[
    str, tuple[Any, Callable[[Row, Any], forms.Form], Callable[[Account, int, dict[str, Any]], None]]
] = {
    "transfer": (CareTransfer, _transfer_form, _decide_transfer),
    "unlock": (CareUnlock, lambda row, sent: UnlockDecisionForm(sent), _decide_unlock),
    "appeal": (CareAppeal, lambda row, sent: AppealDecisionForm(sent), _decide_appeal),
}


@part(of="care_requests", path="care-requests/<str:what>/<int:key>/", methods=("GET", "POST"))
@in_care
def care_decide(request: HttpRequest, what: str, key: int) -> HttpResponseBase:
    """The decision on one request."""
    model, blank, do = DECISIONS.get(what, (None, None, None))
    row = model.objects.filter(pk=key).first() if model else None
    if row is None or blank is None or do is None:
        raise Http404
    address = reverse("governance:care_requests")
    inner = blank(row, request.POST or None)
    form = PageForm(inner, submit=_("提交决定"), cancel=address)
    if form.is_valid():
        try:
            do(request.user, key, inner.cleaned_data)
        except Refused as refusal:
            inner.add_error(refusal.field if refusal.field in inner.fields else None, str(refusal))
        else:
            messages.success(request, _("决定已登记"))
            return redirect(address)
    titles = {"transfer": _("接收转接"), "unlock": _("解锁审批"), "appeal": _("异议与更正决定")}
    return page(
        request,
        "governance/care/decide.html",
        {"title": titles[what], "what": what, "row": row, "form": form},
    )


@part(of="care_requests", path="care-requests/transfer/<int:key>/withdraw/", methods=("POST",))
@in_care
def care_withdraw(request: HttpRequest, key: int) -> HttpResponseBase:
    attempt(request, lambda: withdraw_transfer(request.user, key), _("已撤回"))
    return redirect("governance:care_requests")
