"""A drawing with places for its elements, so that bpmn-js has something to show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SIZES = {"userTask": (100, 80), "businessRuleTask": (100, 80), "exclusiveGateway": (50, 50)}
SPACES = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
)


def with_places(bpmn: str) -> str:
    """The same drawing, its nodes in a row from left to right."""
    process = ElementTree.fromstring(bpmn).find(f"{MODEL}process")
    middles: dict[str, int] = {}
    shapes, edges = [], []
    for place, node in enumerate(
        each for each in process if each.tag != f"{MODEL}sequenceFlow" and each.get("id")
    ):
        width, height = SIZES.get(node.tag.removeprefix(MODEL), (36, 36))
        middles[node.get("id")] = middle = 100 + 160 * place
        bounds = f'<dc:Bounds x="{middle - width // 2}" y="{150 - height // 2}" width="{width}" height="{height}"/>'
        shapes.append(
            f'<bpmndi:BPMNShape id="s_{node.get("id")}" bpmnElement="{node.get("id")}">{bounds}</bpmndi:BPMNShape>'
        )
    for flow in process.iter(f"{MODEL}sequenceFlow"):
        ends = [f'<di:waypoint x="{middles[flow.get(end)]}" y="150"/>' for end in ("sourceRef", "targetRef")]
        edges.append(
            f'<bpmndi:BPMNEdge id="e_{flow.get("id")}" bpmnElement="{flow.get("id")}">{"".join(ends)}</bpmndi:BPMNEdge>'
        )
    plane = f'<bpmndi:BPMNPlane id="plane" bpmnElement="{process.get("id")}">{"".join(shapes + edges)}</bpmndi:BPMNPlane>'
    diagram = f'<bpmndi:BPMNDiagram id="diagram">{plane}</bpmndi:BPMNDiagram>'
    return re.sub(r"<bpmn:definitions ", f"<bpmn:definitions {SPACES}", bpmn, count=1).replace(
        "</bpmn:definitions>", f"{diagram}</bpmn:definitions>"
    )
