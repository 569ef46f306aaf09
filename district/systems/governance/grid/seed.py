"""A grid, posts, key places and patrols to look at: schematic shapes, invented places, simulated rounds.

Running it again changes nothing that is there. Rounds are made for the last days only, by the district's own clock.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.contrib.auth.hashers import make_password
from shapely.geometry import Polygon, mapping, shape

from district.kernel.clock import CHINA, now
from district.kernel.people.demo import is_wanted
from district.kernel.people.models import Account, Duty, Kind, Organisation, ScopeKind
from district.kernel.places.geo import area_m2, is_within
from district.kernel.places.models import Division, Level
from district.kernel.places.schematic import spread, town_shapes

from ..models import (
    CellDuty,
    CellKind,
    CheckPoint,
    GridCell,
    Inspection,
    KeyPlace,
    KeyPlaceKind,
    Patrol,
    PatrolPlan,
    Post,
    PostKind,
    Shift,
    TrackPoint,
)
from .actions.inspections import record_inspection
from .actions.patrols import TRACK_TERM_DAYS, end_patrol
from .checklists import checklist, checklists
from .track import Fix

SEED = 370306
STARTED = datetime(2021, 9, 1, tzinfo=CHINA)
WORKER = "governance.grid_worker"
SURNAMES = "王李张刘陈杨赵黄周吴"
ROUND_DAYS = 6
PLACES = (
    (KeyPlaceKind.SCHOOL, "中心学校", 1, "school", 30),
    (KeyPlaceKind.HOSPITAL, "卫生院", 1, "general", 30),
    (KeyPlaceKind.MARKET, "农贸市场", 2, "market", 30),
    (KeyPlaceKind.UTILITY, "变电站", 2, "general", 60),
    (KeyPlaceKind.WAREHOUSE, "物流仓库", 2, "warehouse", 60),
)


def seed_grid() -> None:
    """Needs the divisions and the organisations."""
    seed_cells()
    seed_protection()
    workers = seed_workers()
    if workers:
        seed_duties(workers)
        seed_patrols(workers)
        seed_inspections(workers)


def seed_workers() -> list[Account]:
    """An invented grid worker in each town, who cannot sign in; none where no demonstration is wanted."""
    if not is_wanted():
        return []
    units = {unit.division_code: unit for unit in Organisation.objects.filter(kind=Kind.TOWN)}
    made = []
    for number, town in enumerate(_towns()):
        unit = units.get(town.code)
        if unit is None:
            continue
        surname = SURNAMES[number % len(SURNAMES)]
        account, is_new = Account.objects.get_or_create(
            username=f"WG{town.code}",
            defaults={"name": f"{surname}某（模拟）", "organisation": unit, "password": make_password(None),
                      "password_changed_at": now()},
        )  # fmt: skip
        if is_new:
            Duty.objects.create(
                account=account, role=WORKER, organisation=unit, scope=ScopeKind.OWN, reason="模拟"
            )
        made.append(account)
    return made


def _towns() -> list[Division]:
    return list(Division.objects.filter(level=Level.TOWN, polygon__isnull=False).order_by("code"))


def seed_cells() -> int:
    """One cell for each village and community, half-way lines between them: schematic, marked so."""
    if GridCell.objects.exists():
        return 0
    made = []
    for town in _towns():
        villages = {one.code: one for one in town.children.order_by("code")}
        border = shape(town.polygon)
        inside = {
            code: (one.lon, one.lat) for code, one in villages.items() if is_within(one.lon, one.lat, border)
        }
        for code, found in town_shapes(inside, border).items() if len(inside) > 1 else []:
            made.append(_cell(villages[code], _largest(found)))
    GridCell.objects.bulk_create(made)
    return len(made)


def _cell(village: Division, ground: Polygon) -> GridCell:
    west, south, east, north = ground.bounds
    is_urban = "社区" in village.name or "居" in village.name
    return GridCell(
        code=f"{village.code}001", name=f"{village.name}第一网格", division_code=village.code,
        kind=CellKind.RESIDENT if is_urban else CellKind.VILLAGE, polygon=mapping(ground), west=west, south=south,
        east=east, north=north, area_m2=area_m2(ground), is_schematic=True, valid_from=STARTED, reason="示意划分",
    )  # fmt: skip


def _largest(found: Any) -> Polygon:
    pieces = list(getattr(found, "geoms", [found]))
    return max((piece for piece in pieces if isinstance(piece, Polygon)), key=lambda piece: piece.area)


def seed_protection() -> None:
    """In each town a centre, two booths, and key places; where they stand is invented."""
    if Post.objects.exists() or KeyPlace.objects.exists():
        return
    for town in _towns():
        spots = spread(10, shape(town.polygon))
        short = town.name.removesuffix("街道办事处").removesuffix("街道").removesuffix("镇")
        kinds = (
            (PostKind.CENTRE, "综治中心"),
            (PostKind.BOOTH, "治安岗亭"),
            (PostKind.CHECKPOINT, "治安卡点"),
        )
        for number, (kind, name) in enumerate(kinds, start=1):
            lon, lat = (town.lon, town.lat) if kind == PostKind.CENTRE else spots[number]
            Post.objects.create(
                code=f"P{town.code}{number:02d}", name=f"{short}{name}（模拟）", kind=kind, lon=lon, lat=lat,
                division_code=town.code, reach_m=1500, is_simulated=True,
            )  # fmt: skip
        for number, (kind, name, level, asked, days) in enumerate(PLACES, start=1):
            lon, lat = (
                spots[number + 3] if number > 2 else (spots[number][0] + 0.003, spots[number][1] + 0.003)
            )
            KeyPlace.objects.create(
                code=f"K{town.code}{number:02d}", name=f"{short}{name}（模拟）", kind=kind, level=level, lon=lon, lat=lat,
                division_code=town.code, checklist=asked, inspect_every_days=days, is_simulated=True,
            )  # fmt: skip


def seed_duties(workers: list[Account]) -> None:
    """The worker of a town leads its cells and has a week of shifts at its posts."""
    if CellDuty.objects.exists():
        return
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    for worker in workers:
        town = worker.organisation.division_code
        codes = GridCell.objects.filter(division_code__startswith=town, valid_to=None).order_by("code")
        CellDuty.objects.bulk_create(
            [CellDuty(cell_code=cell.code, account=worker, is_lead=True, from_at=now()) for cell in codes]
        )
        post = Post.objects.filter(division_code=town).order_by("code").first()
        for day in range(7):
            morning = midnight + timedelta(days=day, hours=8)
            Shift.objects.create(
                account=worker, post=post, starts_at=morning, ends_at=morning + timedelta(hours=12)
            )


def seed_patrols(workers: list[Account]) -> None:
    """A plan for each town through its key places, and simulated rounds on the last days."""
    for town in _towns():
        places = list(KeyPlace.objects.filter(division_code=town.code).order_by("code"))
        if not places or PatrolPlan.objects.filter(name=f"{town.name}日常巡防").exists():
            continue
        plan = PatrolPlan.objects.create(
            name=f"{town.name}日常巡防", division_code=town.code, is_simulated=True, minutes=90,
            cell_codes=_cells_along(places),
        )  # fmt: skip
        for number, place in enumerate(places, start=1):
            CheckPoint.objects.create(
                plan=plan,
                place=number,
                name=place.name,
                lon=place.lon,
                lat=place.lat,
                radius_m=80,
                key_place=place,
            )
    if Patrol.objects.exists():
        return
    chance = random.Random(SEED)
    for worker in workers:
        plan = PatrolPlan.objects.filter(
            is_simulated=True, division_code=worker.organisation.division_code
        ).first()
        for back in range(ROUND_DAYS, 0, -2):
            if plan is not None:
                _round(plan, worker, now() - timedelta(days=back), chance)


def _cells_along(places: list[KeyPlace]) -> list[str]:
    """The cells a straight walk through the places leads through."""
    fixes = _walk([(place.lon, place.lat) for place in places], STARTED, 40, random.Random(SEED))
    found = set()
    for fix in fixes:
        boxed = GridCell.objects.filter(
            valid_to=None, west__lte=fix.lon, east__gte=fix.lon, south__lte=fix.lat, north__gte=fix.lat
        )
        found |= {cell.code for cell in boxed if is_within(fix.lon, fix.lat, shape(cell.polygon))}
    return sorted(found)


def _walk(stops: list[tuple[float, float]], at: datetime, steps: int, chance: random.Random) -> list[Fix]:
    """Points from stop to stop, a minute apart, with the scatter of a receiver."""
    fixes: list[Fix] = []
    for (lon, lat), (next_lon, next_lat) in pairwise(stops):
        for step in range(steps):
            share = step / steps
            fixes.append(Fix(
                at + timedelta(seconds=30 * len(fixes)), lon + (next_lon - lon) * share + chance.gauss(0, 4e-5),
                lat + (next_lat - lat) * share + chance.gauss(0, 4e-5), 8.0,
            ))  # fmt: skip
    return fixes


def _round(plan: PatrolPlan, worker: Account, day: datetime, chance: random.Random) -> None:
    started_at = day.replace(hour=9, minute=0, second=0, microsecond=0)
    stops = [(point.lon, point.lat) for point in plan.check_points.order_by("place")]
    fixes = _walk(stops[: len(stops) - chance.randrange(2)], started_at, 40, chance)
    patrol = Patrol.objects.create(
        plan=plan, account=worker, division_code=plan.division_code, started_at=started_at, is_simulated=True,
        delete_track_on=started_at.date() + timedelta(days=TRACK_TERM_DAYS),
    )  # fmt: skip
    TrackPoint.objects.bulk_create(
        [
            TrackPoint(patrol=patrol, at=fix.at, lon=fix.lon, lat=fix.lat, accuracy_m=fix.accuracy_m)
            for fix in fixes
        ]
    )
    end_patrol(patrol, fixes[-1].at + timedelta(minutes=1))


def seed_inspections(workers: list[Account]) -> None:
    """Two thirds of the key places were inspected in the last weeks; some had faults. They open no cases."""
    if Inspection.objects.exists():
        return
    chance = random.Random(SEED)
    of_town = {worker.organisation.division_code: worker for worker in workers}
    for place in KeyPlace.objects.filter(is_simulated=True).order_by("code"):
        if chance.random() > 2 / 3:
            continue
        items = checklist(place.checklist if place.checklist in checklists() else "general").items
        answers = {item.key: "fault" if chance.random() < 0.06 else "ok" for item in items}
        at = now() - timedelta(days=chance.randrange(1, 45), hours=chance.randrange(8))
        record_inspection(
            key=f"seed-{place.code}", answers=answers, account=of_town.get(place.division_code), key_place=place,
            at=at, is_simulated=True, opens_cases=False,
        )  # fmt: skip
