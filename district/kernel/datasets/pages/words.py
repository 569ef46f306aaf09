"""The words and colours in which the catalogue is shown."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from district.kernel.datasets import classes
from district.kernel.datasets.models import Cycle, DataType, Grade, Item, Level, Resource, Share, Shelf
from district.kernel.people.models import Organisation

SHARES = dict(Share.choices)
SHARE_COLOURS = {"open": "green", "conditional": "yellow", "closed": "red"}
SHELVES = dict(Shelf.choices)
SHELF_COLOURS = {"draft": "secondary", "submitted": "yellow", "published": "green", "withdrawn": "red"}
LEVELS = dict(Level.choices)
CYCLES = dict(Cycle.choices)
GRADES = dict(Grade.choices)
TYPES = dict(DataType.choices)
YES_NO = {True: _("是"), False: _("否")}
HOLDS = {
    "": "", "person_id": _("公民身份号码"), "entity_code": _("统一社会信用代码"), "division": _("区划代码"),
    "lon": _("经度"), "lat": _("纬度"),
}  # fmt: skip
_CHOICES: dict[str, dict[Any, Any]] = {
    "share": SHARES, "shelf": SHELVES, "level": LEVELS, "cycle": CYCLES, "grade": GRADES, "type": TYPES,
    "is_open_to_public": YES_NO, "is_secret": YES_NO, "is_simulated": YES_NO, "holds": HOLDS,
}  # fmt: skip


def libraries() -> dict[str, str]:
    """The base libraries in the language of the reader."""
    return {key: _named(each) for key, each in classes.libraries().items()}


def themes() -> dict[str, str]:
    return {key: _named(each) for key, each in classes.themes().items()}


def field_label(field: str, *, of_item: bool) -> str:
    """What a field of an entry or an item is called."""
    model = Item if of_item else Resource
    return str(model._meta.get_field("provider" if field == "provider_id" else field).verbose_name)


def value_text(field: str, value: Any) -> str:
    """A field's value as people read it."""
    if field == "library":
        return libraries().get(value, value) or "—"
    if field == "theme":
        return themes().get(value, value) or "—"
    if field == "provider_id":
        unit = Organisation.objects.filter(pk=value).first()
        return unit.label if unit else str(value)
    choices = _CHOICES.get(field, {})
    return str(choices[value]) if value in choices else str(value if value not in (None, "") else "—")


def _named(each: classes.Named) -> str:
    return each.en if (get_language() or "").startswith("en") else each.zh


def maker(mark: str) -> str:
    """What made a version or told of lineage, in words: `run-7` is the delivery 7."""
    kind, _dash, number = mark.partition("-")
    texts = {"run": _("批次 %(n)s"), "question": _("查询 %(n)s"), "intake": _("接入")}
    return str(texts[kind]) % {"n": number} if kind in texts else mark


def maker_address(mark: str) -> str | None:
    """The page of the delivery that made a version."""
    kind, _dash, number = mark.partition("-")
    return reverse("connectors:run", args=[int(number)]) if kind == "run" and number.isdecimal() else None
