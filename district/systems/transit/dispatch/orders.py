"""调度指令: texts to drivers, and all orders with what became of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.devices.models import CommandState
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..forecasts.queries import vehicles
from ..models import Bus, Order
from ..public.network import network_in_force
from .actions import tell
from .board import trip_url

MOST_BUSES = 200
COMMAND_BADGES = {
    "queued": "secondary",
    "sent": "azure",
    "executing": "azure",
    "done": "green",
    "failed": "red",
    "refused": "red",
    "timed_out": "orange",
    "cancelled": "secondary",
}
READY = (
    gettext_lazy("前方拥堵，请注意安全驾驶"),
    gettext_lazy("请控制车速，与前车保持间隔"),
    gettext_lazy("请按时刻表发车"),
    gettext_lazy("请立即与调度室联系"),
)


class TextForm(forms.Form):
    """To some buses, or to all of a line that are on the road."""

    line = forms.ChoiceField(label=gettext_lazy("线路（在途全部车辆）"), required=False)
    buses = forms.MultipleChoiceField(label=gettext_lazy("或选择车辆"), required=False)
    text = forms.CharField(
        label=gettext_lazy("内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "list": "ready"})
    )
    is_urgent = forms.BooleanField(label=gettext_lazy("紧急"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        network = network_in_force()
        lines, buses = self.fields["line"], self.fields["buses"]
        assert isinstance(lines, forms.ChoiceField)
        assert isinstance(buses, forms.MultipleChoiceField)
        lines.choices = [
            ("", "—"),
            *((each.route_id, each.name) for each in (network.lines if network else ())),
        ]
        known = Bus.objects.filter(state=Bus.State.IN_SERVICE, device__isnull=False)
        buses.choices = [(str(pk), number) for pk, number in known.values_list("pk", "number")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("line") and not given.get("buses"):
            raise forms.ValidationError(_("请选择线路或车辆"), code="nobody")
        return given

    def chosen(self) -> list[Bus]:
        given = self.cleaned_data
        wanted = {int(each) for each in given["buses"]}
        if given["line"]:
            wanted |= {each.bus_id for each in vehicles(given["line"]) if each.bus_id is not None}
        return list(
            Bus.objects.filter(pk__in=wanted, device__isnull=False).select_related("device")[:MOST_BUSES]
        )


def orders(request: HttpRequest) -> HttpResponseBase:
    """The form and the journal."""
    form = TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sent(request, form):
        return redirect(reverse("transit:orders"))
    table = Table(
        "orders",
        columns=[
            Column("made_at", _("下达时间"), format="second", filter="date"),
            Column("kind", _("类型"), filter="choice", choices=dict(Order.Kind.choices)),
            Column("bus.number", _("车辆"), filter="text"),
            Column("text", _("内容"), filter="text"),
            Column("start_time", _("班次"), link=_trip_link, format=lambda text: text[:5]),
            Column(
                "command.state",
                _("终端"),
                filter="choice",
                choices=dict(CommandState.choices),
                badge=COMMAND_BADGES,
            ),
            Column("command.answered_at", _("确认时间"), format="second"),
            Column("command.detail", _("说明"), shown=False),
            Column("change.title", _("向乘客公布")),
            Column("made_by.name", _("调度员"), shown=False),
        ],
        source=Order.objects.select_related("bus", "command", "change", "made_by"),
        order="-made_at",
        title=_("已下达的指令"),
        empty=_("还没有下达过指令"),
        poll_seconds=15,
        live="transit.forecasts",
    )
    answer = table.bind(request) if request.method == "POST" else table.respond(request)
    if isinstance(answer, HttpResponseBase):
        return answer
    context = {"table": table, "form": PageForm(form, submit=_("下达"), columns=2), "ready": READY}
    return page(request, "transit/dispatch/orders.html", context)


def _sent(request: HttpRequest, form: TextForm) -> bool:
    chosen = form.chosen()
    if not chosen:
        form.add_error(None, _("这条线路现在没有在途车辆"))
        return False
    try:
        for bus in chosen:
            tell(bus, form.cleaned_data["text"], request.user, is_urgent=form.cleaned_data["is_urgent"])
    except Refused as fault:
        form.add_error(None, str(fault))
        return False
    messages.success(request, _("已下达给 %(n)s 辆车") % {"n": len(chosen)})
    return True


def _trip_link(order: Order) -> str | None:
    return trip_url(order.day, order.trip_id, order.start_time) if order.trip_id else None
