"""Decision tables as people read them: conditions, results, one line for each rule (DMN 1.3, 8.2). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree


@dataclass(frozen=True)
class DecisionTable:
    """`rules` are the texts of the inputs, then of the outputs; an input that does not matter is `-`."""

    name: str
    hit_policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[tuple[str, ...], ...]


def decision_tables(dmn: str) -> list[DecisionTable]:
    """The tables of a DMN file that the engine has read before."""
    root = ElementTree.fromstring(dmn)  # noqa: S314 - checked by `engine_drawing.drawing`, defines no entities
    found = []
    for decision in root.iterfind(".//{*}decision"):
        table = decision.find("{*}decisionTable")
        if table is None:
            continue
        inputs = [
            each.get("label") or _text(each.find("{*}inputExpression")) for each in table.findall("{*}input")
        ]
        outputs = [each.get("label") or each.get("name") or "" for each in table.findall("{*}output")]
        rules = [
            tuple(
                [_text(cell) or "-" for cell in rule.findall("{*}inputEntry")]
                + [_text(cell) for cell in rule.findall("{*}outputEntry")]
            )
            for rule in table.findall("{*}rule")
        ]
        name = decision.get("name") or decision.get("id") or ""
        found.append(
            DecisionTable(name, table.get("hitPolicy", "UNIQUE"), tuple(inputs), tuple(outputs), tuple(rules))
        )
    return found


def _text(node: ElementTree.Element | None) -> str:
    return (node.findtext("{*}text") or "").strip() if node is not None else ""
