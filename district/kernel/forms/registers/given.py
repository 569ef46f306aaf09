"""What a filled form says of records of registers (ODK entities specification 2022.1 to 2025.1). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from district.kernel.forms import xml
from district.kernel.forms.design.questions import Question

YES = frozenset({"1", "true"})


@dataclass
class Given:
    """One `entity` element with the answers that are saved to its list; numbers are None where it names none."""

    register: str
    uuid: str
    creates: bool
    updates: bool
    label: str = ""
    base_version: int | None = None
    trunk_version: int | None = None
    branch: str = ""
    values: dict[str, str] = field(default_factory=dict)


def given_in(root: etree._Element, questions: Iterable[Question]) -> list[Given]:
    """In the order of the document. Elements that neither create nor update are nothing."""
    saves: dict[str, list[tuple[str, str]]] = {}
    for question in questions:
        if question.save_to:
            saves.setdefault(question.path, []).append((question.save_register, question.save_to))
    found: list[Given] = []
    _walk(root, "", saves, [], found)
    return [each for each in found if each.uuid and (each.creates or each.updates)]


def _walk(
    element: etree._Element,
    path: str,
    saves: dict[str, list[tuple[str, str]]],
    around: list[Given],
    found: list[Given],
) -> None:
    own = [_given(each) for each in _entities(element)]
    found += own
    around = [*own, *around]
    for child in xml.children(element):
        whole = path + xml.name_of(child)
        for register, item in saves.get(whole, ()):
            target = next((each for each in around if register in ("", each.register)), None)
            if target is not None:
                target.values[item] = child.text or ""
        if len(child) and xml.name_of(child) != "meta":
            _walk(child, f"{whole}/", saves, around, found)


def _entities(element: etree._Element) -> Iterator[etree._Element]:
    for meta in xml.children(element):
        if xml.name_of(meta) == "meta":
            yield from (each for each in xml.children(meta) if xml.name_of(each) == "entity")


def _given(entity: etree._Element) -> Given:
    label = next((each.text or "" for each in xml.children(entity) if xml.name_of(each) == "label"), "")
    return Given(
        register=entity.get("dataset", ""),
        uuid=entity.get("id", "").strip().removeprefix("uuid:").lower(),
        creates=entity.get("create", "") in YES,
        updates=entity.get("update", "") in YES,
        label=label.strip(),
        base_version=_number(entity.get("baseVersion", "")),
        trunk_version=_number(entity.get("trunkVersion", "")),
        branch=entity.get("branchId", "").strip(),
    )


def _number(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None
