"""The rules of an XLSForm (xlsform.org) that people break most, each found where it stands. No Django.

What is left is found by pyxform, whose words follow in `xlsform.read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from district.kernel.forms.design.problems import Problem
from district.kernel.forms.design.sheets import Row, Sheets
from district.kernel.wording import Sentence, term

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
FORM_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]*)\s*\}")
SELECTS = ("select_one", "select_multiple", "rank")
FROM_FILE = ("select_one_from_file", "select_multiple_from_file")
PLAIN_TYPES = frozenset(
    [
        "text",
        "integer",
        "decimal",
        "date",
        "time",
        "datetime",
        "note",
        "calculate",
        "image",
        "audio",
        "video",
        "file",
        "geopoint",
        "geotrace",
        "geoshape",
        "barcode",
        "acknowledge",
        "range",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "hidden",
        "xml-external",
        "csv-external",
        "osm",
        "background-audio",
        "background-geopoint",
        "start-geopoint",
        "audit",
        "string",
        "int",
        "dateTime",
        "photo",
        "trigger",
    ]
)
BEGINS = {"begin_group": "group", "begin_repeat": "repeat", "begin group": "group", "begin repeat": "repeat"}
ENDS = {"end_group": "group", "end_repeat": "repeat", "end group": "group", "end repeat": "repeat"}
WITHOUT_LABEL = frozenset(
    [
        "calculate",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "hidden",
        "xml-external",
        "csv-external",
        "audit",
        "background-audio",
        "background-geopoint",
        "start-geopoint",
    ]
)
EXPRESSIONS = (
    "constraint",
    "relevant",
    "calculation",
    "choice_filter",
    "required",
    "readonly",
    "repeat_count",
)
NO_SUCH_LIST = Sentence("工作表 choices 里没有选项列表 %(name)s")
NO_SUCH_QUESTION = Sentence("引用的问题 %(name)s 不存在")
NO_BEGIN = Sentence("没有对应的 begin_%(kind)s")
NO_END = Sentence("没有对应的 end_%(kind)s")
NAME_OF_ROW = Sentence("与第 %(row)s 行的字段名相同")
CODE_OF_ROW = Sentence("与第 %(row)s 行的选项代码相同")
TRUTHS = frozenset({"yes", "no", "true", "false", "true()", "false()", ""})


def problems_of(sheets: Sheets) -> list[Problem]:
    """Every broken rule, in the order of the sheets."""
    names = {row["name"] for row in sheets.rows("survey") if row["name"]}
    lists = {_list(row) for row in sheets.rows("choices")}
    registers = {row["list_name"] or row["dataset"] for row in sheets.rows("entities")}
    found: list[Problem] = []
    if not sheets.rows("survey"):
        found.append(Problem("no_questions", term("还没有问题"), sheet="survey"))
    for row in sheets.rows("survey"):
        found += _of_row(row, lists, names)
        if row["save_to"] and not registers:
            found.append(
                _in("survey", row, "save_to", "no_entities", term("填了 save_to，但没有 entities 工作表"))
            )
    found += _nesting(sheets.rows("survey"))
    found += _cycles(sheets.rows("survey"))
    found += _repeated(sheets.rows("survey"))
    found += _choices(sheets.rows("choices"))
    found += _settings(sheets)
    return found


def _in(sheet: str, row: Row, column: str, code: str, text: str) -> Problem:
    return Problem(code, text, sheet, row.number, column, row[column])


def _of_row(row: Row, lists: set[str], names: set[str]) -> Iterator[Problem]:
    kind = row["type"]
    if not kind:
        yield _in("survey", row, "type", "no_type", term("没有题型"))
        return
    yield from _of_type(row, kind, lists)
    if kind in ENDS:
        return
    if not row["name"]:
        yield _in("survey", row, "name", "no_name", term("没有字段名"))
    elif not NAME.fullmatch(row["name"]):
        yield _in("survey", row, "name", "bad_name", term("字段名只能用字母、数字、下划线，以字母开头"))
    labels = [
        column for column in row.cells if column.split("::")[0] in ("label", "caption", "image", "media")
    ]
    if not labels and kind not in WITHOUT_LABEL and kind not in BEGINS and not row["calculation"]:
        yield _in("survey", row, "label", "no_label", term("没有题目"))
    for column in row.cells:
        for name in REFERENCE.findall(row[column]):
            if name not in names:
                yield _in("survey", row, column, "unknown_reference", NO_SUCH_QUESTION(name=name))
    yield from _expressions(row)


def _of_type(row: Row, kind: str, lists: set[str]) -> Iterator[Problem]:
    word, _sign, rest = kind.partition(" ")
    source = rest.strip().removesuffix(" or_other").strip()
    if word in FROM_FILE:
        if not re.fullmatch(r"[^/\\]+\.(csv|xml|geojson)", source):
            yield _in(
                "survey", row, "type", "bad_file", term("列表文件须写成 名称.csv、名称.xml 或 名称.geojson")
            )
    elif word in SELECTS and kind not in BEGINS:
        if not source:
            yield _in("survey", row, "type", "no_list", term("选择题须写明选项列表，例如 select_one yes_no"))
        elif source not in lists and not source.startswith("${"):
            yield _in("survey", row, "type", "unknown_list", NO_SUCH_LIST(name=source))
    elif kind not in PLAIN_TYPES | set(BEGINS) | set(ENDS) and word not in (
        "begin",
        "end",
        "select_one_external",
    ):
        yield _in("survey", row, "type", "unknown_type", term("没有这种题型"))


def _expressions(row: Row) -> Iterator[Problem]:
    for column in EXPRESSIONS:
        text = row[column]
        if text.lower() in TRUTHS or not (problem := syntax_problem(text)):
            continue
        yield _in("survey", row, column, "bad_expression", problem)


def syntax_problem(expression: str) -> str:
    """What is wrong with an XPath expression of XLSForm; empty when it can be read."""
    if expression.count("${") != len(re.findall(r"\$\{[^}]*\}", expression)):
        return term("表达式里的 ${ } 没有成对")
    try:
        etree.XPath(REFERENCE.sub("/x", expression))
    except etree.XPathSyntaxError:
        return term("表达式写法不对（括号、引号没有成对，或缺少一部分）")
    return ""


def _nesting(rows: list[Row]) -> Iterator[Problem]:
    opened: list[tuple[str, Row]] = []
    for row in rows:
        if row["type"] in BEGINS:
            opened.append((BEGINS[row["type"]], row))
        elif row["type"] in ENDS:
            kind = ENDS[row["type"]]
            if not opened or opened[-1][0] != kind:
                yield _in("survey", row, "type", "not_opened", NO_BEGIN(kind=kind))
            else:
                opened.pop()
    for kind, row in opened:
        yield _in("survey", row, "type", "not_closed", NO_END(kind=kind))


def _cycles(rows: list[Row]) -> Iterator[Problem]:
    """A question that waits for itself: phones refuse to open such a form (ODK XForms: no cyclic dependencies)."""
    needs: dict[str, set[str]] = {}
    inside: list[str] = []
    by_name: dict[str, Row] = {}
    for row in rows:
        if row["type"] in ENDS:
            inside = inside[:-1]
            continue
        texts = [
            row["relevant"] or row["relevance"],
            "" if row["trigger"] else row["calculation"] or row["calculate"],
        ]
        used = {name for text in texts if "indexed-repeat" not in text for name in REFERENCE.findall(text)}
        needs.setdefault(row["name"], set()).update(used, inside[-1:])
        by_name.setdefault(row["name"], row)
        if row["type"] in BEGINS:
            inside.append(row["name"])
    told: set[str] = set()
    for name, row in by_name.items():
        found = _reached(name, needs)
        if name and name in found and name not in told:
            told |= {other for other in found if name in _reached(other, needs)}
            column = "calculation" if row["calculation"] and not row["trigger"] else "relevant"
            yield _in("survey", row, column, "cycle", term("条件或计算绕回到自己，手机打不开这样的表单"))


def _reached(name: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(needs.get(name, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += needs.get(each, ())
    return found


def _repeated(rows: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    inside: list[str] = []
    for row in rows:
        if row["type"] in ENDS:
            inside = inside[:-1]
            continue
        name = (*inside, row["name"])
        if row["name"] and name in seen:
            yield _in("survey", row, "name", "name_twice", NAME_OF_ROW(row=seen[name]))
        seen.setdefault(name, row.number)
        if row["type"] in BEGINS:
            inside.append(row["name"])


def _list(row: Row) -> str:
    return row["list_name"] or row["list name"]


def _choices(rows: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if not _list(row):
            yield _in("choices", row, "list_name", "no_list", term("没有列表名"))
        if not row["name"]:
            yield _in("choices", row, "name", "no_name", term("选项没有代码"))
        elif re.search(r"\s", row["name"]):
            yield _in("choices", row, "name", "bad_choice", term("选项代码不能有空格"))
        if not any(column.split("::")[0] in ("label", "image", "media") for column in row.cells):
            yield _in("choices", row, "label", "no_label", term("选项没有文字"))
        key = (_list(row), row["name"])
        if key in seen and row["name"]:
            yield _in("choices", row, "name", "choice_twice", CODE_OF_ROW(row=seen[key]))
        seen.setdefault(key, row.number)


def _settings(sheets: Sheets) -> Iterator[Problem]:
    for row in sheets.rows("settings")[:1]:
        if row["form_id"] and not FORM_ID.fullmatch(row["form_id"]):
            yield _in(
                "settings",
                row,
                "form_id",
                "bad_form_id",
                term("表单代码只能用字母、数字、下划线、点、冒号、连字符，最多 64 个"),
            )
