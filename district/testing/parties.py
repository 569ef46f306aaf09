"""Parties for tests: numbers that hold, sources, and a party in a line."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from district.kernel.clock import CHINA
from district.kernel.parties import numbers
from district.kernel.parties.actions import note, source
from district.kernel.parties.models import Party, Source

START = datetime(2026, 1, 1, tzinfo=CHINA)


def citizen_number(place: int, *, area: str = "370306") -> str:
    """A well-formed number that is nobody's: each `place` its own."""
    born = date(1950, 1, 1) + timedelta(days=place % 20000)
    body = f"{area}{born:%Y%m%d}{place // 20000:03}"
    return body + numbers.citizen_check(body)


def credit_code(place: int, *, front: str = "91", area: str = "370306") -> str:
    """A well-formed credit code that is nobody's."""
    sign = f"MA{place:06}"
    body = f"{front}{area}{sign}{numbers.organisation_check(sign)}"
    return body + numbers.credit_check(body)


def register(key: str = "police.population", **fields: Any) -> Source:
    """A source with a legal ground."""
    return source(key, **{"legal_ground": "测试依据", "purpose": "测试目的", **fields})


def person(place: int = 1, *, name: str = "张三", at: datetime = START, **attributes: str) -> Party:
    return note("citizen", citizen_number(place), {"name": name, **attributes}, register(), at)


def entity(
    place: int = 1, *, name: str = "淄博演示纺织有限公司", at: datetime = START, **attributes: str
) -> Party:
    return note("credit", credit_code(place), {"name": name, **attributes}, register("market.entities"), at)
