"""热点: where more happens than chance would put there, explained finding by finding."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.people.access import scope_of
from district.kernel.ui.map import Field, Layer, Map, Steps
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ...models import TrendKind
from ..actions.reckoning import hot_spots_in
from ..cells import outline
from ..queries.events import kind_names, villages_near
from ..queries.trends import last_whole_day, newest
from .early_warnings import small

RISKS = [
    (1.5, "#ffe066", "≤ 1.5"),
    (2.5, "#ff922b", "≤ 2.5"),
    (5, "#e8590c", "≤ 5"),
    (None, "#a61e4d", "> 5"),
]


def hot_spots(request: HttpRequest) -> HttpResponseBase:
    """`?kind=E01` for one kind. Those with a part of the district see the findings of their part."""
    kinds = {code: _(name) for code, name in kind_names().items() if code and code != "?"}
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    scope = scope_of(request.user, "governance")
    kept = newest(TrendKind.HOT_SPOTS) if scope.is_whole and not kind else None
    found = kept.result if kept else hot_spots_in(scope, kind, last_whole_day())
    for one, near in _with_names([*found["clusters"], *found["cells"]]):
        one["near"] = near
    table = Table(
        "clusters",
        columns=[
            Column("near", _("附近村（社区）")),
            Column("days", _("持续（天）"), format=0),
            Column("observed", _("件数"), format=0),
            Column("expected", _("应有"), format=1),
            Column("relative_risk", _("相对风险"), format=1),
            Column("p", "p", format=3),
            Column("cells", _("范围（H3 单元）"), value=lambda row: len(row["cells"]), format=0),
            Column("centre", _("中心单元")),
        ],
        source=found["clusters"], order="p", title=_("新发热点"), empty=_("没有统计上显著的新发热点"),
    )  # fmt: skip
    cells = _cells_table(found)
    context = {
        "found": found, "table": table, "map": _map(found), "kinds": kinds, "kind": kind,
        "cells_table": cells,
    }  # fmt: skip
    answer = table.respond(request) or cells.respond(request)
    return answer or page(request, "governance/insight/hot_spots.html", context)


def _with_names(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    return list(zip(rows, villages_near([tuple(one["at"]) for one in rows]), strict=True))


def _cells_table(found: dict[str, Any]) -> Table:
    return Table(
        "cells",
        columns=[
            Column("near", _("附近村（社区）")),
            Column("cell", _("H3 单元")),
            Column("events", _("本单元件数"), format=0),
            Column("observed", _("含周边件数"), format=0),
            Column("expected", _("应有"), format=1),
            Column("relative_risk", _("相对风险"), format=1),
            Column("p", "p", format=small),
            Column("q", _("校正后 q"), format=small),
        ],
        source=found["cells"], order="q", title=_("常年热点单元"), empty=_("没有统计上显著的热点单元"), per_page=20,
    )  # fmt: skip


def _map(found: dict[str, Any]) -> Map:
    risk = Steps("relative_risk", RISKS)
    popup = [Field("observed", _("件数")), Field("expected", _("应有")), Field("relative_risk", _("相对风险")),
             Field("sure", _("显著性"))]  # fmt: skip
    cells = [
        _feature(place, [outline(one["cell"])], one, _("热点单元"), f"q = {one['q']:.4f}")
        for place, one in enumerate(found["cells"], start=1)
    ]
    clusters = [
        _feature(1000 + place, [outline(cell) for cell in one["cells"]], one,
                 _("新发热点 %(n)s（%(days)s 天）") % {"n": place, "days": one["days"]}, f"p = {one['p']:.3f}")
        for place, one in enumerate(found["clusters"], start=1)
    ]  # fmt: skip
    return Map(
        "hot-spots", title=_("热点地图"),
        layers=[
            Layer("cells", _("常年热点（Gi*，q ≤ 0.05）"), kind="fill", colour=risk, opacity=0.5, popup=popup,
                  data={"type": "FeatureCollection", "features": cells}),
            Layer("clusters", _("新发热点（时空扫描，p ≤ 0.05）"), kind="fill", colour="#5f3dc4", opacity=0.55,
                  popup=popup, data={"type": "FeatureCollection", "features": clusters}),
        ],
    )  # fmt: skip


def _feature(number: int, rings: list[Any], one: dict[str, Any], name: str, sure: str) -> dict[str, Any]:
    return {
        "type": "Feature", "id": number,
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
        "properties": {"name": name, "observed": one["observed"], "expected": round(one["expected"], 1),
                       "relative_risk": round(one["relative_risk"], 1), "sure": sure},
    }  # fmt: skip
