"""A question as everybody here knows it: what a person is asked, what may be answered, where the answer goes.

Pure. A `FormVersion` keeps its questions as `to_json` writes them; `questions_of(version.questions)` reads them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

TEXT, INTEGER, DECIMAL, DATE, TIME, DATETIME = "text", "integer", "decimal", "date", "time", "dateTime"
SELECT_ONE, SELECT_MULTIPLE, RANK = "select_one", "select_multiple", "rank"
NOTE, CALCULATE, ACKNOWLEDGE = "note", "calculate", "acknowledge"
MEDIA = frozenset({"image", "audio", "video", "file"})
PLACES = frozenset({"geopoint", "geotrace", "geoshape"})
CHOOSING = frozenset({SELECT_ONE, SELECT_MULTIPLE, RANK})
META = frozenset({"start", "end", "today", "deviceid", "username", "phonenumber", "email", "hidden"})
"""What the phone writes by itself."""
NEVER_ASKED = META | {NOTE, CALCULATE}


@dataclass(frozen=True)
class Choice:
    name: str
    label: str = ""


@dataclass(frozen=True)
class Prefill:
    """Item `item` of the record that was chosen from `register` in the question at path `key`."""

    register: str
    item: str
    key: str


@dataclass(frozen=True)
class Question:
    """`path` is that of its answer without the root (`income/wage`), as in `Submission.values`.

    `type` is XLSForm's. `repeat` is the path of the innermost repeat it stands in, empty outside of one. `register` is
    the list a record is chosen from (`select_one_from_file <register>.csv`). `save_to` is the item of the register
    `save_register` that takes the answer. Expressions are XPath as in the XForm.
    """

    path: str
    name: str
    type: str
    label: str = ""
    hint: str = ""
    group: str = ""
    repeat: str = ""
    is_required: bool = False
    is_read_only: bool = False
    constraint: str = ""
    constraint_message: str = ""
    relevant: str = ""
    calculation: str = ""
    default: str = ""
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    register: str = ""
    prefill: Prefill | None = None
    save_to: str = ""
    save_register: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it: not a note, a sum, or what the phone writes by itself."""
        return self.type not in NEVER_ASKED and not (self.is_read_only and not self.prefill)

    @property
    def is_choosing_record(self) -> bool:
        return bool(self.register)

    def label_of(self, value: str) -> str:
        """The words of an answer: labels of the choices, else the answer itself."""
        if not self.choices:
            return value
        known = {choice.name: choice.label or choice.name for choice in self.choices}
        names = value.split() if self.type in (SELECT_MULTIPLE, RANK) else [value]
        return "、".join(known.get(name, name) for name in names)

    def to_json(self) -> dict[str, Any]:
        """Without what is empty."""
        return {name: value for name, value in asdict(self).items() if value not in ("", False, None, ())}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Question:
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in given.items() if name in known}
        values["choices"] = tuple(Choice(**choice) for choice in values.get("choices", ()))
        if values.get("prefill"):
            values["prefill"] = Prefill(**values["prefill"])
        return cls(**values)


def questions_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions of `FormVersion.questions`, in order."""
    return tuple(Question.from_json(each) for each in stored)


def asked_of(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those a person answers; choosing the record they are about is not counted as a question."""
    return tuple(each for each in questions if each.is_asked and not each.is_choosing_record)
