"""值班: who is on duty, whose turn it is, who changes with whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import day_bounds, now, today
from district.kernel.people.access import may
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Shift, Swap
from .. import queries
from ..actions import duty as actions
from ..forms import LogForm, RosterForm, SwapForm, report
from ..posts import ACTING, own_units, staff_of

SHOWN_DAYS = 14
COUNTED_DAYS = 90


def duty(request: HttpRequest) -> HttpResponseBase:
    """Today, the days ahead, fairness of the last months; a roster is dealt out here."""
    units = own_units(request.user)
    people = staff_of(units) if units else Account.objects.none()
    form = RosterForm(
        people, units, request.POST or None, initial={"first": today(), "last": today() + timedelta(days=13)}
    )
    if request.method == "POST" and may(request.user, *ACTING) and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.deal_out(
                given["organisation"], list(given["people"]), given["first"], given["last"], request.user
            )
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("已排 %(n)s 个班次") % {"n": len(made)})
            return redirect("affairs:duty")
    rows = queries.shifts_visible_to(request.user)
    table = _table(rows.filter(ends_at__gt=now() - timedelta(days=SHOWN_DAYS)))
    context = {
        "table": table, "on_duty": queries.on_duty(request.user, now()), "chart": _turns(rows),
        "form": PageForm(form, submit=_("排班"), columns=2) if units else None,
        "swaps": queries.swaps_asked_of(request.user),
    }  # fmt: skip
    return table.respond(request) or page(request, "affairs/village/duty.html", context)


def _table(rows: Any) -> Table:
    return Table(
        "shifts",
        columns=[
            Column("starts_at", _("开始"), format="moment", filter="date", link=_shift_address),
            Column("ends_at", _("结束"), format="moment"),
            Column("account.name", _("值班人"), filter="text"),
            Column("organisation.name", _("单位"), filter="text"),
            Column("log", _("值班记录"), filter="text"),
        ],
        source=rows, order="starts_at", title=_("值班表"), per_page=20, empty=_("没有班次"),
    )  # fmt: skip


def _shift_address(row: Shift) -> str:
    return reverse("affairs:shift", args=[row.pk])


def _turns(rows: Any) -> Bar:
    """How many days each has had and will have, so that the fair share is seen."""
    since = day_bounds(today() - timedelta(days=COUNTED_DAYS))[0]
    counts: dict[str, int] = {}
    for name in rows.filter(starts_at__gte=since).values_list("account__name", flat=True):
        counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])[:30]
    return Bar(
        title=_("每人值班天数（近 %(n)s 天及以后）") % {"n": COUNTED_DAYS}, unit=_("天"), decimals=0, horizontal=True,
        x=[name for name, _count in ranked], traces=[Trace(_("天数"), [count for _name, count in ranked])],
    )  # fmt: skip


@part(of="duty", path="duty/shifts/<int:shift_id>/")
def shift(request: HttpRequest, shift_id: int) -> HttpResponseBase:
    found = get_object_or_404(queries.shifts_visible_to(request.user), pk=shift_id)
    return _shift_page(request, found)


@part(
    of="duty",
    path="duty/shifts/<int:shift_id>/<slug:act>",
    methods=("POST",),
    roles=("clerk", "town", "manager"),
)
def shift_act(request: HttpRequest, shift_id: int, act: str) -> HttpResponseBase:
    """What happened is written down, a change is asked for, the shift is cancelled."""
    found = get_object_or_404(queries.shifts_visible_to(request.user), pk=shift_id)
    form: Any = (
        _swap_form(found, request.POST) if act == "swap" else LogForm(request.POST) if act == "log" else None
    )
    if act not in ("swap", "log", "cancel"):
        raise Http404(act)
    if form is not None and not form.is_valid():
        return _shift_page(request, found, {act: form})
    try:
        if act == "cancel":
            actions.cancel(found, request.user)
        elif act == "log":
            actions.write_log(found, request.user, form.cleaned_data["log"])
        else:
            given = form.cleaned_data
            actions.ask_swap(found, given["other"], request.user, given["reason"], given["in_return"])
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect("affairs:shift", found.pk)
        report(form, refused)
        return _shift_page(request, found, {act: form})
    messages.success(request, _("已办理"))
    return redirect("affairs:duty")


@part(
    of="duty",
    path="duty/swaps/<int:swap_id>/<slug:act>",
    methods=("POST",),
    roles=("clerk", "town", "manager"),
)
def swap_act(request: HttpRequest, swap_id: int, act: str) -> HttpResponseBase:
    found = get_object_or_404(queries.swaps_asked_of(request.user), pk=swap_id)
    try:
        if act in ("agree", "decline"):
            actions.answer_swap(found, request.user, act == "agree")
        elif act == "withdraw":
            actions.withdraw_swap(found, request.user)
        else:
            raise Http404(act)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已答复"))
    return redirect("affairs:duty")


def _swap_form(found: Shift, data: Any) -> SwapForm:
    people = staff_of([found.organisation]).exclude(pk=found.account_id)
    shifts = Shift.objects.filter(
        organisation=found.organisation, cancelled_at=None, starts_at__gt=now()
    ).exclude(account=found.account_id)
    return SwapForm(people, shifts.select_related("account"), data, prefix="swap")


def _shift_page(request: HttpRequest, found: Shift, given: dict[str, Any] | None = None) -> HttpResponseBase:
    forms = given or {}
    is_mine = found.account_id == request.user.pk
    shown = []
    if is_mine and found.starts_at <= now():
        log = forms.get("log") or LogForm(initial={"log": found.log})
        shown.append(PageForm(log, submit=_("写值班记录"), action="log"))
    if is_mine and found.starts_at > now():
        shown.append(
            PageForm(forms.get("swap") or _swap_form(found, None), submit=_("申请换班"), action="swap")
        )
    context = {
        "shift": found, "forms": shown, "swaps": Swap.objects.filter(shift=found).select_related("other", "asked_by"),
        "may_cancel": may(request.user, *ACTING) and found.starts_at > now(),
    }  # fmt: skip
    return page(request, "affairs/village/shift.html", context)
