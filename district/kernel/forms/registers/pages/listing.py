"""Registers, their records as a table, and what in them contradicts or waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import (
    Case,
    Count,
    FloatField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel.datasets.models import DataType
from district.kernel.forms.models import Entity, Register, RegisterItem, Subject, Submission, WaitingState
from district.kernel.forms.queries import EVERYBODY, submissions_visible_to
from district.kernel.forms.registers import queries
from district.kernel.forms.registers.layout import GEOMETRY
from district.kernel.forms.registers.pages import words
from district.kernel.forms.registers.sealing import opened
from district.kernel.people.access import allow
from district.kernel.places.models import Division
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

NUMBER = r"^-?\d{1,15}(\.\d{1,9})?$"
SHOWN_ITEMS = 8
"""More columns are left to the chooser."""


@allow(*EVERYBODY)
@require_safe
def registers(request: HttpRequest) -> HttpResponseBase:
    """With the numbers of the records the reader may see."""
    found = list(
        queries.registers_visible_to(request.user).select_related("organisation", "project").order_by("pk")
    )
    counts = _counts(request.user)
    rows = [
        {"pk": each.pk, "title": each.title, "subject": each.subject, "unit": each.organisation.name,
         "name": f"{each.project_id}/{each.name}", **counts.get(each.pk, {"records": 0, "conflicts": 0})}
        for each in found
    ]  # fmt: skip
    table = Table(
        "registers",
        [
            Column("title", _("台账名称"), filter="text", link=lambda row: reverse("forms:register", args=[row["pk"]])),
            Column("subject", _("记录对象"), filter="choice", choices=dict(Subject.choices)),
            Column("unit", _("主管单位"), filter="text"),
            Column("records", _("记录"), format=0),
            Column("conflicts", _("有矛盾的记录"), format=0),
            Column("name", _("代码"), shown=False),
        ],
        rows,
        title=_("台账"),
        empty=_("还没有台账：发布带有“保存到台账”题目的表单后自动建立。"),
    )  # fmt: skip
    return table.respond(request) or page(request, "forms/registers/registers.html", {"table": table})


def _counts(account: Any) -> dict[int, dict[str, int]]:
    """Two numbers for each register, in one statement."""
    grouped = queries.entities_in_sight(account).values("register").order_by("register")
    found = grouped.annotate(records=Count("pk"), conflicts=Count("pk", filter=~Q(conflicts={})))
    return {row["register"]: {"records": row["records"], "conflicts": row["conflicts"]} for row in found}


@allow(*EVERYBODY)
@require_safe
def register(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = seen(request, pk)
    items = list(found.items.select_related("resource_item", "holder"))
    table = Table(
        "records", _columns(items), _rows(request.user, found, items), title=found.title,
        empty=_("没有您可以查看的记录"),
    )  # fmt: skip
    answer = table.respond(request)
    if answer is not None:
        return answer
    leads = queries.registers_led_by(request.user).filter(pk=found.pk).exists()
    context = {
        "register": found, "table": table, "items": items, "leads": leads,
        "sources": found.sources.select_related("resource__provider") if leads else (),
        "waiting": queries.waiting_in(found).count() if leads else 0,
        "conflicts": queries.conflicting(request.user, found).count(),
    }  # fmt: skip
    return page(request, "forms/registers/register.html", context)


def seen(request: HttpRequest, pk: int) -> Register:
    wanted = queries.registers_visible_to(request.user).select_related("organisation", "project")
    return get_object_or_404(wanted, pk=pk)


def _columns(items: list[RegisterItem]) -> list[Column]:
    columns = [
        Column("label", _("名称"), filter="text", link=_address),
        Column("division_code", _("区划"), filter="choice", choices=_divisions()),
    ]
    columns += [
        Column("is_conflicting", _("有矛盾"), filter="choice", choices={"yes": _("是"), "no": _("否")},
               badge={"yes": "orange"}),
        *(_column(place, item) for place, item in enumerate(items)),
    ]  # fmt: skip
    return [
        *columns,
        Column("version", _("版本"), format=0, shown=False),
        Column("updated_at", _("更新时间"), format="moment", filter="date"),
    ]


def _column(place: int, item: RegisterItem) -> Column:
    """Sensitive items are masked, also in files, and cannot be searched or sorted by."""
    is_number = item.type in (DataType.INTEGER, DataType.NUMBER)
    if item.name == GEOMETRY:
        return Column(f"i{place}", item.title, sortable=False, value=_of(item), shown=False)
    if words.is_sensitive(item):
        return Column(f"i{place}", item.title, sortable=False, value=_of(item), shown=place < SHOWN_ITEMS)
    choices = {name: label or name for name, label in item.choices.items()}
    return Column(
        f"i{place}", item.title, filter="number" if is_number else "choice" if choices else "text",
        choices=choices or None, align="end" if is_number else "", value=_of(item), shown=place < SHOWN_ITEMS,
    )  # fmt: skip


def _of(item: RegisterItem) -> Callable[[Any], str]:
    return lambda row: words.shown(item, opened(row.values.get(item.name, "")))


def _rows(account: Any, found: Register, items: list[RegisterItem]) -> QuerySet[Entity]:
    """Each item as an annotation of its own to filter and sort by; numbers as numbers."""
    rows = queries.entities_visible_to(account, found).annotate(
        is_conflicting=Case(When(conflicts={}, then=Value("no")), default=Value("yes"))
    )
    for place, item in enumerate(items):
        if words.is_sensitive(item):
            continue
        text = KeyTextTransform(item.name, "values")
        if item.type in (DataType.INTEGER, DataType.NUMBER):
            rows = rows.alias(**{f"t{place}": text}).annotate(
                **{
                    f"i{place}": Case(
                        When(**{f"t{place}__regex": NUMBER}, then=Cast(f"t{place}", FloatField())),
                        default=Value(None, output_field=FloatField()),
                    )
                }
            )
        else:
            rows = rows.annotate(**{f"i{place}": text})
    return rows


@allow(*EVERYBODY)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponseBase:
    """Every record and filled form in sight that says two things at once."""
    records = queries.entities_in_sight(request.user).exclude(conflicts={}).select_related("register")
    names = dict(RegisterItem.objects.values_list("name", "title"))
    table = Table(
        "conflicts",
        [
            Column("label", _("名称"), filter="text", link=_address),
            Column("register.title", _("台账"), filter="choice"),
            Column("division_code", _("区划"), filter="choice", choices=_divisions()),
            Column("conflicts", _("有矛盾的信息项"), sortable=False,
                   format=lambda found: "、".join(names.get(each, _("名称") if each == "label" else each) for each in found)),
            Column("updated_at", _("更新时间"), format="moment", filter="date"),
        ],
        records, order="-updated_at", title=_("有矛盾的记录"), empty=_("没有矛盾的记录"),
    )  # fmt: skip
    filled = Table(
        "edits",
        [
            Column("form.title", _("表单"), link=_filled_address),
            Column("organisation.name", _("填报单位")),
            Column("conflicts", _("有矛盾的题目"), sortable=False, format=lambda found: _("%(n)s 题") % {"n": len(found)}),
            Column("updated_at", _("更新时间"), format="moment", filter="date"),
        ],
        submissions_visible_to(request.user).exclude(conflicts={}).select_related("form", "organisation"),
        order="-updated_at", title=_("修改有矛盾的填报"), empty=_("没有矛盾的填报"),
    )  # fmt: skip
    answer = table.respond(request) or filled.respond(request)
    return answer or page(request, "forms/registers/conflicts.html", {"table": table, "filled": filled})


@allow(*EVERYBODY)
@require_safe
def waiting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What filled forms said of records, and why it is not written."""
    found = get_object_or_404(queries.registers_led_by(request.user), pk=pk)
    table = Table(
        "waiting",
        [
            Column("received_at", _("收到时间"), format="moment", filter="date"),
            Column("state", _("状态"), filter="choice", choices=dict(WaitingState.choices)),
            Column("words", _("原因"), sortable=False),
            Column("uuid", _("记录编号"), filter="text"),
            Column("submission.account.name", _("填报人"), filter="text"),
            Column("submission.instance_id", _("填报编号"), filter="text", shown=False),
        ],
        queries.waiting_in(found).select_related("submission__account"),
        order="-received_at", title=_("待写入台账"), empty=_("没有等待写入的填报"),
    )  # fmt: skip
    return table.respond(request) or page(
        request, "forms/registers/waiting.html", {"register": found, "table": table}
    )


def _address(row: Entity) -> str:
    return reverse("forms:entity", args=[row.pk])


def _filled_address(row: Submission) -> str:
    return reverse("forms:edits", args=[row.pk])


def _divisions() -> dict[str, str]:
    return dict(Division.objects.order_by("code").values_list("code", "name"))
