"""智慧城市评价: the wider sets, what is computed beside what was entered and what is not known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.files.owners import owner
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import IndicatorEntry
from .. import actions
from ..evaluating import Evaluation, Reached
from ..evaluating import evaluation as evaluated
from ..plan import indicator
from ..wider import NATIONAL, PLAN, PROVINCE, item
from ..wording import Words
from . import words

SETS = {NATIONAL: gettext_lazy("GB/T 33356-2016"), PROVINCE: gettext_lazy("山东省县级指标")}
ENTERERS = ("office", "liaison")
DECIDERS = ("office",)
owner(actions.ENTRY_FILES, may_look=lambda account, _subject: may(account, "staff"))


def evaluation(request: HttpRequest) -> HttpResponseBase:
    """`?set=gb2016|province`: its items, and for the national one the total with what it could still be."""
    chosen = request.GET.get("set") if request.GET.get("set") in SETS else NATIONAL
    found = evaluated(str(chosen))
    table = _table(found)
    return table.respond(request) or page(request, "programme/indicators/evaluation.html", {
        "table": table, "found": found, "sets": SETS, "chosen": chosen,
        "chart": _chart(found) if found.score else None, "counts": _counts(found),
    })  # fmt: skip


def _table(found: Evaluation) -> Table:
    has_points = found.score is not None
    columns = [
        *([Column("field", _("领域"), filter="choice"), Column("group", _("二级指标"), filter="choice"), Column("key", _("编号"))]
          if has_points else []),
        Column("title", _("指标"), filter="text",
               link=lambda row: reverse("programme:evaluation_item", args=[found.item_set, row["key"]])),
        Column("way", _("取值方式"), filter="choice", choices=words.EVALUATED, badge=words.EVALUATED_COLOURS),
        Column("value", _("达到（%）"), format=2),
        *([Column("worth", _("分值"), format=2), Column("points", _("得分"), format=2)] if has_points else
          [Column("four", _("四星线（%）"), format="number"), Column("five", _("五星线（%）"), format="number"),
           Column("formula", _("公式"), sortable=False)]),
        Column("waiting", _("待确认"), format="number"),
        Column("note", _("说明"), sortable=False),
    ]  # fmt: skip
    return Table("items", columns=columns, source=[_row(each) for each in found.rows], title=SETS[found.item_set],
                 empty=_("没有指标"))  # fmt: skip


def _row(each: Reached) -> dict[str, Any]:
    one = each.item
    notes = [pick(Words(one.note_zh, one.note_en))] if one.note_zh else []
    notes += [_("模拟数据")] if each.figure.is_simulated else []
    notes += [_("权重为推定（同组均分）")] if one.is_share_assumed else []
    return {
        "field": pick(Words(one.field, one.field_en)), "group": pick(Words(one.group, one.group_en)), "key": one.key,
        "title": pick(Words(one.zh, one.en)) if one.is_named else _("（标准子项名称未取得）"), "way": each.way,
        "value": each.figure.value, "worth": one.points, "points": each.points, "four": one.four_star, "five": one.five_star,
        "formula": pick(Words(one.formula_zh, one.formula_en)) or _("原文未取得"), "waiting": each.waiting or None,
        "note": "；".join(notes),
    }  # fmt: skip


def _chart(found: Evaluation) -> Bar:
    """Of each field the points reached by computing, by entering, lost, and not known."""
    fields = list(dict.fromkeys(row.item.field for row in found.rows))
    names = {row.item.field: pick(Words(row.item.field, row.item.field_en)) for row in found.rows}

    def total(field: str, way: str) -> float:
        return round(sum(row.points or 0 for row in found.rows if row.item.field == field and row.way == way), 2)

    def open_points(field: str) -> float:
        return round(sum(row.item.points or 0 for row in found.rows if row.item.field == field and row.points is None), 2)

    computed, entered = [total(each, "computed") for each in fields], [total(each, "entered") for each in fields]
    unknown = [open_points(each) for each in fields]
    worth = [sum(row.item.points or 0 for row in found.rows if row.item.field == each) for each in fields]
    lost = [round(w - c - e - u, 2) for w, c, e, u in zip(worth, computed, entered, unknown, strict=True)]
    return Bar(
        title=_("各领域得分"), unit=_("分"), x=[names[each] for each in fields], stacked=True, horizontal=True,
        traces=[
            Trace(_("平台计算"), computed, colour="var(--tblr-green)"),
            Trace(_("人工填报"), entered, colour="var(--tblr-blue)"),
            Trace(_("未达到"), lost, colour="var(--tblr-red)"),
            Trace(_("未知"), unknown, colour="var(--tblr-secondary)"),
        ],
    )  # fmt: skip


def _counts(found: Evaluation) -> list[tuple[Any, int, str]]:
    return [(words.EVALUATED[way], sum(row.way == way for row in found.rows), words.EVALUATED_COLOURS[way])
            for way in words.EVALUATED]  # fmt: skip


class EntryForm(forms.Form):
    first_on = forms.DateField(label=gettext_lazy("统计期起"), widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(label=gettext_lazy("统计期止"), widget=forms.DateInput(attrs={"type": "date"}))
    numerator = forms.FloatField(label=gettext_lazy("分子"), min_value=0)
    denominator = forms.FloatField(label=gettext_lazy("分母"), min_value=0)
    source = forms.CharField(label=gettext_lazy("数据来源"), max_length=200)
    upload = forms.FileField(label=gettext_lazy("佐证文件"))
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)


@part(of="evaluation", path="indicators/evaluation/<str:item_set>/<str:key>/", methods=("GET", "POST"))
def evaluation_item(request: HttpRequest, item_set: str, key: str) -> HttpResponseBase:
    """An item: what was entered and by whom confirmed; entering anew for those who may."""
    known = indicator(key) if item_set == PLAN else item(item_set, key)
    if known is None:
        raise Http404(key)
    may_enter = may(request.user, *(f"programme.{role}" for role in ENTERERS)) and not known.measure
    asked = EntryForm(request.POST or None, request.FILES or None)
    form = PageForm(asked, submit=_("提交填报"), columns=2) if may_enter else None
    if request.method == "POST":
        if form is None:
            raise Http404(key)
        if form.is_valid() and _entered(request, item_set, key, form):
            return HttpResponseRedirect(request.path)
    table = _entries(item_set, key)
    return table.respond(request) or page(request, "programme/indicators/evaluation_item.html", {
        "item": known, "title": pick(known) if known.zh else _("（标准子项名称未取得）"), "table": table, "form": form,
        "waiting": _waiting(request, item_set, key), "item_set": item_set,
        "back": reverse("programme:indicators") if item_set == PLAN else f"{reverse('programme:evaluation')}?set={item_set}",
    })  # fmt: skip


def _entered(request: HttpRequest, item_set: str, key: str, form: PageForm) -> bool:
    given = dict(form.form.cleaned_data)
    try:
        actions.enter(item_set, key, request.user, **given)
    except Refused as refused:
        form.form.add_error(refused.field if refused.field in form.form.fields else None, str(refused))
        return False
    except Refusal as refusal:
        form.form.add_error("upload", str(refusal))
        return False
    messages.success(request, _("已提交，等待另一人确认"))
    return True


def _entries(item_set: str, key: str) -> Table:
    rows = IndicatorEntry.objects.filter(item_set=item_set, item=key).select_related("entered_by", "decided_by", "file")
    return Table(
        "entries",
        columns=[
            Column("last_on", _("统计期止"), format="day", filter="date"),
            Column("first_on", _("统计期起"), format="day"),
            Column("numerator", _("分子"), format="number"),
            Column("denominator", _("分母"), format="number"),
            Column("state", _("状态"), filter="choice", choices=dict(IndicatorEntry.State.choices), badge=words.STATE_COLOURS),
            Column("source", _("数据来源"), filter="text"),
            Column("file.name", _("佐证文件"), link=lambda row: reverse("files:kept", args=[row.file_id])),
            Column("entered_by.name", _("填报人")),
            Column("entered_at", _("填报时间"), format="moment"),
            Column("decided_by.name", _("确认人")),
            Column("reason", _("退回原因"), sortable=False),
            Column("is_simulated", _("模拟"), filter="choice", shown=False),
        ],
        source=rows, order="-entered_at", title=_("填报记录"), empty=_("还没有填报"),
    )  # fmt: skip


def _waiting(request: HttpRequest, item_set: str, key: str) -> list[IndicatorEntry]:
    """Those this reader may decide: never their own."""
    if not may(request.user, *(f"programme.{role}" for role in DECIDERS)):
        return []
    rows = IndicatorEntry.objects.filter(item_set=item_set, item=key, state=IndicatorEntry.State.WAITING)
    return list(rows.exclude(entered_by=request.user.pk).select_related("entered_by", "file"))


@part(of="evaluation", path="indicators/entries/<int:entry>/decide", methods=("POST",), roles=DECIDERS)
def evaluation_decide(request: HttpRequest, entry: int) -> HttpResponse:
    """`right=1` confirms, else `reason` sends it back."""
    found = get_object_or_404(IndicatorEntry, pk=entry)
    try:
        actions.decide(found, request.user, is_right=request.POST.get("right") == "1", reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已处理"))
    return HttpResponseRedirect(reverse("programme:evaluation_item", args=[found.item_set, found.item]))
