"""一证: permits, their use, duties, and each line against live evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Limit, Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..actions.permits import RefusedDuty, change_limit, fulfil_duty
from ..items import zh_of
from ..models import Permit, PermitDuty, PermitLimit, PermitQuantity
from ..permit_duties import expiry
from ..queries.permits import (
    QuantityRow,
    duty_states,
    permit_warnings,
    permits_visible_to,
    quantity_uses,
)
from ..queries.reconciliation import reconciliation
from .forms import FulfilForm, LimitForm, read_day

MONTHS = 12


def permits(request: HttpRequest) -> HttpResponseBase:
    visible = permits_visible_to(request.user)
    table = Table(
        "permits",
        columns=[
            Column("number", _("许可证编号"), filter="text", link=_permit_url),
            Column("source.name", _("企业"), filter="text"),
            Column("level", _("管理类别"), filter="choice"),
            Column(
                "status",
                _("状态"),
                filter="choice",
                choices=dict(Permit.Status.choices),
                badge={"in_force": "green", "replaced": "secondary", "cancelled": "red"},
            ),
            Column("valid_from_on", _("有效期起"), format="day"),
            Column("valid_until_on", _("有效期止"), format="day", filter="date"),
            Column("issuer", _("发证机关"), shown=False),
        ],
        source=visible,
        order="valid_until_on",
        title=_("排污许可证"),
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    uses = quantity_uses(PermitQuantity.objects.filter(permit__in=visible, year=today().year), today())
    return page(
        request,
        "environment/permits.html",
        {
            "table": table,
            "warnings": permit_warnings(visible, today(), uses),
            "chart": _shares_chart(uses),
        },
    )


def _permit_url(row: Permit) -> str:
    return reverse("environment:permit", args=[row.number])


def _shares_chart(uses: list[QuantityRow]) -> Bar:
    """How far each yearly quantity is used, the fullest first."""
    ordered = sorted(uses, key=lambda row: row.use.share, reverse=True)[:20]
    return Bar(
        title=_("许可排放量使用进度"),
        unit="%",
        horizontal=True,
        x=[_quantity_name(row) for row in ordered],
        traces=[Trace(_("已使用"), [round(100 * row.use.share, 1) for row in ordered])],
        colours=[
            "var(--tblr-red)"
            if row.use.share >= 1
            else "var(--tblr-orange)"
            if row.use.share >= 0.8
            else "var(--tblr-green)"
            for row in ordered
        ],
    )


def _quantity_name(row: QuantityRow) -> str:
    where = row.quantity.outlet.code if row.quantity.outlet else ""
    return f"{row.quantity.permit.source.name} {where} {zh_of(row.quantity.item)}".replace("  ", " ")


@part(of="permits", path="permits/<str:number>/")
def permit(request: HttpRequest, number: str) -> HttpResponseBase:
    """One permit. `?year=` chooses the year of the quantities."""
    found = get_object_or_404(permits_visible_to(request.user), number=number)
    year = int(request.GET["year"]) if request.GET.get("year", "").isdecimal() else today().year
    quantities = found.quantities.filter(year=year)
    uses = quantity_uses(quantities, today())
    limits = found.limits.select_related("outlet__device", "permit")
    ruling = [
        limit
        for limit in limits
        if limit.valid_from_on <= today()
        and (limit.valid_until_on is None or limit.valid_until_on >= today())
    ]
    return page(
        request,
        "environment/permit.html",
        {
            "permit": found,
            "expiry": expiry(found.valid_until_on, today()),
            "warnings": permit_warnings(permits_visible_to(request.user).filter(pk=found.pk), today()),
            "lines": reconciliation(ruling, now()),
            "past_limits": [limit for limit in limits if limit not in ruling],
            "uses": uses,
            "charts": [_use_chart(row) for row in uses],
            "years": sorted(set(found.quantities.values_list("year", flat=True)), reverse=True),
            "year": year,
            "duties": duty_states(found, today()),
            "may_fulfil": may(request.user, "environment.officer", "environment.enterprise"),
            "may_change": may(request.user, "environment.officer"),
            "zh_of": zh_of,
        },
    )


def _use_chart(row: QuantityRow) -> Line:
    """Cumulative mass by month against the quantity, with the projection to the end of the year."""
    months = [_("%(n)s 月") % {"n": number} for number in range(1, MONTHS + 1)]
    used = list(row.cumulative_kg)
    known = len(used)
    projected: list[float | None] = [None] * MONTHS
    if row.use.projected_kg is not None and known < MONTHS:
        start, end = used[-1], row.use.projected_kg
        for index in range(known - 1, MONTHS):
            projected[index] = start + (end - start) * (index - known + 1) / (MONTHS - known)
    return Line(
        title=f"{row.quantity.outlet.code if row.quantity.outlet else _('全厂')} {zh_of(row.quantity.item)}",
        unit="kg",
        x=months,
        zoom=False,
        traces=[
            Trace(_("累计排放"), used + [None] * (MONTHS - known), area=True),
            Trace(_("按近期速度"), projected, dashed=True),
        ],
        limits=[Limit(_("许可量"), row.quantity.allowed_kg)],
    )


@part(
    of="permits",
    path="permits/<str:number>/duties/<int:duty_id>/",
    methods=("GET", "POST"),
    roles=("officer", "enterprise"),
)
def fulfil(request: HttpRequest, number: str, duty_id: int) -> HttpResponseBase:
    found = get_object_or_404(permits_visible_to(request.user), number=number)
    duty = get_object_or_404(PermitDuty, pk=duty_id, permit=found)
    address = reverse("environment:permit", args=[number])
    start = {"period_ends_on": read_day(request.GET.get("period"), today()), "done_on": today()}
    inner = FulfilForm(request.POST or None, initial=start)
    form = PageForm(inner, submit=_("登记完成"), cancel=address, columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        try:
            fulfil_duty(
                duty,
                given["period_ends_on"],
                given["done_on"],
                account=request.user,
                today=today(),
                number=given["number"],
                note=given["note"],
            )
        except RefusedDuty as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect(address)
    return page(request, "environment/permit_duty.html", {"permit": found, "duty": duty, "form": form})


@part(
    of="permits",
    path="permits/<str:number>/limits/<int:limit_id>/",
    methods=("GET", "POST"),
    roles=("officer",),
)
def edit_limit(request: HttpRequest, number: str, limit_id: int) -> HttpResponseBase:
    found = get_object_or_404(permits_visible_to(request.user), number=number)
    limit = get_object_or_404(PermitLimit, pk=limit_id, permit=found)
    address = reverse("environment:permit", args=[number])
    inner = LimitForm(request.POST or None, initial={"from_on": today()})
    form = PageForm(
        inner,
        submit=_("变更限值"),
        cancel=address,
        columns=2,
        confirm=_("原限值将在生效前一日终止，并重新评价生效日以后的数据。继续？"),
    )
    if form.is_valid():
        try:
            change_limit(limit, inner.cleaned_data["limit"], inner.cleaned_data["from_on"], today=today())
        except ValueError as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("限值已变更"))
            return redirect(address)
    return page(
        request,
        "environment/permit_limit.html",
        {"permit": found, "limit": limit, "zh_of": zh_of, "form": form},
    )
