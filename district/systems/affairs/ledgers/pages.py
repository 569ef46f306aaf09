"""台账: a place's own data come back to it, as a list, as sums, and as a map."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.datasets.models import Grade
from district.kernel.forms.design.questions import Question
from district.kernel.forms.models import Entity, Form, Register, RegisterItem, Submission
from district.kernel.forms.registers.layout import GEOMETRY
from district.kernel.forms.registers.reading import value_of
from district.kernel.people import masking
from district.kernel.people.access import may
from district.kernel.people.audit import record_look
from district.kernel.people.refused import Refused
from district.kernel.places.models import Division
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from . import queries
from .actions import take_up
from .maps import colourable, commonest, features, ledger_map
from .templates import templates

NEAR = ("affairs.clerk", "affairs.town")
"""Who lives with the people of a ledger reads their names; others see them masked."""


def ledgers(request: HttpRequest) -> HttpResponseBase:
    def behind(row: queries.Ledger) -> str:
        return reverse("affairs:ledger" if row.kind == "register" else "affairs:form_ledger", args=[row.pk])

    table = Table("ledgers", [
        Column("title", _("台账"), filter="text", link=behind),
        Column("kind", _("类别"), choices={"register": _("名录"), "form": _("填报")}, filter="choice"),
        Column("unit", _("主管单位"), filter="choice"), Column("count", _("条数"), format=0),
        Column("conflicts", _("有矛盾"), format=0), Column("updated_at", _("最近更新"), format="moment"),
    ], queries.ledgers_of(request.user), order="-count", title=_("本地台账"), empty=_("还没有台账"))  # fmt: skip
    return table.respond(request) or page(request, "affairs/ledgers/ledgers.html", {
        "table": table, "templates": templates(), "keeps": may(request.user, "affairs.manager"),
        "taken_up": set(Form.objects.filter(xml_form_id__in=[each.form_id for each in templates()], deleted_at=None)
                        .values_list("xml_form_id", flat=True)),
    })  # fmt: skip


@part(of="ledgers", path="ledgers/new/<slug:key>/", methods=("POST",), roles=("manager",))
def new_ledger(request: HttpRequest, key: str) -> HttpResponseBase:
    """Takes a ledger up from its template."""
    try:
        form = take_up(key, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(title)s”已建立，各村即可填写") % {"title": form.title})
    return redirect("affairs:ledgers")


@part(of="ledgers", path="ledgers/<int:pk>/")
def ledger(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The records of a register in the reader's divisions."""
    register, rows, items = _register(request, pk)
    is_near = may(request.user, *NEAR)
    columns = [Column("label", _("名称"), filter="text", format="" if is_near else masking.person_name), _place_column(rows)]
    columns += [_item_column(number, item, is_near) for number, item in enumerate(items) if item.name != GEOMETRY]
    columns += [Column("updated_at", _("更新时间"), format="moment", shown=False)]
    table = Table("ledger", columns, queries.with_items(rows, items), order="label", title=register.title,
                  row_class=lambda row: "table-warning" if row.conflicts else "")  # fmt: skip
    answer = table.respond(request)
    sealed = [item.name for item in items if item.grade >= Grade.THREE]
    if sealed and is_near:
        record_look(request.user, "forms.register", register.pk, _("查看本地台账"), sealed)
    if answer is not None:
        return answer
    numbers = queries.summed(items)
    lines = queries.lines_of(rows, [item.name for item in numbers])
    return page(request, "affairs/ledgers/ledger.html", {
        "register": register, "table": table, "conflicts": rows.exclude(conflicts={}).count(),
        "has_places": rows.exclude(lon=None).exists(), **_sums(lines, [item.title for item in numbers]),
    })  # fmt: skip


