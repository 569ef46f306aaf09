"""Records made ready to compare: columns of names, addresses and numbers in every reading. No Django.

Persons: id, name, number, birth, sex, phone, address. Entities: id, name, other_names (a list), number, phone, address,
representative. Every column but `id` may be missing or hold None; the result is a pyarrow table for `model`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from district.kernel.parties import numbers
from district.kernel.parties.linkage import addresses, entity_names
from district.kernel.parties.linkage.readings import plain, shape, sound, surname

Record = Mapping[str, Any]

_ADDRESS = (
    "county",
    "town",
    "village",
    "road",
    "building",
    "unit",
    "room",
    "street",
    "street_sound",
    "place",
)
_PERSON = ("name", "name_sound", "name_shape", "name_bag", "surname", "number", "number_right", "number_front",
    "birth", "sex",
           "phone", "phone_tail", *_ADDRESS)  # fmt: skip
_ENTITY = ("core", "trade", "trade_sound", "trade_shape", "industry", "branch", "owner", "region", "form",
    "number", "number_right", "phone",
           "phone_tail", "representative", "representative_sound", "representative_shape", *_ADDRESS)  # fmt: skip


def persons(records: Iterable[Record]) -> pa.Table:
    return _table([_person(record) for record in records], _PERSON)


def entities(records: Iterable[Record]) -> pa.Table:
    return _table([_entity(record) for record in records], _ENTITY, lists=("cores",))


def _table(rows: Sequence[Record], columns: Sequence[str], lists: Sequence[str] = ()) -> pa.Table:
    """Empty texts of a person are missing; so is what all rows lack. An empty branch or industry of an entity is not."""
    made: dict[str, Any] = {"unique_id": pa.array([row["id"] for row in rows])}
    for column in columns:
        made[column] = pa.array([row.get(column) for row in rows], pa.string())
    for column in lists:
        made[column] = pa.array([row.get(column) for row in rows], pa.list_(pa.string()))
    return pa.table(made)


def _person(record: Record) -> dict[str, Any]:
    name = plain(record.get("name"))
    number = _number(record.get("number"))
    made = {"id": record["id"], "sex": record.get("sex") or None, "number": number}
    made["number_right"] = number if number and numbers.guessed(number) in numbers.OF_PERSONS else None
    made["birth"] = _digits(record.get("birth"), 8) or (
        number[6:14] if number and len(number) == 18 else None
    )
    made["number_front"] = number[:14] if number and len(number) >= 14 else None
    if name:
        made |= {"name": name, "name_sound": sound(name), "name_shape": shape(name),
                 "name_bag": "".join(sorted(name)), "surname": surname(name)}  # fmt: skip
    return made | _phone(record.get("phone")) | _address(record.get("address"))


def _entity(record: Record) -> dict[str, Any]:
    number = _number(record.get("number"))
    made: dict[str, Any] = {"id": record["id"], "number": number}
    made["number_right"] = number if number and numbers.guessed(number) == numbers.Kind.CREDIT else None
    if plain(record.get("name")):
        name = entity_names.parsed(record["name"])
        others = [entity_names.parsed(other) for other in record.get("other_names") or () if plain(other)]
        made |= {
            "core": name.core, "trade": name.trade, "trade_sound": sound(name.trade), "trade_shape": shape(name.trade),
            "industry": name.industry, "branch": name.branch, "region": name.region or None, "form": name.form or None,
            "owner": _owner(name), "cores": sorted({name.core, *(other.core for other in others)}),
        }  # fmt: skip
    who = plain(record.get("representative"))
    if who:
        made |= {
            "representative": who,
            "representative_sound": sound(who),
            "representative_shape": shape(who),
        }
    return made | _phone(record.get("phone")) | _address(record.get("address"))


def _owner(name: entity_names.EntityName) -> str | None:
    """Who keeps the shop, where the name says so beside its trade name."""
    return name.aside if 2 <= len(name.aside) <= 4 else None


def _phone(text: str | None) -> dict[str, str]:
    digits = re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", re.sub(r"\D", "", text or ""))
    return {"phone": digits, "phone_tail": digits[-7:]} if len(digits) >= 7 else {}


def _address(text: str | None) -> dict[str, str | None]:
    if not plain(text):
        return {}
    found = addresses.parsed(text or "")
    street = f"{found.street_name}{found.number}" if found.number and found.street_name else None
    parts = {
        key: getattr(found, key) or None
        for key in ("county", "town", "village", "road", "building", "unit", "room")
    }
    told = street and f"{sound(shape(found.street_name))} {found.number}"
    return {
        **parts,
        "street": street,
        "street_sound": told,
        "place": found.town or found.village or found.road or None,
    }


def _number(text: str | None) -> str | None:
    return plain(text).upper() or None


def _digits(text: Any, length: int) -> str | None:
    digits = re.sub(r"\D", "", str(text or ""))
    return digits if len(digits) == length else None
