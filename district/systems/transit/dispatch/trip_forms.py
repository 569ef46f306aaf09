"""What can be done to a trip, each as a form."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.people.refused import Refused

from ..changes.applying import PlannedTrip
from ..forecasts.planned import plan_of
from ..models import Assignment, Bus, Run
from .actions import About, add_trip, assign_bus, cancel_trip, hold, short_turn, tell


class TripForm(forms.Form):
    """`act` does it and says what was done; it raises Refused."""

    title: ClassVar[Any] = ""
    submit: ClassVar[Any] = ""
    confirm: ClassVar[Any] = ""
    is_danger: ClassVar[bool] = False

    def __init__(self, data: Any, planned: PlannedTrip) -> None:
        super().__init__(data)
        self.planned = planned
        self.about = About(planned.day, planned.trip.trip_id, planned.start_time)
        if "bus" in self.fields:
            self._offer_buses()
        if "stop" in self.fields:
            self._offer_stops()

    def _offer_buses(self) -> None:
        """Those of the line first; the one that drives or is assigned is chosen."""
        line = self.planned.trip.route_id
        buses = sorted(
            Bus.objects.filter(state=Bus.State.IN_SERVICE),
            key=lambda bus: (line not in bus.lines, bus.number),
        )
        field = self.fields["bus"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("不派车")), *((bus.number, f"{bus.number} {bus.plate}") for bus in buses)]
        bus = bus_of(self.about)
        field.initial = bus.number if bus else ""

    def _offer_stops(self) -> None:
        plan = plan_of(self.planned.day)
        names = plan.schedule.stops if plan else {}
        field = self.fields["stop"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(place), names[stop].name) for place, stop in enumerate(self.planned.trip.pattern.stop_ids)
        ][:-1]

    def act(self, account: Any) -> str:
        raise NotImplementedError


def bus_of(about: About) -> Bus | None:
    """The bus that drives the trip by its positions, else the one assigned."""
    keyed = {"day": about.day, "trip_id": about.trip_id, "start_time": about.start_time}
    run = Run.objects.filter(**keyed, bus__isnull=False).select_related("bus__device").first()
    if run is not None:
        return run.bus
    told = Assignment.objects.filter(**keyed).select_related("bus__device").first()
    return told.bus if told else None


class AssignForm(TripForm):
    title = gettext_lazy("派车")
    submit = gettext_lazy("保存派车")
    bus = forms.ChoiceField(label=gettext_lazy("车辆"), required=False)

    def act(self, account: Any) -> str:
        bus = Bus.objects.filter(number=self.cleaned_data["bus"]).first()
        assign_bus(self.about, bus, account)
        return _("已派 %(bus)s") % {"bus": bus.number} if bus else _("已取消派车")


class TellForm(TripForm):
    title = gettext_lazy("发文字")
    submit = gettext_lazy("发送")
    text = forms.CharField(
        label=gettext_lazy("内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_urgent = forms.BooleanField(label=gettext_lazy("紧急"), required=False)

    def act(self, account: Any) -> str:
        order = tell(
            _driving(self.about),
            self.cleaned_data["text"],
            account,
            about=self.about,
            is_urgent=self.cleaned_data["is_urgent"],
        )
        return _("指令已下达给 %(bus)s") % {"bus": order.bus.number if order.bus else ""}


class HoldForm(TripForm):
    title = gettext_lazy("停站等待")
    submit = gettext_lazy("下达")
    stop = forms.ChoiceField(label=gettext_lazy("站点"))
    minutes = forms.IntegerField(label=gettext_lazy("分钟"), min_value=1, max_value=30, initial=2)

    def act(self, account: Any) -> str:
        place = int(self.cleaned_data["stop"])
        order = hold(_driving(self.about), self.cleaned_data["minutes"], place, account, self.about)
        return _("指令已下达给 %(bus)s") % {"bus": order.bus.number if order.bus else ""}


class ShortTurnForm(TripForm):
    title = gettext_lazy("区间调头")
    submit = gettext_lazy("下达并发布")
    confirm = gettext_lazy("后续站点将向乘客公布不停，继续？")
    stop = forms.ChoiceField(label=gettext_lazy("在此站调头"))

    def act(self, account: Any) -> str:
        short_turn(self.about, int(self.cleaned_data["stop"]), account, bus_of(self.about))
        return _("已下达区间调头并向乘客公布")


class CancelForm(TripForm):
    title = gettext_lazy("停开")
    submit = gettext_lazy("停开本班次")
    confirm = gettext_lazy("班次将向乘客公布为已取消，继续？")
    is_danger = True

    def act(self, account: Any) -> str:
        cancel_trip(self.about, account, bus_of(self.about))
        return _("班次已停开并向乘客公布")


class ExtraForm(TripForm):
    title = gettext_lazy("加开一班")
    submit = gettext_lazy("加开并发布")
    start = forms.RegexField(
        r"^([01]?\d|2\d):[0-5]\d$",
        label=gettext_lazy("发车时间"),
        help_text=gettext_lazy("例如 08:05；走向与站间时间同本班次"),
        error_messages={"invalid": gettext_lazy("请填写 08:05 这样的时间")},
    )
    bus = forms.ChoiceField(label=gettext_lazy("车辆"), required=False)

    def act(self, account: Any) -> str:
        bus = Bus.objects.filter(number=self.cleaned_data["bus"]).select_related("device").first()
        start = self.cleaned_data["start"].zfill(5)
        add_trip(self.about, start, account, bus)
        return _("已加开 %(start)s 发车的班次") % {"start": start}


def _driving(about: About) -> Bus:
    bus = bus_of(about)
    if bus is None:
        raise Refused("no_bus", _("这个班次还没有车辆"))
    return bus


FORMS: dict[str, type[TripForm]] = {
    "assign": AssignForm,
    "tell": TellForm,
    "hold": HoldForm,
    "short_turn": ShortTurnForm,
    "extra": ExtraForm,
    "cancel": CancelForm,
}


def form_of(doing: str, planned: PlannedTrip, data: Any) -> TripForm:
    return FORMS[doing](data, planned)
