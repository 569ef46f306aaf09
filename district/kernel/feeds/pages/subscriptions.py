"""Subscriptions given and received; one of them with what became of each change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from district.kernel.feeds import queries, signing
from district.kernel.feeds.models import Op, Push, PushState, Subscription, SubscriptionState
from district.kernel.feeds.pages.new import new_subscription
from district.kernel.feeds.pages.secrets import addresses_of
from district.kernel.grants.pages.words import READERS
from district.kernel.people.access import allow, allows
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

SHOWN_PARKED = 50
COLOURS = {"active": "green", "paused": "yellow", "ended": "secondary"}
PUSH_COLOURS = {
    "waiting": "blue",
    "delivered": "green",
    "outside": "secondary",
    "parked": "red",
    "dropped": "orange",
}
SIDES = {
    "received": gettext_lazy("本部门接收"), "given": gettext_lazy("本部门提供"), "other": gettext_lazy("其他部门"),
}  # fmt: skip


@allow(*READERS)
@require_safe
def subscriptions(request: HttpRequest) -> HttpResponseBase:
    """What one's department receives, and what others receive of its data."""
    table = Table(
        "subscriptions",
        columns=[
            Column("url", _("接收地址"), filter="text", link=lambda row: reverse("feeds:subscription", args=[row.pk])),
            Column("state", _("状态"), filter="choice", choices=dict(SubscriptionState.choices), badge=COLOURS),
            Column("side", _("方向"), filter="choice", choices=SIDES),
            Column("grant.resource.title", _("资源"), filter="text"),
            Column("grant.number", _("授权编号"), filter="text"),
            Column("grant.grantee.name", _("使用部门"), filter="text"),
            Column("grant.resource.provider.name", _("提供部门"), filter="text", shown=False),
            Column("waiting", _("待推送"), format=0, filter="number"),
            Column("today", _("今日送达"), format=0),
            Column("parked", _("已搁置"), format=0, filter="number"),
            Column("last_error", _("最近错误"), filter="text"),
            Column("created_at", _("登记时间"), format="moment", shown=False),
        ],
        source=queries.with_counts(queries.subscriptions_seen_by(request.user), request.user), order="-created_at",
        title=_("推送订阅"), empty=_("还没有订阅"),
    )  # fmt: skip
    return table.respond(request) or page(
        request,
        "feeds/subscriptions.html",
        {"table": table, "may_add": allows(new_subscription, request.user)},
    )


@allow(*READERS)
@require_safe
def subscription(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(queries.subscriptions_seen_by(request.user), pk=pk)
    table = pushes_table(found)
    answer = table.respond(request)
    if answer:
        return answer
    account: Any = request.user
    is_open = found.state != SubscriptionState.ENDED
    parked = Push.objects.filter(subscription=found, state=PushState.PARKED).order_by("change")
    return page(
        request, "feeds/subscription.html",
        {
            "found": found, "colour": COLOURS[found.state], "table": table, "chart": chart_of(found),
            "totals": queries.totals_of(found), "parked": parked[:SHOWN_PARKED],
            "may_act": is_open and queries.may_act(account, found),
            "may_stop": is_open and queries.may_stop(account, found), **addresses_of(request, found),
        },
    )  # fmt: skip


def pushes_table(found: Subscription) -> Table:
    """A row is called as its receiver knows it: its key may hold what the grant does not show."""
    return Table(
        "pushes",
        columns=[
            Column("change_id", _("变更编号"), filter="number"),
            Column("subject", _("记录代号"), sortable=False, value=lambda push: signing.opaque(found.secret, push.subject)),
            Column("state", _("状态"), filter="choice", choices=dict(PushState.choices), badge=PUSH_COLOURS),
            Column("sent_op", _("送出的变化"), choices=dict(Op.choices)),
            Column("change.at", _("变更时间"), format="second", filter="date"),
            Column("attempts", _("次数"), format=0),
            Column("done_at", _("完成时间"), format="second"),
            Column("next_at", _("下次推送"), format="second", shown=False),
            Column("status", _("应答")),
            Column("error", _("失败原因"), filter="text"),
        ],
        source=Push.objects.filter(subscription=found).select_related("change").defer("change__row", "change__before"),
        order="-change_id", title=_("推送记录"), empty=_("还没有推送"),
    )  # fmt: skip


def chart_of(found: Subscription) -> Bar:
    days = queries.days_of(found)
    return Bar(
        title=_("近十四日推送"), x=[f"{day.on:%m-%d}" for day in days], decimals=0, stacked=True,
        traces=[
            Trace(_("送达"), [day.delivered for day in days]),
            Trace(_("失败"), [day.failed for day in days], colour="var(--d-bad)"),
        ],
    )  # fmt: skip
