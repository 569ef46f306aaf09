"""What a passenger says becomes a case; how it was answered is rated once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.cases.actions import evaluate, open_case
from district.kernel.cases.models import Case, Evaluation
from district.kernel.files.models import StoredFile

from ..public.network import network_in_force

SYSTEM, PROCEDURE = "transit", "passenger_feedback"


class About(models.TextChoices):
    DELAY = "delay", gettext_lazy("晚点或甩站")
    FORECAST = "forecast", gettext_lazy("到站预报或站牌不准")
    SERVICE = "service", gettext_lazy("服务态度")
    SAFETY = "safety", gettext_lazy("行车安全")
    VEHICLE = "vehicle", gettext_lazy("车况卫生")
    ROUTE = "route", gettext_lazy("线路站点建议")
    LOST = "lost", gettext_lazy("失物查找")
    PRAISE = "praise", gettext_lazy("表扬")


@dataclass(frozen=True)
class Said:
    """What a passenger sends. `key` makes it once, however often it is sent; `happened_at` when it was."""

    key: str
    about: str
    text: str
    line: str = ""
    stop: str = ""
    bus: str = ""
    happened_at: datetime | None = None
    name: str = ""
    phone: str = ""


def send(
    said: Said,
    files: Sequence[StoredFile] = (),
    *,
    is_simulated: bool = False,
    opened_at: datetime | None = None,
) -> Case:
    """The case of it; where it was is that of the stop. Raises Refused of the cases."""
    network = network_in_force()
    stop = network.schedule.stops.get(said.stop) if network else None
    line = network.line(said.line).name if network and said.line in network.ways else ""
    about = About(said.about)
    where = [
        each
        for each in (line, stop.name if stop else "", _("车号 %(n)s") % {"n": said.bus} if said.bus else "")
        if each
    ]
    title = " · ".join((str(about.label), *where))[:120]
    place: dict[str, Any] = {"lon": stop.lon, "lat": stop.lat, "address": stop.name} if stop else {}
    return open_case(
        system=SYSTEM, procedure=PROCEDURE, idempotency_key=f"feedback:{said.key}"[:120], title=title, channel="web",
        text=said.text, kind=said.about, reporter={"name": said.name, "phone": said.phone}, place=place,
        form={
            "line": said.line, "stop": said.stop, "bus": said.bus,
            "happened_at": said.happened_at.isoformat() if said.happened_at else "",
        },
        files=files, is_simulated=is_simulated, opened_at=opened_at,
    )  # fmt: skip


def rate(case: Case, score: int, text: str = "") -> Evaluation:
    """By who sent it, 1 to 5, once, when it is answered. Raises Refused."""
    return evaluate(case, None, side="reporter", score=score, text=text)
