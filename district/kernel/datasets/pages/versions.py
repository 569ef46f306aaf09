"""Versions of a resource: list, comparison, verification, return to an earlier one; what was purged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from district.kernel.datasets.models import DataType, Purge, Resource, Version
from district.kernel.datasets.pages import words
from district.kernel.datasets.posts import may_offer, visible_resources
from district.kernel.datasets.retention import KEEP_DAYS
from district.kernel.datasets.version_acts import differences, faults, roll_back
from district.kernel.people.access import allow
from district.kernel.people.refused import Refused
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

COLOURS = {
    "published": "green",
    "building": "azure",
    "refused": "red",
    "retired": "secondary",
    "purged": "secondary",
}


@allow("staff")
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponseBase:
    resource = get_object_or_404(visible_resources(request.user), pk=pk)
    table = _versions(resource)
    purges = _purges(resource)
    chosen = list(resource.versions.filter(number__in=_numbers(request)).order_by("number"))
    context = {
        "resource": resource, "table": table, "purges": purges,
        "keep_days": KEEP_DAYS if resource.keep_days is None else resource.keep_days,
        "types": dict(DataType.choices), "versions": resource.versions.all()[:50], "chosen": chosen,
        "differences": differences(chosen[0], chosen[1]) if len(chosen) == 2 else [],
        "is_editable": may_offer(request.user, resource.provider),
        "older": resource.versions.filter(state=Version.State.RETIRED)[:50],
    }  # fmt: skip
    return (
        table.respond(request) or purges.respond(request) or page(request, "datasets/versions.html", context)
    )


def _numbers(request: HttpRequest) -> list[int]:
    return [int(value) for key in ("earlier", "later") if (value := request.GET.get(key, "")).isdecimal()]


def _versions(resource: Resource) -> Table:
    return Table(
        "versions",
        columns=[
            Column("number", _("版本"), link=lambda row: reverse("datasets:lineage", args=["version", row.pk])),
            Column("state", _("状态"), filter="choice", choices=dict(Version.State.choices), badge=COLOURS),
            Column("rows", _("行数"), format=0),
            Column("bytes", _("字节"), format=0),
            Column("published_at", _("发布时间"), format="moment", filter="date"),
            Column("retired_at", _("取代时间"), format="moment", shown=False),
            Column("made_by", _("来源批次"), value=lambda row: words.maker(row.made_by),
                   link=lambda row: words.maker_address(row.made_by)),
            Column("published_by.name", _("发布人"), shown=False),
            Column("sha256", _("校验值"), format=lambda value: value[:16], sortable=False),
            Column("note", _("说明"), sortable=False),
        ],
        source=resource.versions.select_related("published_by"), order="-number", title=_("版本"), empty=_("还没有版本"),
    )  # fmt: skip


def _purges(resource: Resource) -> Table:
    return Table(
        "purges",
        columns=[
            Column("at", _("清除时间"), format="moment", filter="date"),
            Column("number", _("版本")),
            Column("rows", _("行数"), format=0),
            Column("bytes", _("删除字节"), format=0),
            Column("sha256", _("校验值"), format=lambda value: value[:16], sortable=False),
            Column("by.name", _("清除人"), value=lambda row: row.by.name if row.by else _("定时任务")),
            Column("reason", _("原因"), filter="text"),
        ],
        source=Purge.objects.filter(resource_name=resource.name).select_related("by"), order="-at",
        title=_("清除记录"), empty=_("没有清除过版本"),
    )  # fmt: skip


@allow("staff")
@require_POST
def verify_version(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Reads all files of a version and compares their check values."""
    resource = get_object_or_404(visible_resources(request.user), pk=pk)
    version = get_object_or_404(resource.versions, number=number)
    wrong = faults(version)
    if wrong:
        messages.error(request, "；".join(wrong[:5]))
    else:
        messages.success(request, _("版本 %(n)s 完整：文件与校验值一致") % {"n": number})
    return redirect("datasets:versions", pk)


@allow("staff")
@require_POST
def roll_back_version(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    resource = get_object_or_404(visible_resources(request.user), pk=pk)
    version = get_object_or_404(resource.versions, number=number)
    try:
        made = roll_back(version, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("已按版本 %(old)s 发布为版本 %(new)s") % {"old": number, "new": made.number}
        )
    return redirect("datasets:versions", pk)
