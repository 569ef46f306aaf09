"""The use log, in words a clerk reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from district.kernel.datasets.models import Item
from district.kernel.grants import queries
from district.kernel.grants import uses as use_log
from district.kernel.grants.models import Use
from district.kernel.grants.pages.words import CHANNELS, READERS
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

KINDS = {"sql": "SQL", "export": gettext_lazy("文件")}
"""What a use was, where it was no page of rows: the question, the number of the file."""


@allow(*READERS)
@require_safe
def uses(request: HttpRequest) -> HttpResponseBase:
    """Who used which data for what, when; those of one's own department."""
    use_log.seal()
    table = Table(
        "uses",
        columns=[
            Column("at", _("时间"), format="second", filter="date"),
            Column("organisation", _("使用部门"), filter="text"),
            Column("who", _("使用人或应用"), filter="text"),
            Column("resource", _("资源"), filter="text", link=_grant_address),
            Column("items", _("信息项"), sortable=False, value=items_in_words),
            Column("filter", _("条件"), sortable=False, value=_filter_in_words),
            Column("rows", _("行数"), format=0),
            Column("subjects", _("涉及人数"), format=0),
            Column("purpose", _("使用目的"), sortable=False),
            Column("channel", _("方式"), filter="choice", choices=CHANNELS),
            Column("number", _("单号"), filter="text", shown=False),
            Column("seal.seq", _("链上序号"), format=0, shown=False),
            Column("address", _("网络地址"), shown=False),
        ],
        source=queries.uses_seen_by(request.user).select_related("seal"),
        order="-id",
        title=_("使用日志"),
        empty=_("还没有使用记录"),
    )
    return table.respond(request) or page(request, "grants/uses.html", {"table": table})


def _grant_address(use: Use) -> str | None:
    return reverse("grants:grant", args=[use.number]) if use.number else None


def items_in_words(use: Use) -> str:
    titles = dict(Item.objects.filter(resource_id=use.resource_id).values_list("name", "title"))
    return "、".join(titles.get(name, name) for name in use.items)


def _filter_in_words(use: Use) -> str:
    words = {
        "eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "in": _("属于"), "prefix": _("开头为"),
        "is_set": _("不为空"),
    }  # fmt: skip
    said = []
    for name, value in use.filter.items():
        item, _dot, op = name.rpartition(".")
        kind = name if name in KINDS else item if use.channel == "file" else ""
        if kind in KINDS:
            said.append(f"{KINDS[kind]} {value}")
            continue
        said.append(f"{item} {words.get(op, op)} {'' if op == 'is_set' else value}".strip())
    return "；".join(said)


@allow(*READERS)
@require_POST
def check_uses(request: HttpRequest) -> HttpResponseBase:
    """Follows the chain from its beginning."""
    found = use_log.verify()
    if found.is_whole:
        messages.success(request, _("日志完整：%(n)s 条记录首尾相连，没有改动") % {"n": found.uses})
    else:
        text = _("日志在第 %(n)s 条处对不上（%(problem)s），请立即报告") % {
            "n": found.broken_at,
            "problem": found.problem,
        }
        messages.error(request, text)
    return HttpResponseRedirect(reverse("grants:uses"))
