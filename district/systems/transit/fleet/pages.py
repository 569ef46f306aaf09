"""公交车辆: the list of buses, one bus, adding and changing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now, today
from district.kernel.devices.models import LatestPosition
from district.kernel.people.access import may
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Assignment, Bus, Order, Run
from ..public.network import network_in_force
from .actions import MOST_PEOPLE, Kept, keep_bus

KEEPER = "transit.operator"
BUS_BADGES = {"in_service": "green", "workshop": "orange", "retired": "secondary"}
SHOWN_RUNS = 30


class BusForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("自编号"), max_length=20)
    plate = forms.CharField(label=gettext_lazy("车牌号"), max_length=12, required=False)
    operator = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("运营单位"), required=False
    )
    lines = forms.MultipleChoiceField(
        label=gettext_lazy("所属线路"), required=False, help_text=gettext_lazy("不选表示任何线路都可派")
    )
    seats = forms.IntegerField(label=gettext_lazy("座位数"), min_value=0, max_value=MOST_PEOPLE, initial=30)
    capacity = forms.IntegerField(
        label=gettext_lazy("核定载客"), min_value=0, max_value=MOST_PEOPLE, initial=75
    )
    state = forms.ChoiceField(label=gettext_lazy("状态"), choices=Bus.State.choices)
    is_accessible = forms.BooleanField(label=gettext_lazy("无障碍车辆"), required=False)

    def __init__(self, data: Any, bus: Bus | None) -> None:
        names = ("number", "plate", "operator", "lines", "seats", "capacity", "state", "is_accessible")
        super().__init__(data, initial={name: getattr(bus, name) for name in names} if bus else None)
        network = network_in_force()
        lines, operator = self.fields["lines"], self.fields["operator"]
        assert isinstance(lines, forms.MultipleChoiceField)
        assert isinstance(operator, forms.ModelChoiceField)
        known = [(each.route_id, each.name) for each in (network.lines if network else ())]
        # A line of an edition that is over stays until somebody takes it away.
        known += [(each, each) for each in (bus.lines if bus else ()) if each not in dict(known)]
        lines.choices = known
        operator.queryset = Organisation.objects.order_by("path")

    def kept(self) -> Kept:
        given = self.cleaned_data
        return Kept(
            given["number"],
            given["plate"],
            tuple(given["lines"]),
            given["seats"],
            given["capacity"],
            given["is_accessible"],
            given["state"],
            given["operator"],
        )


def buses(request: HttpRequest) -> HttpResponseBase:
    network = network_in_force()
    names = {each.route_id: each.name for each in (network.lines if network else ())}
    table = Table(
        "buses",
        columns=[
            Column(
                "number", _("自编号"), filter="text", link=lambda bus: reverse("transit:bus", args=[bus.pk])
            ),
            Column("plate", _("车牌号"), filter="text"),
            Column(
                "lines",
                _("所属线路"),
                sortable=False,
                format=lambda lines: "、".join(names.get(each, each) for each in lines),
            ),
            Column("state", _("状态"), filter="choice", choices=dict(Bus.State.choices), badge=BUS_BADGES),
            Column("device.code", _("车载终端"), filter="text"),
            Column(
                "device.is_online",
                _("在线"),
                choices={True: _("在线"), False: _("离线")},
                badge={True: "green", False: "secondary"},
            ),
            Column("device.last_seen_at", _("最近上报"), format="ago"),
            Column("seats", _("座位数"), format=0, shown=False),
            Column("capacity", _("核定载客"), format=0),
            Column("is_accessible", _("无障碍"), filter="choice", choices={True: _("是"), False: _("否")}),
            Column("operator.name", _("运营单位"), filter="text", shown=False),
            Column(
                "is_simulated",
                _("模拟"),
                filter="choice",
                choices={True: _("模拟"), False: _("实际")},
                shown=False,
            ),
        ],
        source=Bus.objects.select_related("device", "operator"),
        order="number",
        title=_("公交车辆"),
        empty=_("还没有登记车辆"),
    )
    return table.respond(request) or page(
        request, "transit/fleet/buses.html", {"table": table, "may_keep": may(request.user, KEEPER)}
    )


@part(of="buses", path="buses/new", methods=("GET", "POST"), roles=("operator",))
def new_bus(request: HttpRequest) -> HttpResponseBase:
    return _edited(request, None)


@part(of="buses", path="buses/<int:pk>/edit", methods=("GET", "POST"), roles=("operator",))
def edit_bus(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _edited(request, get_object_or_404(Bus, pk=pk))


def _edited(request: HttpRequest, bus: Bus | None) -> HttpResponseBase:
    form = BusForm(request.POST or None, bus)
    if form.is_valid():
        try:
            kept = keep_bus(form.kept(), bus)
        except Refused as fault:
            form.add_error(fault.field or None, str(fault))
        else:
            messages.success(request, _("已保存 %(bus)s") % {"bus": kept.number})
            return redirect("transit:bus", kept.pk)
    cancel = reverse("transit:bus", args=[bus.pk]) if bus else reverse("transit:buses")
    context = {"form": PageForm(form, submit=_("保存"), cancel=cancel, columns=2), "bus": bus}
    return page(request, "transit/fleet/edit.html", context)


@part(of="buses", path="buses/<int:pk>")
def bus(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is kept of a bus, where it is, what it drove and is to drive."""
    found = get_object_or_404(Bus.objects.select_related("device", "operator"), pk=pk)
    network = network_in_force()
    context = {
        "bus": found,
        "lines": [network.line(each).name if network else each for each in found.lines],
        "runs": Run.objects.filter(bus=found).order_by("-begins_at")[:SHOWN_RUNS],
        "assigned": Assignment.objects.filter(bus=found, day=today()).order_by("start_time"),
        "orders": Order.objects.filter(bus=found).select_related("command")[:10],
        "place": LatestPosition.objects.filter(device_id=found.device_id).first()
        if found.device_id
        else None,
        "names": {each.route_id: each.name for each in (network.lines if network else ())},
        "badges": BUS_BADGES,
        "may_keep": may(request.user, KEEPER),
        "replay_url": f"{reverse('transit:replay')}?{_last_hour(found)}",
    }
    return page(request, "transit/fleet/bus.html", context)


def _last_hour(bus: Bus) -> str:
    """What the replay is asked for."""
    begin = f"{max(now().hour - 1, 0):02d}:00"
    return urlencode({"day": today(), "begin": begin, "minutes": 60, "line": "", "bus": bus.number})
