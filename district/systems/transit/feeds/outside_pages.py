"""外部数据: feeds of other suppliers, how they are, and how each poll went; beside them what we tell ourselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.devices.models import QuarantinedMessage
from district.kernel.people.access import may
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table
from district.kernel.wording import term

from ..models import FeedPoll, OutsideFeed, PublishedFeed
from . import outside_actions as actions
from .outside_forms import OutsideFeedForm
from .taking import PROTOCOL, TOPIC

KEEPERS = ("planner", "operator")
COLOURS = {"new": "secondary", "good": "green", "stale": "orange", "failing": "red"}
OUTCOMES = {"taken": "green", "unchanged": "azure", "failed": "red", "refused": "orange"}
LEFT_OUT = {
    "no_place": term("没有位置"), "no_vehicle": term("没有车辆编号"), "future": term("时间超前"), "too_old": term("时间过旧"),
    "bad_time": term("时间不可读"), "twice": term("同一车辆重复"),
}  # fmt: skip
CHART_HOURS = 6
MOST_POINTS = 1500

topic(TOPIC, roles=tuple(f"transit.{role}" for role in ("dispatcher", "planner", "operator", "reader")))


def feeds(request: HttpRequest) -> HttpResponseBase:
    """All feeds of others: state, age, volume, errors, share of trips that our timetable knows."""
    table = Table(
        "feeds",
        columns=[
            Column("name", _("名称"), filter="text", link=lambda row: reverse("transit:outside_feed", args=[row.pk])),
            Column("state", _("状态"), filter="choice", choices=dict(OutsideFeed.State.choices), badge=COLOURS),
            Column("is_active", _("启用")),
            Column("polled_at", _("最近拉取"), format="ago"),
            Column("header_at", _("内容时间"), format="moment"),
            Column("vehicles", _("车辆数"), format=0),
            Column("matched_share", _("班次匹配率"), sortable=False, value=matched_share, format=1, unit="%"),
            Column("failures", _("连续失败"), format=0),
            Column("words", _("说明"), sortable=False, format=said),
        ],
        source=OutsideFeed.objects.all(), order="name", title=_("外部实时数据"), live=TOPIC,
        empty=_("没有登记外部数据源。另一家供应商的车辆只需提供 GTFS-Realtime 车辆位置地址即可接入。"),
    )  # fmt: skip
    answer = table.respond(request)
    context = {"table": table, "may_keep": _may(request), "own": PublishedFeed.objects.defer("body").order_by("kind")}
    return answer or page(request, "transit/feeds/feeds.html", context)


@part(of="feeds", path="feeds/new/", methods=("GET", "POST"), roles=KEEPERS)
def new_outside_feed(request: HttpRequest) -> HttpResponseBase:
    form = OutsideFeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.register(form.save(commit=False), form.cleaned_data["keys"], request.user)
        messages.success(request, _("已登记，马上开始拉取"))
        return redirect("transit:outside_feed", made.pk)
    context = {"form": PageForm(form, submit=_("登记"), columns=2, cancel=reverse("transit:feeds")), "feed": None}
    return page(request, "transit/feeds/form.html", context)


@part(of="feeds", path="feeds/<int:feed_id>/edit/", methods=("GET", "POST"), roles=KEEPERS)
def edit_outside_feed(request: HttpRequest, feed_id: int) -> HttpResponseBase:
    found = get_object_or_404(OutsideFeed, pk=feed_id)
    form = OutsideFeedForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.amend(form.save(commit=False), form.cleaned_data["keys"])
        messages.success(request, _("已保存"))
        return redirect("transit:outside_feed", found.pk)
    back = reverse("transit:outside_feed", args=[found.pk])
    return page(request, "transit/feeds/form.html", {"form": PageForm(form, columns=2, cancel=back), "feed": found})


@part(of="feeds", path="feeds/<int:feed_id>/")
def outside_feed(request: HttpRequest, feed_id: int) -> HttpResponseBase:
    """A feed: how it is, its last hours, every poll, what was kept of its bad answers."""
    found = get_object_or_404(OutsideFeed, pk=feed_id)
    table = _polls_table(found)
    answer = table.respond(request)
    if answer is not None:
        return answer
    context = {
        "feed": found, "table": table, "chart": _chart(found), "may_keep": _may(request), "share": matched_share(found),
        "colours": COLOURS, "bad": QuarantinedMessage.objects.filter(protocol=PROTOCOL, device_code=found.key).defer("raw")[:10],
        "age_s": (now() - found.header_at).total_seconds() if found.header_at else None,
    }  # fmt: skip
    return page(request, "transit/feeds/feed.html", context)


@part(of="feeds", path="feeds/<int:feed_id>/<slug:act>", methods=("POST",), roles=KEEPERS)
def outside_feed_act(request: HttpRequest, feed_id: int, act: str) -> HttpResponseBase:
    """Pauses, resumes, asks at once."""
    found = get_object_or_404(OutsideFeed, pk=feed_id)
    if act in ("pause", "resume"):
        actions.set_active(found, act == "resume")
        messages.success(request, _("已恢复") if act == "resume" else _("已暂停"))
    elif act == "ask":
        actions.ask_soon(found)
        messages.success(request, _("马上拉取"))
    else:
        raise Http404(act)
    return redirect("transit:outside_feed", found.pk)


def matched_share(feed: OutsideFeed) -> float | None:
    """Per cent of the vehicles with a trip whose trip our timetable has."""
    return 100.0 * feed.matched / feed.with_trip if feed.with_trip else None


def _polls_table(feed: OutsideFeed) -> Table:
    return Table(
        "polls",
        columns=[
            Column("at", _("时间"), format="second", filter="date"),
            Column("outcome", _("结果"), filter="choice", choices=dict(FeedPoll.Outcome.choices), badge=OUTCOMES),
            Column("status", _("状态码"), format=0),
            Column("took_ms", _("用时（毫秒）"), format=0),
            Column("size_bytes", _("字节数"), format=0),
            Column("vehicles", _("车辆数"), format=0),
            Column("stored", _("新位置"), format=0),
            Column("repeated", _("重复"), format=0),
            Column("left_out", _("未采用"), format=0),
            Column("reasons", _("未采用原因"), sortable=False, value=_reasons),
            Column("words", _("说明"), sortable=False, format=said),
        ],
        source=FeedPoll.objects.filter(feed=feed), order="-at", title=_("拉取记录"), live=TOPIC,
    )  # fmt: skip


def _reasons(row: FeedPoll) -> str:
    return "，".join(f"{said(LEFT_OUT.get(reason, reason))} {count}" for reason, count in sorted(row.reasons.items()))


def _chart(feed: OutsideFeed) -> Line:
    since = now() - timedelta(hours=CHART_HOURS)
    polls = FeedPoll.objects.filter(feed=feed, at__gte=since, outcome=FeedPoll.Outcome.TAKEN).order_by("-at")
    rows: list[Any] = list(reversed(polls.values_list("at", "vehicles", "stored", "left_out")[:MOST_POINTS]))
    names = (_("车辆数"), _("新位置"), _("未采用"))
    traces = [Trace(name, [row[number] for row in rows]) for number, name in enumerate(names, 1)]
    return Line(title=_("最近 6 小时"), x=[row[0] for row in rows], traces=traces)


def _may(request: HttpRequest) -> bool:
    return may(request.user, *(f"transit.{role}" for role in KEEPERS))