@part(of="ledgers", path="ledgers/<int:pk>/map/")
def ledger_places(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`?by=` names the item that colours."""
    register, rows, items = _register(request, pk)
    choices = colourable(items)
    by = next((each for each in choices if each.name == request.GET.get("by")), choices[0] if choices else None)
    url = reverse("affairs:ledger_points", args=[pk]) + (f"?by={by.name}" if by else "")
    values = commonest(rows, by) if by else []
    return page(request, "affairs/ledgers/map.html", {
        "register": register, "map": ledger_map(register.title, url, items, by, values), "choices": choices, "by": by,
        "without": rows.filter(lon=None).count(), "is_simulated": register.is_simulated,
    })  # fmt: skip


@part(of="ledgers", path="ledgers/<int:pk>/points/")
def ledger_points(request: HttpRequest, pk: int) -> HttpResponseBase:
    _register_row, rows, items = _register(request, pk)
    by = next((each for each in colourable(items) if each.name == request.GET.get("by")), None)
    name = str if may(request.user, *NEAR) else masking.person_name
    return JsonResponse(features(rows, items, by, name))


@part(of="ledgers", path="ledgers/form/<int:pk>/")
def form_ledger(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The filled forms of the reader's divisions, a line each."""
    form = get_object_or_404(Form, pk=pk)
    rows = queries.submissions_for(request.user, form)
    if not rows.exists():
        raise Http404
    questions = queries.questions_shown(form)
    columns = [Column("created_at", _("收到时间"), format="moment", filter="date"), _place_column(rows),
               Column("account__name", _("填报人"), filter="text")]  # fmt: skip
    sealed, is_near = queries.sensitive_paths(form, questions), may(request.user, *NEAR)
    columns += [_answer_column(number, each, hidden=each.path in sealed and not is_near)
                for number, each in enumerate(questions)]  # fmt: skip
    table = Table("ledger", columns, queries.with_answers(rows.select_related("account"), questions),
                  order="-created_at", title=form.title)  # fmt: skip
    answer = table.respond(request)
    if sealed and is_near:
        record_look(request.user, "forms.form", form.pk, _("查看本地台账"), sorted(sealed))
    if answer is not None:
        return answer
    numbers = [each for each in questions if each.path not in sealed and each.type in queries.NUMBERS_ASKED]
    lines = queries.lines_of(rows, [each.path for each in numbers])
    return page(request, "affairs/ledgers/form.html", {
        "form": form, "table": table, **_sums(lines, [each.label or each.name for each in numbers]),
    })  # fmt: skip


def _answer_column(number: int, question: Question, *, hidden: bool) -> Column:
    title = question.label or question.name
    if hidden:
        def masked(row: Submission) -> str:
            return masking.middle_hidden(str(row.values.get(question.path) or ""), 1, 0)

        return Column(f"s{number}", title, sortable=False, value=masked)
    is_number = question.type in queries.NUMBERS_ASKED
    choices = {choice.name: choice.label for choice in question.choices} if question.type == "select_one" else None
    return Column(
        f"i{number}", title, choices=choices, format="number" if is_number else "",
        filter="choice" if choices else "number" if is_number else "", shown=number < 9,
    )  # fmt: skip


def _register(request: HttpRequest, pk: int) -> tuple[Register, Any, list[RegisterItem]]:
    register = get_object_or_404(Register.objects.select_related("organisation"), pk=pk)
    rows = queries.entities_for(request.user, register)
    if not rows.exists():
        raise Http404
    return register, rows, list(register.items.select_related("holder", "resource_item"))


def _place_column(rows: Any) -> Column:
    codes = set(rows.order_by().values_list("division_code", flat=True).distinct())
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return Column("division_code", _("村（社区）"), choices=names, filter="choice" if len(codes) > 1 else "")


def _item_column(number: int, item: RegisterItem, is_near: bool) -> Column:
    if item.grade >= Grade.THREE:
        def sealed(row: Entity) -> str:
            value = value_of(row, item.name)
            return value if is_near else masking.middle_hidden(value, 1, 0)

        return Column(f"s{number}", item.title, sortable=False, value=sealed)
    is_number = item.type in queries.NUMBERS
    return Column(
        f"i{number}", item.title, choices=item.choices or None, format="number" if is_number else "",
        filter="choice" if item.choices else "number" if is_number else "", shown=number < 9,
    )  # fmt: skip


def _sums(lines: list[queries.Line], titles: list[str]) -> dict[str, Any]:
    """Lines from the top down with names, and a chart of the lowest level that has more than one."""
    names = dict(Division.objects.filter(code__in=[line.code for line in lines]).values_list("code", "name"))
    whole = next(line for line in lines if line.digits == 0)
    shown = [
        {"name": names.get(line.code, line.code or _("未注明")), "line": line,
         "is_own": 0 < len(line.code) < line.digits, "depth": queries.LEVELS.index(line.digits)}
        for line in lines if line.digits
    ]  # fmt: skip
    level = next((digits for digits in (12, 9) if 1 < sum(1 for line in lines if line.digits == digits) <= 40), 0)
    parts = [line for line in lines if line.digits == level] if level else []
    chart = None
    if parts:
        title = titles[0] if titles else _("条数")
        values = [float(line.sums[0] or 0) if titles else line.count for line in parts]
        chart = Bar(title=title, decimals=0, x=[names.get(line.code, line.code) for line in parts], traces=[Trace(title, values)])
    return {"lines": shown, "whole": whole, "titles": titles, "sums_chart": chart}


