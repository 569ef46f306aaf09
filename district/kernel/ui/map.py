"""The one map. Our own style over Zhoucun's towns; a system adds layers of GeoJSON in WGS-84.

    stations_map = Map(
        "stations", title=_("监测站点"),
        layers=[
            Layer("air", _("空气站"), url=reverse("environment:stations_geojson"), kind="circle",
                  colour=Steps("aqi", [(50, "#009966", _("优")), (100, "#b8860b", _("良")), (None, "#c0392b", _("污染"))]),
                  label="name", title_field="name", popup=[Field("aqi", "AQI"), Field("at", _("时间"))], link="url"),
        ],
        time_slider=TimeSlider(url="/environment/map/_frame?at={step}", steps=[("2026-11-03T10", "10时"), …], layer="air"),
    )

and `{{ ui.map(stations_map) }}`. A list of the features stands beside the map for those who do not use it; without
WebGL the list is all there is. A slider's URL answers a FeatureCollection, which replaces the layer's, or
`{feature id: {property: value}}`, which is merged into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from district.kernel.ui.chart_data import json_text

__all__ = ["Choices", "Field", "Layer", "Map", "Steps", "TimeSlider"]

CENTRE = (117.87, 36.80)
"""Zhoucun, WGS-84 longitude and latitude."""


@dataclass(frozen=True)
class Steps:
    """Colour by a number: `(upper bound, colour, text)` from low to high, the last bound None; `none` without value."""

    property: str
    steps: Sequence[tuple[float | None, str, Any]]
    none: str = "#8a94a6"
    none_text: Any = ""

    def payload(self) -> dict[str, Any]:
        return {"by": "steps", "property": self.property, "none": self.none, "noneText": str(self.none_text),
                "steps": [[bound, colour, str(text)] for bound, colour, text in self.steps]}


@dataclass(frozen=True)
class Choices:
    """Colour by a value: `(value, colour, text)`."""

    property: str
    choices: Sequence[tuple[Any, str, Any]]
    none: str = "#8a94a6"
    none_text: Any = ""

    def payload(self) -> dict[str, Any]:
        return {"by": "choices", "property": self.property, "none": self.none, "noneText": str(self.none_text),
                "steps": [[value, colour, str(text)] for value, colour, text in self.choices]}


@dataclass(frozen=True)
class Field:
    """A line of the popup and a column of the list: a property of the feature under its title."""

    property: str
    title: Any
    unit: str = ""


@dataclass(frozen=True)
class Layer:
    """Features drawn in one way. `data` is a FeatureCollection, or `url` answers one (read again on a live notice,
    and every `poll_seconds`).

    kind: circle, fill, line, heat (density, weighted by `weight`), symbol (text only).
    colour: `#rrggbb`, Steps or Choices. `size`: radius or line width in pixels.
    label: the property written beside the feature. `title_field`: the property that names it.
    link: the property that holds an address. `group` puts layers under one heading.
    """

    key: str
    title: Any
    url: str = ""
    data: Any = None
    kind: Literal["circle", "fill", "line", "heat", "symbol"] = "circle"
    colour: str | Steps | Choices = "#0b7285"
    size: float = 7
    opacity: float = 0.9
    weight: str = ""
    label: str = ""
    title_field: str = "name"
    popup: Sequence[Field] = ()
    link: str = ""
    group: Any = ""
    visible: bool = True
    cluster: bool = False
    live: str = ""
    poll_seconds: int = 0

    def payload(self) -> dict[str, Any]:
        colour = self.colour if isinstance(self.colour, str) else self.colour.payload()
        return {
            "key": self.key, "title": str(self.title), "url": self.url, "data": self.data, "kind": self.kind,
            "colour": colour, "size": self.size, "opacity": self.opacity, "weight": self.weight, "label": self.label,
            "titleField": self.title_field, "link": self.link, "group": str(self.group), "visible": self.visible,
            "cluster": self.cluster, "live": self.live, "poll": self.poll_seconds,
            "popup": [[each.property, str(each.title), each.unit] for each in self.popup],
        }


@dataclass(frozen=True)
class TimeSlider:
    """Steps through time: `steps` are `(value put into the url, text)`; starts at `start`, the last one by default."""

    url: str
    steps: Sequence[tuple[str, Any]]
    layer: str
    start: int = -1
    pause_ms: int = 900

    def payload(self) -> dict[str, Any]:
        return {"url": self.url, "steps": [[value, str(text)] for value, text in self.steps], "layer": self.layer,
                "start": self.start % max(1, len(self.steps)), "pause": self.pause_ms}


@dataclass
class Map:
    """See the module. Shows the whole district unless a `zoom` is given; `fit=True` shows the features instead."""

    name: str
    layers: Sequence[Layer] = field(default_factory=list)
    title: Any = ""
    center: tuple[float, float] = CENTRE
    zoom: float | None = None
    towns: bool = True
    fit: bool = False
    time_slider: TimeSlider | None = None

    def payload(self) -> dict[str, Any]:
        return {
            "name": self.name, "title": str(self.title), "center": list(self.center), "zoom": self.zoom,
            "towns": self.towns, "fit": self.fit, "layers": [layer.payload() for layer in self.layers],
            "slider": self.time_slider.payload() if self.time_slider else None,
        }

    def json(self) -> str:
        """The payload, safe inside a script element."""
        return json_text(self.payload())
