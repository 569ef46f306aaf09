"""The attributes of parties: how they are called, which items of datasets give them, how they are masked.

Only what tells who somebody is and how to reach them is kept of a party. Everything else a dataset says of it stays in
the dataset, behind the grants on it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from district.kernel.people import masking

TITLES = {
    "name": _("姓名（名称）"), "former_name": _("曾用名"), "short_name": _("简称"), "sex": _("性别"), "birth_date": _("出生日期"),
    "phone": _("联系电话"), "address": _("地址"), "division_code": _("区划代码"), "marriage": _("婚姻状况"),
    "education": _("学历"), "representative": _("法定代表人（负责人）"), "industry": _("行业"), "established_on": _("成立日期"),
    "capital": _("注册资本"), "entity_type": _("类型"), "registration_state": _("登记状态"), "scope": _("经营范围"),
}  # fmt: skip
MASKS: dict[str, Callable[[str], str]] = {
    "phone": masking.phone, "address": masking.address, "birth_date": masking.birth_date, "marriage": lambda text: "*",
    "education": lambda text: "*" * len(text),
}  # fmt: skip
OF_ENTITIES_OPEN = frozenset({
    "address", "phone", "industry", "established_on", "capital", "entity_type", "registration_state", "scope", "division_code",
})  # fmt: skip
"""What the register of enterprises publishes (企业信息公示暂行条例): not masked for entities."""


def masked(kind: str, key: str, value: str) -> str:
    """A value as those see it who have not said what they need it for."""
    if kind == "entity" and key in OF_ENTITIES_OPEN:
        return value
    if key in ("name", "former_name", "representative"):
        return value if kind == "entity" and key != "representative" else masking.person_name(value)
    return MASKS[key](value) if key in MASKS else value


def key_of(of: str, title: str, name: str) -> str | None:
    """The attribute an item of a dataset gives, by its title or else its column; None for one that is not kept."""
    return _by_words().get((of, title.strip())) or _by_words().get((of, name.lower()))


@cache
def _by_words() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    with Path(__file__).with_name("attribute_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in (*row["titles"].split("|"), *row["names"].split("|")):
                found.setdefault((row["of"], word), row["key"])
    return found
