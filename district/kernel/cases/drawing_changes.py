"""What differs between two drawings of a procedure, step by step. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from district.kernel.cases.engine_drawing import Drawing, Step


@dataclass(frozen=True)
class Change:
    """`kind` is added, removed or changed; `before` and `after` are of the property `name`, empty for whole steps."""

    step: str
    title: str
    kind: str
    name: str = ""
    before: str = ""
    after: str = ""


def drawing_changes(old: Drawing, new: Drawing) -> list[Change]:
    """Steps that came, went, or say something else, and the limit of the whole; in the order of the new drawing."""
    found = []
    if old.limit != new.limit:
        found.append(Change("", "", "changed", "limit", _text(old.limit), _text(new.limit)))
    for key, step in new.steps.items():
        if key not in old.steps:
            found.append(Change(key, step.name, "added"))
        else:
            found += _step_changes(old.steps[key], step)
    found += [Change(key, step.name, "removed") for key, step in old.steps.items() if key not in new.steps]
    return found


def _step_changes(old: Step, new: Step) -> list[Change]:
    names = [field.name for field in fields(Step) if field.name != "key"]
    return [
        Change(new.key, new.name, "changed", name, _text(getattr(old, name)), _text(getattr(new, name)))
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "amount"):
        return f"{value.amount:g} {value.kind}"
    return " ".join(value) if isinstance(value, tuple) else str(value)
