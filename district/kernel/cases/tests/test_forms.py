import json

import pytest

from district.kernel.cases.forms import OPINION, FormRefused, asked_in, form_for, read_forms, short_field

BPMN = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:spiff="http://spiffworkflow.org/bpmn/schema/1.0/core"><bpmn:process id="p"><bpmn:userTask id="accept">
  <bpmn:extensionElements><spiff:properties><spiff:property name="role" value="clerk"/>
  <spiff:property name="ask.accepted" value="yes_no 是否受理"/>
  <spiff:property name="ask.why" value="choice? 原因: 重复 | 超范围"/></spiff:properties></bpmn:extensionElements>
</bpmn:userTask></bpmn:process></bpmn:definitions>"""


def forms(**fields):
    return json.dumps(
        {"accept": {"zh": "受理", "fields": [{"key": "a", "type": "text", "zh": "甲"} | fields]}}
    )


def test_a_drawing_asks_in_short():
    accepted, why = asked_in(BPMN)["accept"]
    assert (accepted.key, accepted.type, accepted.zh, accepted.required) == (
        "accepted",
        "yes_no",
        "是否受理",
        True,
    )
    assert (why.required, why.choices) == (False, (("重复", "重复", ""), ("超范围", "超范围", "")))


def test_a_field_is_shown_while_its_condition_holds():
    form = read_forms(forms(when={"accepted": False}))["accept"]
    assert form.shown({"accepted": False}) == form.fields
    assert form.shown({}) == ()


def test_a_step_without_a_form_asks_for_an_opinion():
    assert form_for("handle", "办理", {}, {}, "handle").fields == OPINION
    both = form_for("accept", "受理", read_forms(forms()), asked_in(BPMN), "accept")
    assert [field.key for field in both.fields] == ["a", "accepted", "why"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"type": "essay"}, "essay"),
        ({"key": "A b"}, "A b"),
        ({"type": "choice"}, "可选项"),
        ({"colour": 1}, "colour"),
    ],
)
def test_a_wrong_field_is_named(fields: dict, words: str):
    with pytest.raises(FormRefused, match=words):
        read_forms(forms(**fields))


@pytest.mark.parametrize("text", ["", "yes_no", "essay 甲", "choice 甲"])
def test_a_wrong_question_of_a_drawing_is_named(text: str):
    with pytest.raises(FormRefused):
        short_field("accept", "a", text)


def test_what_is_no_json_is_refused():
    with pytest.raises(FormRefused, match="JSON"):
        read_forms("{")
