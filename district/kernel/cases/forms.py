"""What a step asks for: fields by kind, read from `forms.json` beside the drawing, or from the drawing itself.

    {"accept": {"zh": "受理", "en": "Accept", "fields": [
        {"key": "accepted", "type": "yes_no", "zh": "是否受理", "en": "Accept?", "required": true},
        {"key": "reason", "type": "choice", "zh": "原因", "choices": [["repeat", "重复", "Repeated"]],
         "when": {"accepted": false}}]}}

In a drawing, a step's property `ask.<key>` says the same in short: `yes_no 是否受理`, `choice? 原因: 重复 | 超范围`,
a question mark after the type when it may be left empty. Fields of the drawing come after those of the file. A step
with neither asks for an opinion and photos. Types: text, long_text, choice, number, date, place, photo, files,
yes_no, unit (a unit of the district by its code).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

TYPES = ("text", "long_text", "choice", "number", "date", "place", "photo", "files", "yes_no", "unit")
SHORT = re.compile(r"(?P<type>[a-z_]+)(?P<optional>\??)\s+(?P<zh>[^:：]+?)\s*(?:[:：]\s*(?P<choices>.+))?")
_PROPERTY = "{http://spiffworkflow.org/bpmn/schema/1.0/core}property"
ASK = "ask."


class FormRefused(ValueError):
    """A definition that cannot be used; the text names the form, the field and the rule."""


@dataclass(frozen=True)
class FormField:
    """One question. `choices` are (value, zh, en). `when`: shown only while other fields have these values."""

    key: str
    type: str
    zh: str
    en: str = ""
    required: bool = True
    choices: tuple[tuple[str, str, str], ...] = ()
    help: str = ""
    unit: str = ""
    most: float | None = None
    least: float | None = None
    when: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FormDefinition:
    """The questions of a step in their order."""

    key: str
    zh: str
    en: str
    fields: tuple[FormField, ...]

    def shown(self, given: Mapping[str, Any]) -> tuple[FormField, ...]:
        """The fields whose conditions hold for what has been filled in."""
        return tuple(
            each for each in self.fields if all(given.get(key) == value for key, value in each.when.items())
        )


OPINION = (
    FormField("opinion", "long_text", "办理意见", "Opinion"),
    FormField("photos", "photo", "现场照片", "Photos", required=False),
)


def read_forms(text: str) -> dict[str, FormDefinition]:
    """The forms of a `forms.json`. Raises FormRefused."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormRefused(f"forms.json 不是有效的 JSON：{error}") from error
    return {
        key: FormDefinition(
            key, one.get("zh", key), one.get("en", ""), tuple(_field(key, each) for each in one["fields"])
        )
        for key, one in given.items()
    }


def asked_in(bpmn: str) -> dict[str, tuple[FormField, ...]]:
    """Fields that the drawing itself asks for, by id of the step. Raises FormRefused."""
    root = ElementTree.fromstring(bpmn)  # noqa: S314 - `engine_drawing.drawing` has read it before, without entities
    found: dict[str, list[FormField]] = {}
    for node in root.iter():
        for extension in node.findall("{http://www.omg.org/spec/BPMN/20100524/MODEL}extensionElements"):
            for each in extension.iter(_PROPERTY):
                name = each.get("name", "")
                if name.startswith(ASK):
                    step = node.get("id", "")
                    found.setdefault(step, []).append(
                        short_field(step, name.removeprefix(ASK), each.get("value", ""))
                    )
    return {step: tuple(fields) for step, fields in found.items()}


def short_field(step: str, key: str, text: str) -> FormField:
    """`choice? 原因: 重复 | 超范围` as a field. Raises FormRefused."""
    said = SHORT.fullmatch(text.strip())
    if said is None:
        raise FormRefused(f"环节 {step} 的 {ASK}{key}：{text!r} 写法不对，应如“yes_no 是否受理”")
    choices = [
        (each.strip(), each.strip(), "") for each in (said["choices"] or "").split("|") if each.strip()
    ]
    return _checked(
        step, FormField(key, said["type"], said["zh"], required=not said["optional"], choices=tuple(choices))
    )


def form_for(
    key: str,
    title: str,
    forms: Mapping[str, FormDefinition],
    asked: Mapping[str, tuple[FormField, ...]],
    step: str,
) -> FormDefinition:
    """The form of a step: `key` as the drawing names it, `step` the id of the element."""
    known = forms.get(key)
    fields = (*(known.fields if known else ()), *asked.get(step, ()))
    return FormDefinition(key, known.zh if known else title, known.en if known else "", fields or OPINION)


def _field(form: str, given: Any) -> FormField:
    if not isinstance(given, dict):
        raise FormRefused(f"表单 {form} 的字段应为对象，现为 {given!r}")
    unknown = sorted(set(given) - set(FormField.__dataclass_fields__))
    if unknown:
        raise FormRefused(f"表单 {form} 的字段 {given.get('key')!r} 没有 {unknown[0]!r} 这一项")
    values = dict(given)
    values["choices"] = tuple((*map(str, each), "")[:3] for each in given.get("choices", ()))
    try:
        return _checked(form, FormField(**values))
    except TypeError as error:
        raise FormRefused(f"表单 {form} 的字段 {given.get('key')!r} 缺少 key、type 或 zh") from error


def _checked(form: str, field: FormField) -> FormField:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", field.key):
        raise FormRefused(f"表单 {form} 的字段名 {field.key!r} 须为小写字母、数字和下划线")
    if field.type not in TYPES:
        raise FormRefused(f"表单 {form} 的字段 {field.key} 没有类型 {field.type!r}（{'、'.join(TYPES)}）")
    if field.type == "choice" and not field.choices:
        raise FormRefused(f"表单 {form} 的字段 {field.key} 没有可选项")
    return field
