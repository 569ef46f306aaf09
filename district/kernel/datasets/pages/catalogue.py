"""政务信息资源目录: the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel.datasets import classes, queries
from district.kernel.datasets.models import Resource
from district.kernel.datasets.pages import words
from district.kernel.datasets.posts import is_steward, offered_units
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table


def address(resource: Resource) -> str:
    return reverse("datasets:resource", args=[resource.name])


@allow("staff")
@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """All entries the reader may see. `?catalogue.shelf=submitted` are those that wait for the steward."""
    table = Table(
        "catalogue", columns=columns(), source=queries.listed(request.user), order="code", title=_("数据目录"),
        empty=_("目录里还没有信息资源"),
    )  # fmt: skip
    context: dict[str, Any] = {
        "table": table, "may_offer": not offered_units(request.user).is_empty, "is_steward": is_steward(request.user),
        "waiting": queries.waiting(request.user),
    }  # fmt: skip
    return table.respond(request) or page(request, "datasets/catalogue.html", context)


def columns() -> list[Column]:
    """The columns of a list of entries with figures."""
    return [
        Column("title", _("信息资源名称"), filter="text", value=lambda row: row.label, link=address),
        Column("provider.name", _("提供方"), filter="choice", value=lambda row: row.provider.label),
        Column("code", _("资源代码"), filter="text"),
        Column("category", _("信息资源分类"), filter="choice", format=classes.category_label, shown=False),
        Column("level", _("资源属性"), filter="choice", choices=words.LEVELS, shown=False),
        Column("library", _("基础库"), filter="choice", choices=words.libraries(), shown=False),
        Column("theme", _("主题"), filter="choice", choices=words.themes()),
        Column("share", _("共享类型"), filter="choice", choices=words.SHARES, badge=words.SHARE_COLOURS),
        Column("is_open_to_public", _("向社会开放"), filter="choice", choices=words.YES_NO, shown=False),
        Column("cycle", _("更新周期"), filter="choice", choices=words.CYCLES),
        Column("grade", _("敏感级别"), filter="choice", choices=words.GRADES),
        Column("item_count", _("信息项"), format=0, shown=False),
        Column("is_delivered", _("已挂接"), filter="choice", choices=words.YES_NO),
        Column("rows", _("行数"), format=0),
        Column("shelf", _("状态"), filter="choice", choices=words.SHELVES, badge=words.SHELF_COLOURS),
        Column("published_at", _("发布时间"), format="day", filter="date", shown=False),
        Column("is_simulated", _("模拟数据"), filter="choice", choices=words.YES_NO, shown=False),
    ]
