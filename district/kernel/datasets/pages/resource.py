"""One entry of the catalogue: what it says, its items, what other packages show of it, its history; and its acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from district.kernel.datasets import actions, classes, queries
from district.kernel.datasets.json_schema import json_schema
from district.kernel.datasets.models import Item, Resource
from district.kernel.datasets.pages import words
from district.kernel.datasets.panels import panels_of
from district.kernel.datasets.posts import is_steward, may_change, visible_resources
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

MASKED_FROM = 3


def seen(account: Any, name: str) -> Resource:
    """The entry of that name with its figures; Http404 when there is none that the account may see."""
    found = queries.listed(account).filter(name=name).first()
    if found is None:
        raise Http404(name)
    return found


@allow("staff")
@require_safe
def resource(request: HttpRequest, name: str) -> HttpResponseBase:
    """The page of an entry."""
    found = seen(request.user, name)
    table = items_table(found)
    answer = table.respond(request)
    if answer is not None:
        return answer
    steward = is_steward(request.user)
    context: dict[str, Any] = {
        "resource": found, "table": table, "category": classes.category_label(found.category),
        "words": words, "panels": panels_of(request, found), "steps": found.steps.select_related("by")[:20],
        "related": visible_resources(request.user).filter(related=found), "history": _history(found),
        "is_steward": steward, "may_change": may_change(request.user, found),
    }  # fmt: skip
    return page(request, "datasets/resource.html", context)


@allow("public")
@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponseBase:
    """JSON Schema of an entry the reader may see."""
    found = visible_resources(request.user).filter(name=name).first()
    if found is None:
        raise Http404(name)
    answer = JsonResponse(
        json_schema(found, request.build_absolute_uri()), json_dumps_params={"ensure_ascii": False}
    )
    answer["Content-Type"] = "application/schema+json"
    return answer


@allow("staff")
@require_POST
def act(request: HttpRequest, name: str, what: str) -> HttpResponseBase:
    """submit, publish, return, withdraw."""
    found = seen(request.user, name)
    reason = request.POST.get("reason", "")
    try:
        if what == "submit":
            actions.submit(found, request.user)
            said = _("已提交，等待数据管理员审核")
        elif what == "publish":
            actions.publish(found, request.user)
            said = _("已发布到目录")
        elif what == "return":
            actions.return_to_department(found, request.user, reason)
            said = _("已退回补正")
        elif what == "withdraw":
            actions.withdraw(found, request.user, reason)
            said = _("已撤销，即时生效")
        else:
            raise Http404(what)
    except actions.Refused as refused:
        for text in [problem.text for problem in refused.problems] or [str(refused)]:
            messages.error(request, text)
    else:
        messages.success(request, said)
    return redirect("datasets:resource", name)


def items_table(found: Resource) -> Table:
    """The items of an entry."""
    return Table(
        "items",
        columns=[
            Column("title", _("信息项名称"), filter="text", value=lambda row: row.label),
            Column("name", _("字段名"), filter="text"),
            Column("type", _("数据类型"), filter="choice", choices=words.TYPES),
            Column("length", _("长度"), format=0, shown=False),
            Column("unit", _("单位")),
            Column("grade", _("敏感级别"), filter="choice", choices=words.GRADES),
            Column("mask", _("脱敏方式"), value=_mask),
            Column("code_table", _("代码表")),
            Column("is_key", _("主键"), filter="choice", choices=words.YES_NO),
            Column("is_required", _("必填"), filter="choice", choices=words.YES_NO),
            Column("holds", _("内容"), choices=words.HOLDS, shown=False),
        ],
        source=found.items.all(), order="", title=_("信息项"), per_page=100,
        empty=_("没有列出信息项"),
    )  # fmt: skip


def _mask(item: Item) -> str:
    return item.mask or (_("整体隐藏") if item.grade >= MASKED_FROM else "")


def _history(found: Resource) -> list[dict[str, Any]]:
    return [
        {
            "at": change.at, "who": change.username,
            "field": words.field_label(change.field, of_item=bool(change.item)), "item": change.item,
            "before": words.value_text(change.field, change.before),
            "after": words.value_text(change.field, change.after),
        }
        for change in queries.history(found)
    ]  # fmt: skip
