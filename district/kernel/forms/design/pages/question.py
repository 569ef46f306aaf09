"""A question is written, with what is held of it beside it while it is written."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel.datasets.slugs import slug_of
from district.kernel.forms.design import changing, editing
from district.kernel.forms.design.held import held_for
from district.kernel.forms.design.pages import words
from district.kernel.forms.design.sheets import Row, Sheets
from district.kernel.forms.models import Form
from district.kernel.forms.queries import DESIGNERS
from district.kernel.people.access import allow
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

CONDITIONS = {
    "=": gettext_lazy("是"),
    "!=": gettext_lazy("不是"),
    ">": gettext_lazy("大于"),
    "<": gettext_lazy("小于"),
}
_RANGE = re.compile(r"^\. >= (-?[\d.]+)(?: and \. <= (-?[\d.]+))?$|^\. <= (-?[\d.]+)$")
_RELEVANT = re.compile(r"^\$\{(\w+)\} (=|!=|>|<) '([^']*)'$")


class QuestionForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("题目"), max_length=300)
    type = forms.ChoiceField(label=gettext_lazy("题型"))
    choices = forms.CharField(
        label=gettext_lazy("选项"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("单选、多选必填，一行一个；要自定代码的写成 代码=文字"),
    )  # fmt: skip
    hint = forms.CharField(label=gettext_lazy("填写提示"), max_length=300, required=False)
    least = forms.DecimalField(label=gettext_lazy("最小值"), required=False)
    most = forms.DecimalField(label=gettext_lazy("最大值"), required=False)
    of = forms.ChoiceField(
        label=gettext_lazy("什么时候问"), required=False, help_text=gettext_lazy("不选则总是问")
    )
    sign = forms.ChoiceField(label=gettext_lazy("条件"), required=False, choices=list(CONDITIONS.items()))
    value = forms.CharField(
        label=gettext_lazy("条件的值"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("选择题填选项代码"),
    )
    required = forms.BooleanField(label=gettext_lazy("必填"), required=False)

    def __init__(self, sheets: Sheets, *args: Any, row: Row | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["type"].choices = [(key, words.TYPES[key]) for key in words.OFFERED]
        others = [each for each in sheets.rows("survey") if each is not row and _is_question(each)]
        fields["of"].choices = [
            ("", _("总是问")),
            *((each["name"], each["label"] or each["name"]) for each in others),
        ]
        if row is not None:
            self.initial |= _initial(sheets, row)
            kind = self.initial["type"]
            if kind not in words.OFFERED:
                fields["type"].choices = [(kind, words.TYPES.get(kind, kind)), *fields["type"].choices]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("type") in editing.CHOOSING and not given.get("choices", "").strip():
            self.add_error("choices", _("请写出选项，一行一个"))
        for line in given.get("choices", "").splitlines():
            code, sign, _text = line.partition("=")
            if sign and not re.fullmatch(r"[^\s]+", code.strip()):
                self.add_error("choices", _("选项代码不能有空格：%(code)s") % {"code": code})
        least, most = given.get("least"), given.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("最大值小于最小值"))
        if "'" in given.get("value", ""):
            self.add_error("value", _("值里不能有引号"))
        return given

    @property
    def cells(self) -> dict[str, Any]:
        """As the editing of the sheets takes them. An expression made elsewhere stays while nothing is put for it."""
        given = self.cleaned_data
        cells = {"hint": given["hint"], "required": "yes" if given["required"] else ""}
        least, most = given["least"], given["most"]
        if least is not None or most is not None:
            parts = [f". >= {least}"] if least is not None else []
            parts += [f". <= {most}"] if most is not None else []
            cells |= {"constraint": " and ".join(parts), "constraint_message": _range_words(least, most)}
        elif self.initial.get("is_range"):
            cells |= {"constraint": "", "constraint_message": ""}
        if given["of"]:
            cells["relevant"] = f"${{{given['of']}}} {given['sign'] or '='} '{given['value']}'"
        elif self.initial.get("of"):
            cells["relevant"] = ""
        return {"choices": read_choices(given["choices"]), **cells}


def _range_words(least: Any, most: Any) -> str:
    if least is None:
        return f"不大于 {most}"
    return f"不小于 {least}" if most is None else f"在 {least} 和 {most} 之间"


def read_choices(text: str) -> list[tuple[str, str]]:
    """`1=是` or `是`; codes that are not given are made of the words."""
    found: list[tuple[str, str]] = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        code, sign, label = line.partition("=")
        taken = {name for name, _label in found}
        name = code.strip() if sign else slug_of(line, taken, fallback="c")
        found.append((name, label.strip() if sign else line))
    return found


def _is_question(row: Row) -> bool:
    return row["type"] not in {*editing.BEGINS, *editing.ENDS, *dict(editing.META)} and bool(row["name"])


def _initial(sheets: Sheets, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {
        "label": next((text for column, text in row.cells.items() if column.startswith("label")), ""),
        "type": row["type"].split(" ")[0], "hint": row["hint"],
        "required": row["required"].lower() in ("yes", "true", "true()"),
        "choices": "\n".join(f"{code}={text}" for code, text in editing.choices_of(sheets, row)),
    }  # fmt: skip
    within = _RANGE.match(row["constraint"])
    if within:
        found |= {"least": within[1], "most": within[2] or within[3], "is_range": True}
    asked = _RELEVANT.match(row["relevant"])
    if asked:
        found |= {"of": asked[1], "sign": asked[2], "value": asked[3]}
    return found


@allow(*DESIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = words.led(request, pk)
    try:
        sheets = changing.sheets_of(found)
    except words.ERRORS as error:
        words.say(request, error)
        return redirect("forms:design", pk)
    form = QuestionForm(sheets, request.POST or None)

    def kept() -> None:
        given = form.cleaned_data
        changing.add(found, request.user, given["type"], given["label"], **form.cells)

    return _answered(request, found, form, kept, "")


@allow(*DESIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int, place: int, name: str) -> HttpResponseBase:
    found = words.led(request, pk)
    try:
        sheets = changing.sheets_of(found)
        row = editing.row_at(sheets, place, name)
    except words.ERRORS as error:
        words.say(request, error)
        return redirect("forms:design", pk)
    form = QuestionForm(sheets, request.POST or None, row=row)

    def kept() -> None:
        given = form.cleaned_data
        kind = (
            row["type"]
            if given["type"] == row["type"].split(" ")[0] not in editing.CHOOSING
            else given["type"]
        )
        changing.change(
            found, request.user,
            lambda rows: editing.change_question(rows, place, name, kind=kind, label=given["label"], **form.cells),
        )  # fmt: skip

    return _answered(request, found, form, kept, name)


def _answered(
    request: HttpRequest, found: Form, form: QuestionForm, keep: Any, name: str
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except words.ERRORS as error:
            for text in words.texts_of(error):
                form.add_error(None, text)
        else:
            messages.success(request, _("已保存"))
            if request.POST.get("again"):
                return redirect("forms:design_new_question", found.pk)
            return redirect("forms:design", found.pk)
    label = form["label"].value() or ""
    context = {
        "design": found, "form": PageForm(form, cancel=reverse("forms:design", args=[found.pk]), columns=2), "name": name,
        "held": held_for(label, form["type"].value() or "text", form=found) if label else [], "words": words,
    }  # fmt: skip
    return page(
        request, "forms/design/question.html", context, status=422 if request.method == "POST" else 200
    )


@allow(*DESIGNERS)
@require_safe
def held_beside(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is held of a question that is just being written."""
    found = words.led(request, pk)
    label, kind = request.GET.get("label", "").strip()[:300], request.GET.get("type", "text")
    held = held_for(label, kind, form=found) if label else []
    return page(request, "forms/design/_held.html", {"held": held, "words": words, "label": label})
