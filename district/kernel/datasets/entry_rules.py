"""What an entry of the catalogue must say (编制指南 发改高技〔2017〕1272号, 核心元数据; 国发〔2016〕51号).

Pure: an entry and its items in, the rules they break out. `is_complete=False` asks only what holds for a draft too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.datasets import classes

OPEN, CONDITIONAL, CLOSED = "open", "conditional", "closed"
WAYS = (
    "共享平台方式", "共享平台方式（数据库交换）", "共享平台方式（文件下载）", "共享平台方式（服务接口）",
    "邮件", "拷盘", "介质交换",
)  # fmt: skip
"""共享方式; by the platform as a rule, the others by exception."""
FORMATS = ("数据库", "电子表格", "电子文件", "图形图像", "流媒体", "自描述格式")
STRUCTURED = ("数据库", "电子表格")
HOLDS = ("", "person_id", "entity_code", "division", "lon", "lat")
MOST_OPEN_GRADE = 2
"""Nothing more sensitive is opened to the public."""
_LAW = re.compile(r"《[^》]{2,}》")
_ITEM_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
RESERVED = ("_row", "_run")


@dataclass(frozen=True)
class Problem:
    """A rule that is broken: the field, its value, a stable code and words for people."""

    field: str
    code: str
    text: str
    value: Any = ""


def problems_of(
    entry: Mapping[str, Any], items: Sequence[Mapping[str, Any]], *, is_complete: bool
) -> list[Problem]:
    """All the rules an entry breaks. Keys are those of `Resource` and `Item`."""
    found = [*_always(entry), *_items(items)]
    if is_complete:
        found += [*_mandatory(entry, items), *_sharing(entry), *_opening(entry, items)]
    return found


def grade_of(items: Iterable[Mapping[str, Any]]) -> int:
    """A resource is as sensitive as its most sensitive item."""
    return max((int(item["grade"]) for item in items), default=1)


def is_structured(format_: str) -> bool:
    return format_.startswith(STRUCTURED)


def _always(entry: Mapping[str, Any]) -> list[Problem]:
    found = []
    if not str(entry.get("title", "")).strip():
        found.append(Problem("title", "title_missing", _("信息资源名称必须填写")))
    if entry.get("library") and entry["library"] not in classes.libraries():
        text = _("没有基础库“%(value)s”") % {"value": entry["library"]}
        found.append(Problem("library", "unknown_library", text, entry["library"]))
    if entry.get("theme") and entry["theme"] not in classes.themes():
        text = _("没有主题“%(value)s”") % {"value": entry["theme"]}
        found.append(Problem("theme", "unknown_theme", text, entry["theme"]))
    if entry.get("share") == CLOSED and not entry.get("legal_ground"):
        found.append(
            Problem("legal_ground", "ground_missing", _("不予共享的资源必须写明法律、法规或政策依据"))
        )
    if entry.get("is_secret") and entry.get("is_open_to_public"):
        found.append(Problem("is_open_to_public", "secret_is_not_open", _("涉密资源不得向社会开放"), True))
    return found


def _mandatory(entry: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> list[Problem]:
    found = []
    if not entry.get("abstract"):
        found.append(Problem("abstract", "abstract_missing", _("信息资源摘要必须填写")))
    if not str(entry.get("format", "")).startswith(FORMATS):
        text = _("信息资源格式须为：%(list)s") % {"list": "、".join(FORMATS)}
        found.append(Problem("format", "unknown_format", text, entry.get("format", "")))
    elif is_structured(str(entry["format"])) and not items:
        found.append(Problem("items", "items_missing", _("数据库、电子表格类资源必须列出信息项")))
    return found


def _sharing(entry: Mapping[str, Any]) -> list[Problem]:
    found = []
    share, way = entry.get("share"), str(entry.get("share_way", ""))
    if share == CONDITIONAL and not entry.get("share_condition"):
        text = _("有条件共享的资源必须写明共享条件（使用范围、用途）")
        found.append(Problem("share_condition", "condition_missing", text))
    if share == CLOSED and entry.get("legal_ground") and not _LAW.search(str(entry["legal_ground"])):
        text = _("不予共享的依据须引用法律、法规或政策文件的名称，写在书名号《》内")
        found.append(Problem("legal_ground", "ground_names_no_law", text, entry["legal_ground"]))
    if share in (OPEN, CONDITIONAL) and way not in WAYS:
        text = _("共享方式须为：%(list)s") % {"list": "、".join(WAYS)}
        found.append(Problem("share_way", "unknown_way", text, way))
    return found


def _opening(entry: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> list[Problem]:
    if not entry.get("is_open_to_public"):
        return []
    found = []
    if not entry.get("open_condition"):
        text = _("向社会开放的资源必须写明开放条件，没有条件的写“无条件”")
        found.append(Problem("open_condition", "open_condition_missing", text))
    if entry.get("share") == CLOSED:
        text = _("不予共享的资源不得向社会开放")
        found.append(Problem("is_open_to_public", "closed_is_not_open", text, True))
    secret = [str(item["title"]) for item in items if int(item["grade"]) > MOST_OPEN_GRADE]
    if secret:
        text = _("含三级以上敏感信息项（%(items)s）的资源不得向社会开放") % {"items": "、".join(secret)}
        found.append(Problem("is_open_to_public", "sensitive_is_not_open", text, True))
    return found


def _items(items: Sequence[Mapping[str, Any]]) -> list[Problem]:
    found = []
    names: set[str] = set()
    for number, item in enumerate(items, 1):
        name = str(item.get("name", ""))
        where = {"n": number, "name": name}
        if not _ITEM_NAME.fullmatch(name) or name in RESERVED:
            text = (
                _("第 %(n)s 个信息项的字段名“%(name)s”须由字母、数字、下划线组成，以字母开头，至多 63 位")
                % where
            )
            found.append(Problem("items", "bad_item_name", text, name))
        if name.lower() in names:
            found.append(Problem("items", "item_twice", _("字段名“%(name)s”出现两次") % where, name))
        names.add(name.lower())
        if not str(item.get("title", "")).strip():
            found.append(Problem("items", "item_title_missing", _("第 %(n)s 个信息项没有名称") % where, name))
        if item.get("holds", "") not in HOLDS:
            text = _("信息项“%(name)s”的内容标识须为：%(list)s") % {**where, "list": "、".join(HOLDS[1:])}
            found.append(Problem("items", "unknown_content", text, item["holds"]))
    return found
