"""Made-up reports through the real doors, and what becomes of them: for the demonstration, marked as simulated.

Programs report over Open311, citizens on their page, grid workers and the hotline through `receive`; then the posts
work on them at believable times, some slowly, some returned, refused, suspended or done again.
"""

from __future__ import annotations

import heapq
import itertools
import math
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.test import Client

from district.kernel.cases.actions import complete, evaluate, invite, suspend
from district.kernel.cases.models import Case, Task
from district.kernel.clock import now, stopped_at
from district.kernel.people.models import Account, Organisation

from .open311 import PATH
from .open311_values import is_public
from .program_keys import make_key
from .receiving import NewReport, receive
from .written import STREETS, Written, written, written_reports

DAYS = 20
CENTRE = (117.868, 36.802)
SPREAD_M, JITTER_M = 2200.0, 20.0
METRES_PER_DEGREE = 111_320.0
SHARE_DOUBLED = 0.15
REFUSED, RETURNED, UNMENDED, SUSPENDED = 0.06, 0.08, 0.1, 0.03
HOURS = {
    "accept": 0.3, "verify": 1.0, "dispatch": 0.5, "sign": 2.0, "handle": 20.0, "report": 1.0, "check": 2.0, "close": 0.3,
    "review": 2.0, "call_back": 10.0, "grid_handle": 6.0, "village_handle": 20.0, "town_handle": 30.0,
    "district_dispatch": 2.0, "district_handle": 40.0,
}  # fmt: skip
"""How long a post usually takes for a step."""
ANSWERS: dict[str, dict[str, Any]] = {
    "accept": {"accepted": "立案"}, "verify": {"verified": True}, "dispatch": {}, "sign": {"signed": "签收"},
    "handle": {"result": "已处理", "measures": "已到现场处理完毕", "outcome": "已处理完毕，感谢您的反映。"},
    "report": {"outcome": "已处理完毕，感谢您的反映。"}, "check": {"passed": True}, "close": {},
    "review": {"review": "通过"}, "call_back": {"is_reached": True, "is_solved": True, "is_satisfied": True},
    "grid_handle": {"grid_result": "已解决", "outcome": "已现场解决"}, "village_handle": {"village_result": "已解决"},
    "town_handle": {"town_result": "已解决"}, "district_dispatch": {}, "district_handle": {"outcome": "已处理"},
}  # fmt: skip

JOINED = ("handle", "town_handle", "district_handle")
ONE_IN_JOINT = 7
"""Of the cases that come to such a step, one in so many takes a second department."""

Act = Callable[[], None]


@dataclass
class Player:
    """Plays what happens in the order of its times, the clock held at each."""

    chance: random.Random
    until: datetime
    key: str

    def __post_init__(self) -> None:
        self._coming: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()
        self._client = Client(SERVER_NAME="localhost" if "*" in settings.ALLOWED_HOSTS else _host())

    def later(self, at: datetime, act: Act) -> None:
        if at < self.until:
            heapq.heappush(self._coming, (at, next(self._order), act))

    def play(self) -> None:
        while self._coming:
            at, _order, act = heapq.heappop(self._coming)
            with stopped_at(at):
                act()

    def report(self, one: Written, lon: float, lat: float) -> None:
        """One report through its door, and the first step of its case to come."""
        number = self._open311(one, lon, lat) if one.channel == "open311" else self._received(one, lon, lat)
        Case.objects.filter(number=number).update(is_simulated=True)
        self._next(number)

    def _open311(self, one: Written, lon: float, lat: float) -> str:
        given = {"api_key": self.key, "service_code": one.code, "description": one.text, "lat": lat, "long": lon,
                 "address_string": one.place}  # fmt: skip
        return self._client.post(f"/governance/{PATH}/requests.json", given).json()[0]["service_request_id"]

    def _received(self, one: Written, lon: float, lat: float) -> str:
        channel = "citizen" if one.channel == "citizen" else "hotline" if one.channel == "hotline" else "grid"
        phone = f"1390000{self.chance.randrange(10_000):04}" if channel != "grid" else ""
        report = NewReport(
            key=f"simulated:{one.channel}:{now().isoformat()}:{self.chance.randrange(10**9)}", text=one.text,
            channel=channel, lon=lon,
            lat=lat, address=one.place, phone=phone, kind="投诉" if channel == "hotline" else "", is_simulated=True,
        )  # fmt: skip
        return receive(report, _demo(channel)).case.number

    def _next(self, number: str) -> None:
        """The next step of a case, when its post gets to it."""
        task = Task.objects.filter(case__number=number, state="ready").order_by("pk").first()
        if task is None:
            return
        hours = self.chance.gammavariate(2.0, HOURS.get(task.key, 2.0) / 2.0)
        self.later(now() + timedelta(hours=hours), lambda: self._do(number, task))

    def _join(self, number: str, task: Task) -> None:
        """Another department takes part; the lead ends the step after it."""
        units = Organisation.objects.filter(kind="department").exclude(pk=task.organisation_id).order_by("code")
        if not units:
            return
        helpers = invite(task, None, [units[zlib.crc32(number.encode()) % len(units)]], "涉及贵单位职责，请协同处置")
        at = now() + timedelta(hours=HOURS[task.key] / 3)
        for helper in helpers:
            self.later(at, partial(_help, helper.pk))
        self.later(at + timedelta(hours=1), lambda: self._do(number, Task.objects.get(pk=task.pk)))

    def _do(self, number: str, task: Task) -> None:
        case = Case.objects.get(number=number)
        if case.state != "open" or not Task.objects.filter(pk=task.pk, state="ready").exists():
            return
        if task.key == "handle" and self.chance.random() < SUSPENDED:
            suspend(case, None, "需等待材料到货")
            return
        if task.key in JOINED and not task.part and _is_joint(number):
            self._join(number, task)
            return
        complete(task, None, self._answer(task, case))
        case.refresh_from_db()
        if case.closed_at is None:
            self._next(number)
        elif case.channel in ("citizen", "hotline", "open311") and self.chance.random() < 0.6:
            score = self.chance.choice((5, 5, 5, 4, 4, 3, 2))
            self.later(now() + timedelta(hours=self.chance.uniform(1, 30)),
                       lambda: _evaluate(case, score))  # fmt: skip

    def _answer(self, task: Task, case: Case) -> dict[str, Any]:
        chance = self.chance.random()
        if task.key == "accept" and chance < REFUSED:
            return {
                "accepted": "不予立案" if case.procedure == "city_case" else "不予受理",
                "refusal": "超出范围",
            }
        if task.key == "accept" and case.procedure == "hotline_order":
            return {"accepted": "派单"}
        if task.key == "handle" and case.procedure == "city_case" and chance < RETURNED:
            return {"result": "退单", "measures": "不属本单位职责"}
        if task.key == "check" and chance < UNMENDED:
            return {"passed": False, "check_note": "现场未处理到位"}
        if task.key == "grid_handle" and chance < 0.5:
            return {"grid_result": "上报村（社区）"}
        return ANSWERS.get(task.key, {})


