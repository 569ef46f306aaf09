"""通知: what is new, who has read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import live_duties, scope_of
from district.kernel.people.models import Kind, Organisation
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from .. import queries
from ..actions import announcing as actions
from ..forms import AnnouncementForm, ReceiptForm, report
from ..posts import SYSTEM

ANNOUNCING = tuple(role.split(".")[1] for role in actions.ANNOUNCERS)


def announcements(request: HttpRequest) -> HttpResponseBase:
    unread = set(
        queries.announcements_visible_to(request.user)
        .filter(receipts__account=request.user, receipts__read_at=None, recalled_at=None)
        .values_list("pk", flat=True)
    )
    table = Table(
        "announcements",
        columns=[
            Column("title", _("标题"), filter="text", link=lambda row: reverse("affairs:announcement", args=[row.pk])),
            Column("unread", _("我的"), sortable=False, value=lambda row: "new" if row.pk in unread else "read",
                   choices={"new": _("未读"), "read": _("已读")}, badge={"new": "red", "read": "secondary"}),
            Column("organisation.name", _("发出单位"), filter="text"),
            Column("issued_at", _("发出时间"), format="moment", filter="date"),
            Column("people", _("应读"), format=0), Column("has_read", _("已读"), format=0),
            Column("has_answered", _("已回执"), format=0),
            Column("reply_by", _("回执期限"), format="moment"),
        ],
        source=queries.announcements_visible_to(request.user), order="-issued_at", title=_("通知"), per_page=20,
        empty=_("没有通知"),
    )  # fmt: skip
    context = {"table": table, "may_announce": bool(_senders(request.user))}
    return table.respond(request) or page(request, "affairs/village/announcements.html", context)


@part(of="announcements", path="announcements/new", methods=("GET", "POST"), roles=ANNOUNCING)
def new_announcement(request: HttpRequest) -> HttpResponseBase:
    senders = _senders(request.user)
    form = AnnouncementForm(_audience(senders), senders, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = actions.Said(
            given["title"], given["text"], given["needs_receipt"], given["is_public"], given["reply_by"]
        )
        try:
            made = actions.announce(said, given["organisation"], form.chosen_units(), request.user)
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("通知已发出"))
            return redirect("affairs:announcement", made.pk)
    context = {
        "title": _("发通知"), "form": PageForm(form, submit=_("发出"), columns=2),
        "back": reverse("affairs:announcements"),
    }  # fmt: skip
    return page(request, "affairs/village/form.html", context)


@part(of="announcements", path="announcements/<int:announcement_id>/")
def announcement(request: HttpRequest, announcement_id: int) -> HttpResponseBase:
    """To open it is to have read it."""
    found = get_object_or_404(queries.announcements_visible_to(request.user), pk=announcement_id)
    receipt = actions.read(found, request.user)
    is_sender = scope_of(request.user, SYSTEM).covers(found.organisation_id)
    table = _receipts(found) if is_sender else None
    answer = table.respond(request) if table else None
    if answer is not None:
        return answer
    wants = (
        receipt is not None
        and found.needs_receipt
        and receipt.confirmed_at is None
        and found.recalled_at is None
    )
    context = {
        "announcement": found, "receipt": receipt, "table": table, "chart": _chart(found) if table else None,
        "form": PageForm(ReceiptForm(), submit=_("发回执"), action="confirm") if wants else None,
        "is_sender": is_sender and found.recalled_at is None,
    }  # fmt: skip
    return page(request, "affairs/village/announcement.html", context)


@part(of="announcements", path="announcements/<int:announcement_id>/<slug:act>", methods=("POST",))
def announcement_act(request: HttpRequest, announcement_id: int, act: str) -> HttpResponseBase:
    found = get_object_or_404(queries.announcements_visible_to(request.user), pk=announcement_id)
    try:
        if act == "confirm":
            actions.confirm(found, request.user, request.POST.get("reply", ""))
            messages.success(request, _("回执已发出"))
        elif act == "remind":
            called = actions.call_readers(found, request.user)
            messages.success(request, _("已催 %(n)s 人") % {"n": called})
        elif act == "recall":
            actions.recall(found, request.user)
            messages.success(request, _("通知已撤回"))
        else:
            raise Http404(act)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("affairs:announcement", found.pk)


def _senders(account: Any) -> list[Organisation]:
    found = {
        duty.organisation_id: duty.organisation
        for duty in live_duties(account)
        if duty.role in actions.ANNOUNCERS
    }
    return list(found.values())


def _audience(senders: list[Organisation]) -> Any:
    """A village speaks to itself, a town to itself and its villages, a unit of the district to towns."""
    ids = {unit.pk for unit in senders if unit.division_code}
    wanted = Organisation.objects.filter(kind=Kind.TOWN)
    if len(ids) == len(senders):
        wanted = Organisation.objects.filter(pk__in=ids) | Organisation.objects.filter(
            parent__in=ids, kind__in=(Kind.TOWN, Kind.VILLAGE)
        )
    return wanted.order_by("division_code")


def _receipts(found: Any) -> Table:
    return Table(
        "receipts",
        columns=[
            Column("organisation.name", _("单位"), filter="text"), Column("account.name", _("接收人"), filter="text"),
            Column("read_at", _("阅读时间"), format="moment"), Column("confirmed_at", _("回执时间"), format="moment"),
            Column("reply", _("回执"), filter="text"), Column("reminded_at", _("催读时间"), format="moment"),
        ],
        source=found.receipts.select_related("organisation", "account"), order="read_at", title=_("阅读情况"), per_page=20,
        empty=_("没有接收人"),
    )  # fmt: skip


def _chart(found: Any) -> Bar:
    words = [_("已回执"), _("已读未回执"), _("未读")]
    values = [found.has_answered, found.has_read - found.has_answered, found.people - found.has_read]
    colours = ["#2fb344", "#f59f00", "#d63939"]
    return Bar(
        title=_("阅读和回执"), unit=_("人"), decimals=0, stacked=True, horizontal=True, x=[_("接收人")],
        traces=[Trace(word, [value], colour=colour) for word, value, colour in zip(words, values, colours, strict=True)],
    )  # fmt: skip
