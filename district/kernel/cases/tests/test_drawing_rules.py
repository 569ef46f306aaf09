"""What a drawing may hold runs as drawn; what it may not is refused by element and rule."""

from __future__ import annotations

from itertools import permutations

import pytest

from district.kernel.cases import engine
from district.kernel.cases.engine_drawing import BPMN, SPIFF, WHY_NOT, DrawingRefused, drawing
from district.kernel.cases.tests.conftest import text_of

STEP = (
    '<bpmn:userTask id="{0}" name="{0}"><bpmn:extensionElements><spiffworkflow:properties>'
    '<spiffworkflow:property name="role" value="clerk"/></spiffworkflow:properties></bpmn:extensionElements></bpmn:userTask>'
)
FLOW = '<bpmn:sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}">{2}</bpmn:sequenceFlow>'
IF = "<bpmn:conditionExpression>{0}</bpmn:conditionExpression>"


def _bpmn(nodes: str, flows: list[tuple[str, str, str]]) -> str:
    drawn = "".join(
        FLOW.format(source, target, IF.format(when) if when else "") for source, target, when in flows
    )
    return (
        f'<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:spiffworkflow="{SPIFF}" id="d" targetNamespace="urn:d">'
        f'<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="begin"/><bpmn:endEvent id="end"/>{nodes}{drawn}'
        "</bpmn:process></bpmn:definitions>"
    )


def _inclusive() -> str:
    nodes = "".join(STEP.format(each) for each in "abcd")
    nodes += '<bpmn:inclusiveGateway id="fork"/><bpmn:inclusiveGateway id="join"/>'
    ways = [("fork", each, f"{each} == True") for each in "abc"] + [(each, "join", "") for each in "abc"]
    return _bpmn(nodes, [("begin", "fork", ""), *ways, ("join", "d", ""), ("d", "end", "")])


@pytest.mark.parametrize("chosen", ["a", "b", "ab", "ac", "bc", "abc"])
def test_an_inclusive_gateway_waits_for_the_ways_chosen_and_no_others_in_any_order(chosen):
    found = drawing(_inclusive(), {})
    form = {each: each in chosen for each in "abc"}
    for order in permutations(chosen):
        move = engine.start(found, form)
        assert sorted(key for _, key in move.ready) == sorted(chosen)
        for n, key in enumerate(order):
            number = next(number for number, waiting in move.ready if waiting == key)
            move = engine.complete(found, move.state, number, form)
            left = sorted(order[n + 1 :]) or ["d"]
            assert sorted(waiting for _, waiting in move.ready) == left
        assert engine.complete(found, move.state, move.ready[0][0], form).is_finished


def test_an_inclusive_gateway_without_a_way_says_so():
    with pytest.raises(engine.NoWay):
        engine.start(drawing(_inclusive(), {}), dict.fromkeys("abc", False))


@pytest.mark.parametrize("tag", sorted(WHY_NOT))
def test_what_is_not_supported_is_refused_by_element_and_with_what_stands_for_it(tag):
    nodes = STEP.format("a") + f'<bpmn:{tag} id="odd"/>'
    with pytest.raises(DrawingRefused) as caught:
        drawing(_bpmn(nodes, [("begin", "a", ""), ("a", "end", "")]), {})
    assert (caught.value.code, caught.value.element) == ("element", "odd")
    assert WHY_NOT[tag] in str(caught.value)


def test_a_timer_on_an_allowed_event_is_refused():
    nodes = STEP.format("a").replace("</bpmn:userTask>", "</bpmn:userTask>")
    text = _bpmn(nodes, [("begin", "a", ""), ("a", "end", "")])
    text = text.replace(
        '<bpmn:startEvent id="begin"/>',
        '<bpmn:startEvent id="begin"><bpmn:timerEventDefinition/></bpmn:startEvent>',
    )
    with pytest.raises(DrawingRefused, match="timerEventDefinition"):
        drawing(text, {})


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('hitPolicy="UNIQUE"', 'hitPolicy="PRIORITY"', "hit_policy"),
        ('<outputEntry id="v1"><text>"2 working_days"</text></outputEntry>', "", "rule_width"),
        ('<input id="i1"', '<input id="i0"><inputExpression><text>channel</text></inputExpression></input><input', "rule_width"),
        ("<text>kind</text>", "<text>open('x')</text>", "expression"),
    ],
)  # fmt: skip
def test_a_decision_table_that_the_engine_would_misread_is_refused(old, new, code):
    table = text_of("limits.dmn")
    assert old in table
    with pytest.raises(DrawingRefused) as caught:
        drawing(text_of("plain.bpmn"), {"limits.dmn": table.replace(old, new)})
    assert caught.value.code == code
