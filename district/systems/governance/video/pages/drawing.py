"""Cameras, what they see, and key points as layers of the map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.map import Choices, Field, Layer, Map

from ...models import Camera
from ..coverage import outline
from ..queries import Coverage, view_of
from ..words import STATE_COLOURS, STATE_WORDS

POINT_COLOURS = {"proved": "#2b8a3e", "planned": "#e8590c", "gap": "#c92a2a"}


def point_words() -> dict[str, str]:
    return {"proved": _("有可出图的摄像机"), "planned": _("有摄像机但不能出图"), "gap": _("无摄像机覆盖")}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(id: int, shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": properties,
    }


def camera_features(cameras: Iterable[Any]) -> dict[str, Any]:
    """Points, coloured by state."""
    return _collection(
        _feature(
            each.pk, "Point", [each.lon, each.lat], name=each.name, state=each.state,
            state_text=str(STATE_WORDS[each.state]), mount=str(each.get_mount_display()), code=each.code,
            url=reverse("governance:camera", args=[each.code]),
        )
        for each in cameras
    )  # fmt: skip


def view_features(cameras: Iterable[Any]) -> dict[str, Any]:
    """The areas they see, as far as nothing stands between."""
    return _collection(
        _feature(each.pk, "Polygon", [outline(view_of(each))], name=each.name, state=each.state)
        for each in cameras
    )


def point_state(found: Coverage, pk: int) -> str:
    return "proved" if found.playable_of[pk] else "planned" if found.cameras_of[pk] else "gap"


def point_features(found: Coverage) -> dict[str, Any]:
    words = point_words()
    return _collection(
        _feature(
            point.pk, "Point", [point.lon, point.lat], name=point.name, kind=str(point.get_kind_display()),
            state=point_state(found, point.pk), state_text=words[point_state(found, point.pk)],
            cameras=len(found.cameras_of[point.pk]),
        )
        for point in found.points
    )  # fmt: skip


def state_choices() -> Choices:
    return Choices("state", [(key, STATE_COLOURS[key], text) for key, text in STATE_WORDS.items()])


def camera_map(found: Camera) -> Map:
    """One camera with what it sees."""
    return Map(
        "camera", title=_("位置与视域"), fit=True,
        layers=[
            Layer("view", _("视域"), kind="fill", opacity=0.3, colour=state_choices(), data=view_features([found])),
            Layer("camera", _("摄像机"), colour=state_choices(), size=8, data=camera_features([found]),
                  popup=[Field("state_text", _("状态")), Field("mount", _("类型"))]),
        ],
    )  # fmt: skip
