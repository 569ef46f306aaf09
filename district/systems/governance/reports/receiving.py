"""A report comes in, whatever the channel: read, placed, routed, opened once, compared with what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions import link, open_case
from district.kernel.cases.models import Case, LinkKind
from district.kernel.cases.refused import Refused
from district.kernel.clock import now

from ..models import Reading
from ..reading.classes import class_of_code
from ..reading.duplicates import SURE
from .doubles import LikelyDouble, likely_doubles
from .places import place_of, village_unit
from .query_code import query_code
from .reader import district_reader
from .routing import CALL_KINDS, SYSTEM, procedure_for, proposed_route

CHANNELS = ("hotline", "citizen", "grid", "department", "import", "open311", "video", "sensor", "alarm")
LONGEST_TEXT = 4000
TITLE_CHARACTERS = 40


@dataclass(frozen=True)
class NewReport:
    """What somebody tells. `key` makes it once; `code` is a class a person has chosen, `kind` that of a call."""

    key: str
    text: str
    channel: str
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    name: str = ""
    phone: str = ""
    kind: str = ""
    code: str = ""
    files: Sequence[Any] = ()
    is_simulated: bool = False
    opened_at: datetime | None = None
    form: dict[str, Any] | None = None


@dataclass(frozen=True)
class Received:
    """`doubles` are open cases it may be of; the code is what the reporter asks with."""

    case: Case
    reading: Reading
    doubles: tuple[LikelyDouble, ...]

    @property
    def query_code(self) -> str:
        return query_code(self.case.number)


@transaction.atomic
def receive(report: NewReport, account: Any = None) -> Received:
    """Opens the case of a report. The same key gives the same case. Raises Refused naming the field."""
    _check(report)
    place = place_of(report.lon, report.lat, report.address.strip())
    proposed = district_reader().propose(report.text, place=report.address, top=1)[0]
    code = report.code or proposed.code
    route = proposed_route(code, report.channel, report.kind, place.town_unit)
    case = open_case(
        system=SYSTEM, procedure=procedure_for(code, report.channel), idempotency_key=report.key,
        title=title_of(report.text), text=report.text.strip(), channel=report.channel, kind=report.kind,
        classification=code, reporter={"name": report.name, "phone": report.phone}, place=place.as_case_place(),
        form={"town_unit": place.town_unit, **(report.form or {})}, files=report.files, account=account,
        organisation=village_unit(place) if route.procedure == "grid_event" else None,
        is_simulated=report.is_simulated, opened_at=report.opened_at,
    )  # fmt: skip
    decided = {"right_code": code, "by": account, "decided_at": now()} if report.code and account else {}
    reading, is_new = Reading.objects.get_or_create(
        case=case,
        defaults={
            "text": report.text,
            "code": proposed.code,
            "confidence": proposed.confidence,
            "unit": route.unit,
            **decided,
        },
    )
    doubles = likely_doubles(report.text, report.lon, report.lat, case.opened_at, but=case.pk)
    if is_new:
        for double in doubles:
            if double.pair.chance >= SURE:
                link(case, double.case, str(LinkKind.DUPLICATE), None, double.reasons)
    return Received(case, reading, tuple(doubles))


def title_of(text: str) -> str:
    """The first line, no longer than a line of a list."""
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= TITLE_CHARACTERS else first[: TITLE_CHARACTERS - 1] + "…"


def _check(report: NewReport) -> None:
    if not report.text.strip():
        raise Refused("text", _("请填写反映的内容"), field="text", value=report.text)
    if len(report.text) > LONGEST_TEXT:
        text = _("内容不能超过 %(most)s 字") % {"most": LONGEST_TEXT}
        raise Refused("too_long", text, field="text", value=f"{len(report.text)}")
    if report.channel not in CHANNELS:
        raise Refused("channel", _("没有这个渠道"), field="channel", value=report.channel)
    if report.code and report.code not in class_of_code():
        raise Refused("code", _("没有这个分类编码"), field="code", value=report.code)
    if report.kind and report.kind not in CALL_KINDS:
        raise Refused("kind", _("没有这个诉求类型"), field="kind", value=report.kind)
    if (report.lon is None) != (report.lat is None):
        raise Refused("position", _("经度和纬度须同时填写"), field="lon", value=report.lon)
    lon, lat = report.lon or 0.0, report.lat or 0.0
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refused("position", _("经纬度超出范围"), field="lon", value=f"{lon}, {lat}")