def play(count: int = 200, seed: int = 370306) -> int:
    """Opens `count` reports over the last days and plays them up to now; returns how many cases there are of them."""
    chance = random.Random(seed)
    player = Player(chance, now(), make_key("模拟程序", is_simulator=True))
    for one in written_reports(count, seed):
        at = _moment(chance, now())
        lon, lat = _position(chance, one.place)
        shown = _public_channel(one)
        player.later(at, partial(player.report, shown, lon, lat))
        if chance.random() < SHARE_DOUBLED:
            again = written(chance, one.code, one.place, "citizen", besides=one.text)
            east, north = chance.gauss(0, JITTER_M), chance.gauss(0, JITTER_M)
            spot = (lon + east / METRES_PER_DEGREE, lat + north / METRES_PER_DEGREE)
            player.later(at + timedelta(hours=chance.expovariate(0.2)), partial(player.report, again, *spot))
    player.play()
    return Case.objects.filter(is_simulated=True, governance_reading__isnull=False).count()


def _public_channel(one: Written) -> Written:
    """Open311 offers services for city matters only."""
    if one.channel != "open311" or is_public(one.code):
        return one
    return Written(one.code, one.text, "citizen", one.place)


def _moment(chance: random.Random, until: datetime) -> datetime:
    """Sometime in the last days, mostly by day."""
    day = (until - timedelta(days=chance.uniform(0, DAYS))).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(hours=min(max(chance.gauss(13, 4), 0.1), 23.9))


def _position(chance: random.Random, place: str) -> tuple[float, float]:
    """Every named place has its own spot in the town, the same each time."""
    street = next((name for name in STREETS if place.startswith(name)), place)
    turn = 2 * math.pi * (zlib.crc32(street.encode()) % 1000) / 1000
    far = SPREAD_M * (0.2 + 0.8 * (zlib.crc32(place.encode()) % 1000) / 1000)
    east, north = far * math.cos(turn) + chance.gauss(0, 8), far * math.sin(turn) + chance.gauss(0, 8)
    return CENTRE[0] + east / METRES_PER_DEGREE / math.cos(math.radians(CENTRE[1])), CENTRE[
        1
    ] + north / METRES_PER_DEGREE


def _demo(channel: str) -> Account | None:
    role = {"hotline": "governance.clerk", "grid": "governance.grid_worker"}.get(channel, "")
    return Account.objects.filter(username=role, is_demo=True).first()


def _evaluate(case: Case, score: int) -> None:
    evaluate(case, None, side="reporter", score=score)


def _host() -> str:
    return next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host), "localhost")


def _is_joint(number: str) -> bool:
    return zlib.crc32(number.encode()) % ONE_IN_JOINT == 0


def _help(helper: int) -> None:
    """The department asked has done its part, unless the case has ended or stands still."""
    task = Task.objects.select_related("case").get(pk=helper)
    if task.is_open and task.case.state == "open":
        complete(task, None, {"result": "已处理", "measures": "已派人到场协同处置"})
