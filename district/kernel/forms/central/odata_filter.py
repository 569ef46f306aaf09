"""`$filter` of OData as far as ODK Central takes it: comparisons of system fields, `and`, `or`, `not`, brackets.

condition("__system/submissionDate ge 2026-11-01 and __system/reviewState eq null", SUBMISSIONS)  # a Q
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from district.kernel.clock import now
from district.kernel.forms.central.problems import Problem

_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<time>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[$A-Za-z_][\w$/-]*)|(?P<mark>[(),]))"
)
_LOOKUPS = {"eq": "exact", "ne": "exact", "neq": "exact", "lt": "lt", "le": "lte", "gt": "gt", "ge": "gte"}
_TURNED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_PARTS = {
    "year": "year",
    "month": "month",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
}
_DEEPEST = 20


def condition(text: str, fields: Mapping[str, str]) -> Q:
    """`fields`: names of OData to fields of the model. Raises Problem 400.18, 501.4, 501.5."""
    return _Reading(text, fields).whole()


class _Field(str):
    """A field of the model, with the part of a date asked for: `created_at__year`."""


class _Reading:
    def __init__(self, text: str, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Q:
        found = self._any()
        if self.at < len(self.tokens):
            raise _unparseable(f"unexpected {self.tokens[self.at][1]!r}")
        return found

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise _unparseable("it ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def _expect(self, mark: str) -> None:
        if self._next()[1] != mark:
            raise _unparseable(f"expected {mark!r}")

    def _any(self) -> Q:
        found = self._all()
        while self._peek() == "or":
            self._next()
            found |= self._all()
        return found

    def _all(self) -> Q:
        found = self._one()
        while self._peek() == "and":
            self._next()
            found &= self._one()
        return found

    def _one(self) -> Q:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _unparseable("it is nested too deep")
        try:
            if self._peek() == "not":
                self._next()
                return ~self._one()
            if self._peek() == "(":
                self._next()
                found = self._any()
                self._expect(")")
                return found
            return self._comparison()
        finally:
            self.depth -= 1

    def _comparison(self) -> Q:
        left = self._value()
        name = self._next()[1]
        if name not in _LOOKUPS:
            raise Problem(
                501.4, f"The given OData filter expression uses features not supported by this server: {name}"
            )
        right = self._value()
        if isinstance(left, _Field) == isinstance(right, _Field):
            raise Problem(501.4, "A comparison needs one field and one value.")
        if isinstance(right, _Field):
            left, right, name = right, left, _TURNED.get(name, name)
        if right is None:
            # Texts that are not there are empty here, null for OData.
            found = (
                Q(**{f"{left}__isnull": True}) if left.endswith("_id") or "_at" in left else Q(**{left: ""})
            )
        else:
            found = Q(**{f"{left}__{_LOOKUPS[name]}": right})
        return ~found if name in ("ne", "neq") else found

    def _value(self) -> Any:
        kind, text = self._next()
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "time":
            return _time(text)
        if kind != "name":
            raise _unparseable(f"unexpected {text!r}")
        if text in ("null", "true", "false"):
            return {"null": None, "true": True, "false": False}[text]
        if self._peek() == "(":
            return self._call(text)
        name = text.removeprefix("$root/Submissions/").removeprefix("$root/Entities/")
        if name not in self.fields:
            raise Problem(
                501.5, f"The given OData filter expression references fields not supported by this server: {text}",
                text=text,
            )  # fmt: skip
        return _Field(self.fields[name])

    def _call(self, name: str) -> Any:
        self._expect("(")
        if name == "now":
            self._expect(")")
            return now()
        if name not in _PARTS:
            raise Problem(
                501.4,
                f"The given OData filter expression uses features not supported by this server: {name}()",
            )
        inner = self._value()
        self._expect(")")
        if not isinstance(inner, _Field):
            return getattr(inner, _PARTS[name])
        return _Field(f"{inner}__{_PARTS[name]}")


def _tokens(text: str) -> Any:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None or found.end() == at:
            raise _unparseable(f"unexpected {text[at : at + 20]!r}")
        yield str(found.lastgroup), found[0].strip()
        at = found.end()


def _time(text: str) -> datetime:
    # `+` of a zone reaches us as a space when a client does not escape it; such a text is no time at all.
    try:
        found = parse_datetime(text)
        if found is None:
            day = parse_date(text)
            found = None if day is None else datetime.combine(day, time())
    except ValueError:
        found = None
    if found is None:
        raise _unparseable(f"{text!r} is no time")
    return make_aware(found) if is_naive(found) else found


def _unparseable(reason: str) -> Problem:
    return Problem(
        400.18, f"The OData filter expression you provided could not be parsed: {reason}", reason=reason
    )
