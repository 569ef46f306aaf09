"""XLSForm in: a workbook becomes an XForm by pyxform, its problems named in Chinese where they stand. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass

from district.kernel.forms.design import xform
from district.kernel.forms.design.checking import problems_of
from district.kernel.forms.design.problems import BadForm, Problem
from district.kernel.forms.design.questions import Question
from district.kernel.forms.design.sheets import Sheets, read_sheets, write_sheets
from district.kernel.wording import Sentence, term

__all__ = ["BadForm", "Design", "Problem", "of_sheets", "read", "read_xform"]

NOT_CONVERTED = Sentence("无法转换为 XForm：%(why)s")
BY_PYXFORM = Sentence("%(rule)s（pyxform：%(words)s）")
IN_PYXFORM = {
    "ENTITY": term("实体声明不合规则"), "NAMES": term("名称不合规则"), "PYREF": term("引用不合规则"),
    "HEADER": term("列名不合规则"),
    "SURVEY": term("问题不合规则"), "RANGE": term("范围题的参数不合规则"), "INTERNAL": term("无法转换"),
}  # fmt: skip


@dataclass(frozen=True)
class Design:
    """A form that can be asked. `sheets` is None for one that came as XML; `content` are the bytes of its workbook."""

    form: xform.XForm
    sheets: Sheets | None = None
    content: bytes = b""
    warnings: tuple[str, ...] = ()

    @property
    def form_id(self) -> str:
        return self.form.form_id

    @property
    def version(self) -> str:
        return self.form.version

    @property
    def title(self) -> str:
        return self.form.title

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.form.questions


def read(content: bytes, *, form_id: str = "", title: str = "") -> Design:
    """Of the bytes of an xlsx. `form_id`, `title`: what it is called when its settings do not say. Raises BadForm."""
    return _converted(read_sheets(content), content, form_id, title)


def of_sheets(sheets: Sheets, *, form_id: str = "", title: str = "") -> Design:
    """Of rows made here; the workbook is written from them. Raises BadForm."""
    for rows in sheets.by_name.values():
        for number, row in enumerate(rows, start=2):
            row.number = number
    content = write_sheets(sheets)
    return _converted(sheets, content, form_id, title)


def read_xform(xml: str | bytes) -> Design:
    """Of an XForm as it is. Raises BadForm."""
    try:
        return Design(xform.read(xml))
    except xform.BadXForm as bad:
        raise BadForm([Problem(bad.code, str(bad))]) from bad


def _converted(sheets: Sheets, content: bytes, form_id: str, title: str) -> Design:
    problems = problems_of(sheets)
    if problems:
        raise BadForm(problems)
    import pyxform.xls2xform as converter
    from pyxform.errors import PyXFormError

    warnings: list[str] = []
    given = sheets
    if not (sheets.settings.get("form_id") and sheets.settings.get("form_title")):
        given = Sheets({**sheets.by_name, "settings": sheets.rows("settings")})
        given.settings.setdefault("form_id", form_id or "form")
        given.settings.setdefault("form_title", title or given.settings["form_id"])
        content = write_sheets(given)
    try:
        made = converter.convert(content, warnings=warnings, file_type=".xlsx")
    except PyXFormError as error:
        raise BadForm([_problem(error)]) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        # A workbook that confuses the converter itself.
        raise BadForm([Problem("not_converted", NOT_CONVERTED(why=error))]) from error
    return Design(xform.read(made.xform), given, content, tuple(warnings))


def _problem(error: Exception) -> Problem:
    """pyxform's words with the place they name taken out: `[row : 3] On the 'survey' sheet, …`."""
    words = str(error)
    row = re.search(r"\[row : (\d+)\]", words) or re.search(r"row (?:number )?(\d+)", words)
    sheet = re.search(r"'(survey|choices|settings|entities)' sheet", words)
    column = re.search(r"the '(\w+)' (?:value|column)", words)
    value = re.search(r"'([^']+)'", words[column.end() :] if column else "")
    code = getattr(getattr(error, "code", None), "name", "") or ""
    context = getattr(error, "context", None) or {}
    number = str(context.get("row") or (row[1] if row else ""))
    family = code.split("_")[0]
    rule = IN_PYXFORM.get(family, term("不合 XLSForm 规则"))
    return Problem(
        f"pyxform.{code.lower()}" if code else "pyxform", BY_PYXFORM(rule=rule, words=" ".join(words.split())),
        sheet=sheet[1] if sheet else "survey" if row else "", row=int(number) if number.isdigit() else 0,
        column=column[1] if column else "", value=value[1] if value else "",
    )  # fmt: skip
