"""The plan's indicator of clause 19, measured on the points of the network."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from district.kernel.vocabulary import Fraction, KpiValue
from district.kernel.wording import term

from .queries.coverage import CoveringPoint, covering

ELEMENTS = {"air": term("环境空气"), "surface_water": term("地表水"), "noise": term("声环境")}
UNITS = {"km2": "km²", "km": "km"}
PARTS = {"air": term("环境空气"), "water": term("地表水"), "noise": term("声环境")}
"""Parts of the rate as the indicator's page shows them; that page puts them into the reader's language."""


def automation_rate(at: datetime) -> KpiValue:
    """环境质量自动化监测率: 0.4 air + 0.4 water + 0.2 noise of what is covered by points that report."""
    found = covering(at)
    if found is None:
        return KpiValue(None, at, note=term("没有区界，无法计算覆盖面积"))
    parts = {
        PARTS[name]: None if coverage.share is None else round(100 * coverage.share, 2)
        for name, coverage in found.rate.elements.items()
    }
    return KpiValue(
        None if found.rate.percent is None else round(found.rate.percent, 2),
        at,
        parts,
        tuple(_evidence(one) for one in found.points),
        term("监测覆盖按站点代表半径、河段和声功能区计算，范围为示意；24 小时内有上报的点位计入"),
        tuple(
            Fraction(name, each.covered_size, each.total_size, PARTS[name], UNITS[each.unit], found.rate.weights[name])
            for name, each in found.rate.elements.items() if each.total_size > 0
        ),
    )  # fmt: skip


def _evidence(one: CoveringPoint) -> dict[str, Any]:
    point = one.point
    seen_at = point.device.last_seen_at if point.device else None
    return {
        term("编号"): point.code,
        term("点位"): point.name,
        term("要素"): ELEMENTS[point.element],
        term("代表"): one.piece,
        term("设备"): point.device.code if point.device else "",
        term("最近上报"): seen_at.isoformat() if seen_at else "",
        term("计入"): one.is_reporting,
    }
