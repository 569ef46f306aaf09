"""How the designer says and colours things."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from district.kernel.files.refusal import Refusal
from district.kernel.forms.design.problems import BadForm, Problem
from district.kernel.forms.models import Form
from district.kernel.forms.queries import forms_led_by
from district.kernel.forms.refused import Refused
from district.kernel.ui.saying import said

TYPES = {
    "text": _("文字"), "integer": _("整数"), "decimal": _("小数"), "select_one": _("单选"), "select_multiple": _("多选"),
    "date": _("日期"), "time": _("时间"), "dateTime": _("日期和时间"), "image": _("照片"), "audio": _("录音"),
    "video": _("录像"), "file": _("文件"), "geopoint": _("位置"), "geotrace": _("线路"), "geoshape": _("地块"),
    "barcode": _("扫码"), "note": _("说明文字"), "acknowledge": _("确认"), "rank": _("排序"), "calculate": _("计算"),
    "start": _("开始时间"), "end": _("结束时间"), "today": _("填写日期"), "range": _("范围"),
}  # fmt: skip
OFFERED = (
    "text", "integer", "decimal", "select_one", "select_multiple", "date", "time", "dateTime", "image", "audio", "geopoint",
    "barcode", "note", "acknowledge",
)  # fmt: skip
STATE_COLOURS = {"open": "green", "closing": "yellow", "closed": "secondary"}
VERSION_COLOURS = {"draft": "yellow", "published": "green", "retired": "secondary"}
REVIEW_COLOURS = {"submitted": "yellow", "approved": "green", "returned": "red"}
KINDS = {"register": _("台账"), "resource": _("数据目录"), "form": _("其他表单")}
SHARES = {"open": _("无条件共享"), "conditional": _("有条件共享"), "closed": _("不予共享")}
HOW = {"same": _("题目相同"), "synonym": _("意思相同"), "alike": _("相近")}
ERRORS = (BadForm, Refused, Refusal)
"""What a door of the designer may raise."""


def led(request: HttpRequest, pk: int) -> Form:
    """The form, if the reader may change it."""
    forms = forms_led_by(request.user).select_related("project", "organisation", "created_by")
    return get_object_or_404(forms, pk=pk)


def say(request: HttpRequest, error: Exception) -> None:
    """What was refused, each rule by itself."""
    if isinstance(error, BadForm):
        for problem in error.problems[:20]:
            messages.error(request, problem_text(problem))
        if len(error.problems) > 20:
            messages.error(request, gettext("另有 %(n)s 处") % {"n": len(error.problems) - 20})
        return
    value: Any = getattr(error, "value", "")
    messages.error(request, f"{error}（{value}）" if value else str(error))


def problem_text(problem: Problem) -> str:
    """Sheet, row, column, value and rule in the language of the page."""
    place = (
        (gettext("工作表 %(name)s") % {"name": problem.sheet}) if problem.sheet else "",
        (gettext("第 %(row)s 行") % {"row": problem.row}) if problem.row else "",
        (gettext("%(column)s 列") % {"column": problem.column}) if problem.column else "",
        f"“{problem.value[:60]}”" if problem.value else "",
    )
    where = " ".join(filter(None, place))
    return (
        gettext("%(where)s：%(rule)s") % {"where": where, "rule": said(problem.text)}
        if where
        else said(problem.text)
    )


def texts_of(error: Exception) -> list[str]:
    """What a form shows of a refusal: each broken rule."""
    return [problem_text(each) for each in error.problems] if isinstance(error, BadForm) else [str(error)]
