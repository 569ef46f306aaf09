"""Words of pure files in the language of the page: those files load no Django, so they are translated here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.utils.translation import gettext

from ..items import items
from ..record_kinds import record_kinds

items(), record_kinds()  # their names come with English ones, which pages ask for by the Chinese

Bound = TypeVar("Bound")


def in_words(names: Mapping[str, str]) -> dict[str, str]:
    """The same keys with their names in the reader's language."""
    return {key: gettext(name) if name else name for key, name in names.items()}


def translated(steps: Sequence[tuple[Bound, str, str]]) -> list[tuple[Bound, str, str]]:
    """Steps or choices of a map or chart, `(bound, colour, text)`, with their texts in the reader's language."""
    return [(bound, colour, gettext(text)) for bound, colour, text in steps]
