"""The form of a change: the fields of its kind, typed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import CHINA
from district.kernel.ui.saying import said

from ..models import Change
from ..schedule import Schedule, Trip
from ..service_time import hhmmss
from .actions import ChangeRefused, Typed
from .applying import seconds_of_day
from .sentence import Read, cause_words
from .words import heading_of

WHO = ("lines", "direction")
WHEN = ("begin_at", "end_at", "cause", "severity")
TEXTS = ("title", "text", "title_en", "text_en")
OF_KIND: dict[str, tuple[str, ...]] = {
    "detour": (*WHO, "from_stop", "to_stop", "path", "detour_stops", "new_stops"), "skip": (*WHO, "stops"),
    "moved": (*WHO, "stops", "path", "note"), "cancel": (*WHO, "departures"), "extra": (*WHO, "departures"),
    "early_last": (*WHO, "last"), "delay": (*WHO, "minutes"), "suspend": (*WHO, "stops"), "notice": (*WHO, "stops"),
}  # fmt: skip
SEVERITIES = ((2, _("一般")), (3, _("注意")), (4, _("严重")))
WIDGET = "%Y-%m-%dT%H:%M"


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WIDGET)


class ChangeForm(forms.Form):
    """Fields as of Change; `departures`, `last`, `minutes`, `from_stop` … become its `details` or `trips`."""

    lines = forms.MultipleChoiceField(label=_("线路"), required=False, help_text=_("按住 Ctrl 可多选"))
    direction = forms.ChoiceField(label=_("方向"), required=False)
    stops = forms.MultipleChoiceField(label=_("站点"), required=False)
    from_stop = forms.ChoiceField(label=_("从哪一站开始绕行"))
    to_stop = forms.ChoiceField(label=_("到哪一站恢复"))
    detour_stops = forms.MultipleChoiceField(label=_("绕行途中停靠的已有站点"), required=False)
    new_stops = forms.CharField(
        label=_("临时站点"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一个：名称 经度 纬度"),
    )  # fmt: skip
    path = forms.CharField(
        label=_("位置（每行：经度 纬度）"), required=False, widget=forms.Textarea(attrs={"rows": 4, "data-draw": "line"}),
        help_text=_("在地图上依次点击即可；绕行画途经路线，迁移点新位置"),
    )  # fmt: skip
    note = forms.CharField(label=_("新位置说明"), required=False, max_length=120)
    departures = forms.CharField(
        label=_("发车时间"), required=False, help_text=_("如 08:10、08:30；取消班次时不填为时段内全部班次")
    )
    last = forms.CharField(label=_("末班发车时间"), help_text=_("如 17:30"))
    minutes = forms.IntegerField(label=_("晚点分钟数"), min_value=1, max_value=240)
    begin_at = forms.DateTimeField(label=_("开始时间"), widget=_moment())
    end_at = forms.DateTimeField(label=_("结束时间"), required=False, widget=_moment(), help_text=_("不填为直到手动结束"))
    cause = forms.TypedChoiceField(label=_("原因"), coerce=int)
    severity = forms.TypedChoiceField(label=_("程度"), coerce=int, choices=SEVERITIES, initial=3)
    title = forms.CharField(label=_("标题"), required=False, max_length=120, help_text=_("不填则自动生成"))
    text = forms.CharField(
        label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("不填则自动生成")
    )
    title_en = forms.CharField(label=_("英文标题"), required=False, max_length=200, help_text=_("不填则自动生成"))
    text_en = forms.CharField(
        label=_("英文说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("不填则自动生成")
    )

    def __init__(self, schedule: Schedule, kind: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.schedule, self.kind = schedule, kind
        kept = (*OF_KIND[kind], *WHEN, *TEXTS)
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        self.order_fields(kept)
        self._choose()
        if kind == Change.Kind.NOTICE:
            self.fields["title"].required = True
        if kind in ("skip", "moved"):
            self.fields["stops"].required = True

    def _choose(self) -> None:
        lines = sorted(self.schedule.lines.values(), key=lambda line: (line.order, line.name))
        stops = stop_groups(self.schedule)
        plain = [("", "—"), *stops]
        choices: dict[str, Iterable[Any]] = {
            "lines": [(line.route_id, line.name) for line in lines], "stops": stops, "detour_stops": stops,
            "from_stop": plain, "to_stop": plain, "cause": [(code, said(words)) for code, words in cause_words().items()],
            "direction": [("", _("双向")), ("0", _("上行")), ("1", _("下行"))],
        }  # fmt: skip
        for name, offered in choices.items():
            if name in self.fields:
                self.fields[name].choices = offered
        for name in ("stops", "detour_stops"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"size": 8, "data-of-lines": "lines"}
        self.fields["lines"].widget.attrs["size"] = min(8, max(3, len(lines)))

    def clean_path(self) -> list[list[float]]:
        return _numbers(self.cleaned_data["path"])

    def clean_new_stops(self) -> list[dict[str, Any]]:
        found = []
        for line in self.cleaned_data["new_stops"].splitlines():
            parts = line.replace("，", " ").replace(",", " ").split()
            if not parts:
                continue
            try:
                lon, lat = float(parts[-2]), float(parts[-1])
                name = " ".join(parts[:-2])
            except (ValueError, IndexError):
                name = ""
            if not name or not (-180 <= lon <= 180 and -90 <= lat <= 90):
                words = _("临时站点每行应为“名称 经度 纬度”：%(line)s")
                raise forms.ValidationError(words, params={"line": line}, code="stop_unreadable")
            found.append({"name": name, "lat": lat, "lon": lon})
        return found

    def typed(self) -> Typed:
        """Of a valid form. Raises ChangeRefused when departures name no trips."""
        given = self.cleaned_data
        plain = Typed(
            self.kind, given["begin_at"], given["end_at"], tuple(given.get("lines") or ()), given.get("direction") or "",
            tuple(given.get("stops") or ()), cause=given["cause"], severity=given["severity"],
            **{key: given[key].strip() for key in TEXTS},
        )  # fmt: skip
        make = {"detour": self._detour, "moved": self._moved, "cancel": self._cancel, "extra": self._extra}.get(self.kind)
        if make is not None:
            return make(plain, given)
        details = {key: given[key] for key in ("last", "minutes") if key in given}
        return replace(plain, details=details)

    def _detour(self, plain: Typed, given: dict[str, Any]) -> Typed:
        return replace(plain, details={
            "from_stop": given["from_stop"], "to_stop": given["to_stop"], "path": given["path"],
            "stops": [*given["detour_stops"], *given["new_stops"]],
        })  # fmt: skip

    def _moved(self, plain: Typed, given: dict[str, Any]) -> Typed:
        lon, lat = given["path"][-1] if given["path"] else (None, None)
        return replace(plain, details={"lon": lon, "lat": lat, "note": given["note"]})

    def _cancel(self, plain: Typed, given: dict[str, Any]) -> Typed:
        asked = _clocks(given["departures"])
        trips = [trip for trip in self._trips(plain) if hhmmss(float(trip.departures[0]))[:5] in asked]
        missing = asked - {hhmmss(float(trip.departures[0]))[:5] for trip in trips}
        if missing:
            from .checking import Fault

            words = str(_("所选线路（方向）当天没有 %(times)s 发车的班次") % {"times": "、".join(sorted(missing))})
            raise ChangeRefused([Fault("departures", "departure_unknown", words, sorted(missing))])
        return replace(plain, trips=tuple(trip.trip_id for trip in trips))

    def _extra(self, plain: Typed, given: dict[str, Any]) -> Typed:
        starts = sorted(_clocks(given["departures"]))
        first = seconds_of_day(starts[0]) if starts else None
        trips = self._trips(plain)
        like = min(trips, key=lambda trip: abs(float(trip.departures[0]) - (first or 0)), default=None)
        return replace(plain, details={"like": like.trip_id if like else "", "starts": starts})

    def _trips(self, plain: Typed) -> list[Trip]:
        """Of the lines and direction, on the day it begins."""
        day = plain.begin_at.astimezone(CHINA).date()
        calendar = self.schedule.calendar
        trips = [trip for line in plain.lines for trip in self.schedule.by_route.get(line, ())]
        return [trip for trip in trips if plain.direction in ("", trip.direction) and calendar.runs(trip.service_id, day)]

    def report(self, refused: ChangeRefused) -> None:
        """Its faults beside the fields they are of."""
        beside = {"like": "lines", "starts": "departures", "trips": "departures"}
        for fault in refused.faults:
            field = beside.get(fault.field, fault.field)
            self.add_error(field if field in self.fields else None, said(fault.words))


def stop_groups(schedule: Schedule) -> list[tuple[str, list[tuple[str, str]]]]:
    """Stops by line and direction in the order of its longest pattern; those of no line last."""
    groups, seen = [], set()
    for line in sorted(schedule.lines.values(), key=lambda line: (line.order, line.name)):
        trips = schedule.by_route.get(line.route_id, ())
        for direction in sorted({trip.direction for trip in trips}):
            longest = max((trip.pattern for trip in trips if trip.direction == direction), key=lambda each: len(each.stop_ids))
            names = [(stop_id, schedule.stops[stop_id].name) for stop_id in dict.fromkeys(longest.stop_ids)]
            seen |= {stop_id for stop_id, _name in names}
            groups.append((f"{line.name} → {heading_of(schedule, line.route_id, direction)}", names))
    others = [(stop.stop_id, stop.name) for stop in schedule.stops.values() if stop.stop_id not in seen]
    return [*groups, (str(_("其他站点")), others)] if others else groups


def initial_of_read(read: Read) -> dict[str, Any]:
    """What a sentence fills in."""
    made = {key: value for key, value in asdict(read).items() if key in (*WHO, "stops", "cause")}
    departures = read.departures or read.details.get("starts") or ()
    made |= {"begin_at": _local(read.begin), "end_at": _local(read.end), "departures": "、".join(departures)}
    return made | {key: read.details[key] for key in ("last", "minutes", "from_stop", "to_stop") if key in read.details}


def initial_of(typed: Typed, schedule: Schedule) -> dict[str, Any]:
    """A change as its form shows it."""
    details = typed.details
    made: dict[str, Any] = {key: getattr(typed, key) for key in (*WHO, "stops", "cause", "severity", *TEXTS)}
    made |= {"begin_at": _local(typed.begin_at), "end_at": _local(typed.end_at)}
    made |= {key: details[key] for key in ("last", "minutes", "from_stop", "to_stop", "note") if key in details}
    path = details.get("path") or ([[details["lon"], details["lat"]]] if "lon" in details else [])
    made["path"] = "\n".join(f"{lon} {lat}" for lon, lat in path)
    stops = details.get("stops") or []
    made["detour_stops"] = [each for each in stops if isinstance(each, str)]
    made["new_stops"] = "\n".join(f"{each['name']} {each['lon']} {each['lat']}" for each in stops if isinstance(each, dict))
    starts = [hhmmss(float(schedule.trips[trip].departures[0]))[:5] for trip in typed.trips if trip in schedule.trips]
    made["departures"] = "、".join(sorted(starts) or [str(each)[:5] for each in details.get("starts") or ()])
    return made


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(CHINA) if moment else None


def _clocks(text: str) -> set[str]:
    """Times of day in a text, as `HH:MM`; what is none is kept, for the check to name it."""
    found = set()
    for part in text.replace("、", " ").replace("，", " ").replace(",", " ").replace("；", " ").split():
        seconds = seconds_of_day(part.replace("：", ":"))
        found.add(hhmmss(seconds)[:5] if seconds is not None else part)
    return found


def _numbers(text: str) -> list[list[float]]:
    found = []
    for line in text.splitlines():
        parts = line.replace(",", " ").replace("，", " ").split()
        if not parts:
            continue
        try:
            lon, lat = (float(each) for each in parts)
        except ValueError as error:
            raise forms.ValidationError(
                _("每行应为“经度 纬度”：%(line)s"), params={"line": line}, code="path_unreadable"
            ) from error
        found.append([lon, lat])
    return found
