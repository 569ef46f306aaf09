"""Demonstration parties: obviously invented, marked simulated; and those that published datasets bring. Idempotent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from district.kernel.clock import CHINA
from district.kernel.parties import numbers
from district.kernel.parties.actions import find, relate, source
from district.kernel.parties.delivery import Delivery
from district.kernel.parties.doubles import link
from district.kernel.parties.models import RelationKind, Source
from district.kernel.parties.noting import note_many
from district.kernel.parties.numbers import Kind
from district.kernel.parties.refused import Refused
from district.kernel.parties.taking import resources_with_parties, take
from district.kernel.people import demo

FIRST = datetime(2026, 3, 1, 9, tzinfo=CHINA)
LATER = FIRST + timedelta(days=40)
GROUND = "演示：政务数据共享条例"
PURPOSE = "演示：归集同一主体的基本信息"

PERSONS = (
    # serial, name, phone, address
    (1, "演示甲", "13900000001", "山东省淄博市周村区丝绸路街道丝绸路1号2号楼1单元101室"),
    (2, "演示乙", "13900000002", "山东省淄博市周村区大街街道大街8号"),
    (3, "演示丙", "13900000003", "山东省淄博市周村区北郊镇演示村12号"),
    (4, "演示丁", "13900000004", "山东省淄博市周村区王村镇演示路20号"),
)
"""Invented; the numbers are those of nobody: born on the first days of 1901."""
COUNTER = (
    # row, number as written, name, phone, address: what another counter wrote of the same people
    ("G-1", "", "演示甲", "13900000001", "周村区丝绸路1号2栋1单元101"),
    ("G-2", "", "演示已", "13900000002", "周村区大街8号"),
    ("G-3", "37030619010103001", "演示丙", "13900000003", "周村区北郊演示村12号"),
)
ENTITIES = (
    (
        1,
        "淄博市周村区演示丝绸有限责任公司",
        "淄博周村演示丝绸厂",
        "0533-6000001",
        "周村区丝绸路100号",
        "演示甲",
        1,
    ),
    (2, "山东演示新材料股份有限公司", "", "0533-6000002", "周村区北郊镇演示路2号", "演示乙", 2),
    (3, "周村区演示烧饼店", "", "13900000003", "周村区大街街道大街18号", "演示丙", 3),
)


def seed() -> None:
    """What the demonstration shows of parties; without demonstration only what datasets say."""
    if demo.is_wanted():
        _seed_demo()
    for resource in resources_with_parties():
        try:
            take(resource)
        except Refused:
            continue  # a resource of persons without a ground: said on its own page, and in the log of the nightly run
    if demo.is_wanted():
        for kind in ("person", "entity"):
            link(kind)


def _seed_demo() -> None:
    police = _source("demo.population", "演示：人口登记", 100)
    counter = _source("demo.counter", "演示：办事窗口", 600)
    market = _source("demo.market", "演示：市场主体登记", 100)
    tax = _source("demo.tax", "演示：涉税登记", 300)
    people = [citizen(serial) for serial, *_rest in PERSONS]
    names, phones, addresses = (_column(PERSONS, place) for place in (1, 2, 3))
    _note(police, Kind.CITIZEN, people, FIRST, name=names, address=addresses)
    _note(counter, Kind.CITIZEN, people, LATER, name=names, phone=phones)
    rows, written, names, phones, addresses = (_column(COUNTER, place) for place in range(5))
    note_many(
        Delivery(
            Kind.CITIZEN,
            written,
            {"name": names, "phone": phones, "address": addresses},
            LATER,
            local_keys=rows,
            is_simulated=True,
        ),
        counter,
    )
    codes = [credit(serial) for serial, *_rest in ENTITIES]
    names, former, phones, addresses, who = (_column(ENTITIES, place) for place in range(1, 6))
    _note(
        market,
        Kind.CREDIT,
        codes,
        FIRST,
        name=names,
        former_name=former,
        address=addresses,
        representative=who,
    )
    _note(
        tax,
        Kind.CREDIT,
        codes,
        LATER,
        name=names,
        phone=phones,
        address=[text.replace("号", "号院") for text in addresses],
    )
    short = ["演示丝绸", "演示新材料公司"]
    note_many(
        Delivery(
            Kind.CREDIT, [None, None], {"name": short, "phone": phones[:2], "representative": who[:2], "address": addresses[:2]},
            LATER, local_keys=["T-1", "T-2"], is_simulated=True,
        ),
        tax,
    )  # fmt: skip
    _relations(market)


def _relations(market: Source) -> None:
    for serial, _name, _former, _phone, _address, _who, person in ENTITIES:
        entity, of = find(Kind.CREDIT, credit(serial)), find(Kind.CITIZEN, citizen(person))
        if entity and of:
            kind = RelationKind.OPERATOR if serial == 3 else RelationKind.LEGAL_REPRESENTATIVE
            relate(entity, kind, of, market, LATER)
    first, second = find(Kind.CITIZEN, citizen(1)), find(Kind.CITIZEN, citizen(2))
    firm = find(Kind.CREDIT, credit(1))
    if first and second and firm:
        relate(first, RelationKind.HOUSEHOLD, second, market, LATER)
        relate(second, RelationKind.EMPLOYER, firm, market, LATER)


def _column(rows: Sequence[tuple[Any, ...]], place: int) -> list[str]:
    return [str(row[place]) for row in rows]


def _note(by: Source, kind: Kind, column: list[str], at: datetime, **facts: list[str]) -> None:
    note_many(Delivery(kind, column, facts, at, is_simulated=True), by)


def _source(key: str, title: str, rank: int) -> Source:
    return source(key, title, rank=rank, legal_ground=GROUND, purpose=PURPOSE)


def citizen(serial: int) -> str:
    """A number that holds and is nobody's."""
    body = f"370306190101{serial:02}{serial:03}"
    return body + numbers.citizen_check(body)


def credit(serial: int) -> str:
    """A credit code that holds and is nobody's."""
    sign = f"MADEM0{serial:02}"
    body = f"91370306{sign}{numbers.organisation_check(sign)}"
    return body + numbers.credit_check(body)
