"""Parameters of a call, from JSON or from an address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from district.kernel.datasets.ckan.errors import Invalid, missing

MOST_NUMBER = 10**9


class Parameters:
    """Reads what was given; Invalid names the parameter at fault."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name, default)
        if value is None:
            return default
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise Invalid("", {name: ["Must be a Unicode string value"]})
        return str(value)

    def needed(self, *names: str) -> str:
        """The first of these that was given."""
        for name in names:
            if self.text(name):
                return self.text(name)
        raise missing(names[0])

    def number(self, name: str, default: int, most: int = MOST_NUMBER) -> int:
        """A natural number, cut off at `most`."""
        value = self.given.get(name)
        if value in (None, ""):
            return default
        plain = str(value)
        if isinstance(value, bool) or not plain.isdecimal() or len(plain) > 15:
            raise Invalid("", {name: ["Must be a natural number"]})
        return min(int(plain), most)

    def truth(self, name: str, default: bool = False) -> bool:
        value = self.given.get(name)
        return default if value in (None, "") else str(value).lower() in ("true", "yes", "t", "y", "1", "on")

    def structure(self, name: str, default: Any) -> Any:
        """A list or mapping, given as itself or as JSON text."""
        value = self.given.get(name)
        if value in (None, ""):
            return default
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            try:
                return json.loads(value)
            except ValueError:
                raise Invalid("", {name: ["Cannot parse JSON"]}) from None
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts: JSON, or divided by commas."""
        value = self.structure(name, [])
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Invalid("", {name: ["Must be a list of strings"]})
        return value
