"""A form is changed question by question: on the rows of its XLSForm, so that what comes out is always one. No Django.

A question is named by the place of its row in the survey and its name, so that a page that is no longer fresh changes
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from district.kernel.forms.design.checking import BEGINS, ENDS
from district.kernel.forms.design.problems import BadForm, Problem
from district.kernel.forms.design.sheets import Row, Sheets
from district.kernel.forms.design.xform import ROWS
from district.kernel.wording import term

OFFERED = {
    "text": "文字", "integer": "整数", "decimal": "小数", "select_one": "单选", "select_multiple": "多选", "date": "日期",
    "time": "时间", "dateTime": "日期和时间", "image": "照片", "audio": "录音", "geopoint": "位置", "barcode": "扫码",
    "note": "说明文字", "acknowledge": "确认",
}  # fmt: skip
"""Types the designer offers, and what they are called."""
CHOOSING = ("select_one", "select_multiple")
FROM_DATA = {
    "text": "text",
    "integer": "integer",
    "number": "decimal",
    "date": "date",
    "datetime": "dateTime",
}
SUBJECTS = {"household": "户", "person": "人", "entity": "单位", "place": "地点"}
OWN = ("label", "hint", "required", "constraint", "constraint_message", "relevant", "appearance", "default")
META = (("start", "start"), ("end", "end"), ("today", "today"))
_SOURCE = re.compile(r"\s*来源：[^。]*。如有变化请改正。")


@dataclass(frozen=True)
class Source:
    """The item of a register a question is filled in from."""

    register: str
    register_title: str
    subject: str
    item: str
    title: str
    type: str
    holder: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def hint(self) -> str:
        return f"来源：{self.holder}。如有变化请改正。"


def blank() -> Sheets:
    """A form without questions; the phone notes when it was filled, which tells the minutes it costs."""
    return Sheets.of(
        {"survey": [{"type": kind, "name": name} for kind, name in META], "choices": [], "settings": [{}]}
    )


def row_at(sheets: Sheets, place: int, name: str) -> Row:
    """Raises BadForm when another question stands there now."""
    rows = sheets.rows("survey")
    if not 0 <= place < len(rows) or rows[place]["name"] != name:
        raise BadForm(
            [Problem("moved", term("表单已被改动，请刷新后再改"), "survey", place + 2, "name", name)]
        )
    return rows[place]


def add_question(
    sheets: Sheets, kind: str, label: str, name: str, *, choices: Sequence[tuple[str, str]] = (), **cells: str
) -> Row:
    """At the end of the form."""
    row = Row({"name": name})
    sheets.rows("survey").append(row)
    _write(sheets, row, kind, label, choices, cells)
    return row


def change_question(
    sheets: Sheets,
    place: int,
    name: str,
    *,
    kind: str,
    label: str,
    choices: Sequence[tuple[str, str]] = (),
    **cells: str,
) -> Row:
    row = row_at(sheets, place, name)
    _write(sheets, row, kind, label, choices, cells)
    return row


def _write(
    sheets: Sheets, row: Row, kind: str, label: str, choices: Sequence[tuple[str, str]], cells: dict[str, str]
) -> None:
    list_name = row["type"].partition(" ")[2] if row["type"].split(" ")[0] in CHOOSING else ""
    if kind in CHOOSING:
        list_name = _set_choices(sheets, row, list_name or row["name"], choices)
        kind = f"{kind} {list_name}"
    row.cells["type"] = kind
    column = next((each for each in row.cells if each.startswith("label")), "label")
    row.cells[column] = label
    for key in OWN[1:]:
        if key in cells:
            row.cells[key] = cells[key]


def _set_choices(sheets: Sheets, row: Row, list_name: str, choices: Sequence[tuple[str, str]]) -> str:
    """A list that other questions use too is left to them; this one gets its own."""
    rows = sheets.rows("choices")
    there = [(each["name"], each["label"]) for each in rows if each["list_name"] == list_name]
    if not choices or there == list(choices):
        return list_name
    used = [
        each for each in sheets.rows("survey") if each is not row and each["type"].endswith(f" {list_name}")
    ]
    name = _free(f"{row['name']}", {each["list_name"] for each in rows}) if used else list_name
    sheets.by_name["choices"] = [each for each in rows if each["list_name"] != name] + [
        Row({"list_name": name, "name": code, "label": text}) for code, text in choices
    ]
    return name


def choices_of(sheets: Sheets, row: Row) -> list[tuple[str, str]]:
    list_name = row["type"].partition(" ")[2].removesuffix(" or_other")
    return [
        (each["name"], each["label"]) for each in sheets.rows("choices") if each["list_name"] == list_name
    ]


def remove_question(sheets: Sheets, place: int, name: str) -> None:
    row = row_at(sheets, place, name)
    if row["type"] in BEGINS or row["type"] in ENDS:
        raise BadForm(
            [Problem("group", term("分组请在 XLSForm 里改"), "survey", place + 2, "type", row["type"])]
        )
    sheets.rows("survey").remove(row)
    _forget_unused_keys(sheets)


def move_question(sheets: Sheets, place: int, name: str, by: int) -> None:
    """Up or down by one among the questions a person sees; never out of its group."""
    rows = sheets.rows("survey")
    row = row_at(sheets, place, name)
    other = place + (1 if by > 0 else -1)
    if not 0 <= other < len(rows) or rows[other]["type"] in {*BEGINS, *ENDS, *dict(META)}:
        return
    rows[place], rows[other] = rows[other], row


def take_from_register(sheets: Sheets, place: int, name: str, source: Source) -> None:
    """The answer is looked up where a record is chosen and can be put right; what is put right goes back to the register.

    Standard XLSForm throughout: `select_one_from_file`, `trigger` with `calculation`, `entities` with `save_to`.
    """
    row = row_at(sheets, place, name)
    key = _key(sheets, source)
    hint = _SOURCE.sub("", row["hint"]).strip()
    row.cells |= {
        "calculation": f"instance('{source.register}'){ROWS}[name = ${{{key}}}]/{source.item}",
        "trigger": f"${{{key}}}",
        "hint": f"{hint} {source.hint}".strip(),
        "save_to": source.item,
    }
    if source.choices:
        list_name = f"{source.register}_{source.item}"
        rows = sheets.rows("choices")
        sheets.by_name["choices"] = [each for each in rows if each["list_name"] != list_name] + [
            Row({"list_name": list_name, "name": code, "label": text}) for code, text in source.choices
        ]
        row.cells["type"] = f"select_one {list_name}"
    else:
        row.cells["type"] = FROM_DATA.get(source.type, "text")
    declared = [_list(each) for each in sheets.rows("entities")]
    if not declared:
        sheets.rows("entities").append(Row({"list_name": source.register, "entity_id": f"${{{key}}}"}))
    elif source.register not in declared or _is_saved(sheets, source.item, row):
        # A form writes to one register (ODK entities: one declaration a container), to an item once; else it only reads.
        row.cells.pop("save_to")
    _forget_unused_choices(sheets)


def _is_saved(sheets: Sheets, item: str, but: Row) -> bool:
    return any(row["save_to"] == item for row in sheets.rows("survey") if row is not but)


def ask_again(sheets: Sheets, place: int, name: str) -> None:
    """The question is answered by people again, from nothing."""
    row = row_at(sheets, place, name)
    for column in ("calculation", "trigger", "save_to"):
        row.cells.pop(column, None)
    row.cells["hint"] = _SOURCE.sub("", row["hint"]).strip()
    _forget_unused_keys(sheets)


def keep_as_register(sheets: Sheets, name: str) -> None:
    """Each filled form makes a record of the list `name`: its questions are the items, its first text the label.

    Not for a form that writes to a register already, nor for what is asked inside a repeat.
    """
    if sheets.rows("entities"):
        raise BadForm([Problem("has_register", term("这个表单已经写入台账"), "entities")])
    saved, depth = [], 0
    for row in sheets.rows("survey"):
        repeats = BEGINS.get(row["type"]) == "repeat" or ENDS.get(row["type"]) == "repeat"
        depth += (1 if row["type"] in BEGINS else -1) if repeats else 0
        if not depth and row["label"] and row["type"] not in {*BEGINS, *ENDS, "note", "acknowledge"}:
            saved.append(row)
    if not saved:
        raise BadForm([Problem("no_questions", term("还没有可以存成台账的问题"), "survey")])
    for row in saved:
        row.cells["save_to"] = row["name"]
    label = next((row for row in saved if row["type"] == "text"), saved[0])
    sheets.rows("entities").append(Row({"list_name": name, "label": f"${{{label['name']}}}"}))


def _key(sheets: Sheets, source: Source) -> str:
    """The name of the question that chooses the record; asked first, where there is none."""
    rows = sheets.rows("survey")
    wanted = f"select_one_from_file {source.register}.csv"
    for row in rows:
        if row["type"] == wanted:
            return row["name"]
    name = _free(f"{source.register}_id", {row["name"] for row in rows})
    first = next((index for index, row in enumerate(rows) if row["type"] not in dict(META)), len(rows))
    what = SUBJECTS.get(source.subject) or source.register_title
    rows.insert(
        first,
        Row({"type": wanted, "name": name, "label": f"请选择{what}", "hint": f"从{source.register_title}中查找",
             "required": "yes", "appearance": "autocomplete"}),
    )  # fmt: skip
    return name


def _forget_unused_keys(sheets: Sheets) -> None:
    """A record is not chosen for nothing: a way into a register that serves no question goes with the last of them."""
    for entity in list(sheets.rows("entities")):
        key = re.fullmatch(r"\$\{(\w+)\}", entity["entity_id"])
        if key is None:
            continue
        rows = sheets.rows("survey")
        name = _list(entity)
        if any(row["save_to"] for row in rows):
            continue
        used = [row for row in rows if any(f"${{{key[1]}}}" in text for text in row.cells.values())]
        sheets.rows("entities").remove(entity)
        chosen = next((row for row in rows if row["name"] == key[1]), None)
        if chosen is not None and not used and chosen["type"] == f"select_one_from_file {name}.csv":
            rows.remove(chosen)
    _forget_unused_choices(sheets)


def _forget_unused_choices(sheets: Sheets) -> None:
    used = {row["type"].partition(" ")[2].removesuffix(" or_other") for row in sheets.rows("survey")}
    words = " ".join(text for row in sheets.rows("survey") for text in row.cells.values())
    sheets.by_name["choices"] = [
        row for row in sheets.rows("choices") if _list(row) in used or f"'{_list(row)}'" in words
    ]


def _list(row: Row) -> str:
    return row["list_name"] or row["dataset"] or row["list name"]


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
