"""隔离报文: what the gateway refused, with the reason, until a person decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.devices.actions import CannotDecide, discard, release
from district.kernel.devices.models import QuarantinedMessage, QuarantineState
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..device_kinds import PERIODS, REFUSALS, refusal_name
from ..items import zh_of
from ..queries.devices import devices_visible_to
from ..queries.quarantine import counts_by_reason, quarantine_visible_to, raw_text
from .command_forms import DecisionNoteForm
from .words import in_words

STATE_BADGES = {"pending": "orange", "released": "green", "discarded": "secondary"}
CHART_DAYS = 7


def quarantine(request: HttpRequest) -> HttpResponseBase:
    rows = quarantine_visible_to(request.user)
    table = Table(
        "quarantine",
        columns=[
            Column("received_at", _("接收时间"), format="second", filter="date", link=_message_url),
            Column("reason", _("原因"), filter="choice", choices=in_words(REFUSALS)),
            Column("device_code", _("设备编码"), filter="text"),
            Column("detail", _("说明"), sortable=False, format=_short),
            Column("repeats", _("未逐条保存"), format=0),
            Column(
                "state", _("处理"), filter="choice", choices=dict(QuarantineState.choices), badge=STATE_BADGES
            ),
            Column("remote", _("对端地址"), filter="text", shown=False),
            Column("layer", _("层次"), shown=False, choices={"frame": _("报文"), "semantic": _("内容")}),
        ],
        source=rows.defer("raw", "readings"),
        order="-received_at",
        title=_("隔离报文"),
        empty=_("没有被隔离的报文"),
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    counts = counts_by_reason(rows, now() - timedelta(days=CHART_DAYS))
    chart = Bar(
        title=_("近 7 天各原因报文数"), decimals=0, horizontal=True, x=[_(refusal_name(reason)) for reason, _n in counts],
        traces=[Trace(_("报文数"), [count for _reason, count in counts], colour="var(--tblr-orange)")],
    )  # fmt: skip
    return page(request, "environment/quarantine.html", {"table": table, "chart": chart})


def _message_url(row: QuarantinedMessage) -> str:
    return reverse("environment:quarantined_message", args=[row.pk])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _refused(reading: dict[str, Any]) -> dict[str, Any]:
    """A refused reading as a row: its moment as such, its item by name, its period in words."""
    given = str(reading.get("at", ""))
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        at = None
    code, period = str(reading.get("item", "")), str(reading.get("period", ""))
    value = reading.get("value")
    return {
        "at": at, "zh": zh_of(code), "item": code, "value": "—" if value is None else value,
        "period": _(PERIODS[period]) if period in PERIODS else period, "statistic": reading.get("statistic", ""),
    }


@part(of="quarantine", path="quarantine/<int:message_id>/")
def quarantined_message(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """One refused message with its text."""
    found = get_object_or_404(quarantine_visible_to(request.user), pk=message_id)
    device = devices_visible_to(request.user).filter(code=found.device_code).first()
    context = {
        "message": found, "reason": _(refusal_name(found.reason)), "raw": raw_text(found), "device": device,
        "refused": [_refused(one) for one in found.readings],
        "is_pending": found.state == QuarantineState.PENDING, "state_badges": STATE_BADGES,
        "can_release": any(isinstance(one.get("value"), int | float) for one in found.readings),
    }  # fmt: skip
    return page(request, "environment/quarantined_message.html", context)


DECISIONS = {"release": release, "discard": discard}


@part(of="quarantine", path="quarantine/<int:message_id>/<slug:decision>", methods=("GET", "POST"))
def decide_message(request: HttpRequest, message_id: int, decision: str) -> HttpResponseBase:
    """`release` stores the readings, marked as released by a person; `discard` says that nothing counts."""
    if decision not in DECISIONS:
        raise Http404(decision)
    found = get_object_or_404(quarantine_visible_to(request.user), pk=message_id)
    inner = DecisionNoteForm(request.POST or None)
    back = reverse("environment:quarantined_message", args=[found.pk])
    title = _("放行报文") if decision == "release" else _("弃用报文")
    form = PageForm(inner, submit=title, cancel=back, danger=decision == "discard")
    if form.is_valid():
        try:
            DECISIONS[decision](found, request.user, inner.cleaned_data["note"])
        except CannotDecide as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已处理，报文仍保留"))
            return redirect(back)
    return page(
        request, "environment/quarantine_decision.html", {"form": form, "title": title, "message": found}
    )
