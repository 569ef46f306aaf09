"""资金到账: what came into the treasury, from whom, for what; entered by one, confirmed by another."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.access import may
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.table import Column, Table

from ...models import Receipt, Source
from .. import powers, queries
from ..actions import confirm_receipt, register_receipt
from ..amounts import in_wan, yuan
from .acts import Act, respond
from .forms import ReceiptForm
from .show import DECIDED_BADGES, listing

SHOWN_AT_ONCE = 5


def receipts(request: HttpRequest) -> HttpResponseBase:
    acts = _acts(request) if may(request.user, *powers.KEEP) else []
    answer, shown = respond(request, acts, reverse("programme:receipts"))
    if answer is not None:
        return answer
    table = Table(
        "receipts",
        title=_("资金到账"),
        source=Receipt.objects.select_related("asked_by", "decided_by"),
        order="-received_on",
        empty=_("还没有到账记录"),
        columns=[
            Column("number", _("到账编号"), filter="text"),
            Column("source", _("资金来源"), filter="choice", choices=dict(Source.choices)),
            Column("giver", _("拨款或出资单位"), filter="text"),
            Column("document", _("文件或凭证号"), filter="text"),
            Column("amount_fen", _("金额"), format=yuan, align="end"),
            Column("received_on", _("到账日期"), format="day", filter="date"),
            Column(
                "state",
                _("状态"),
                filter="choice",
                badge=DECIDED_BADGES,
                choices={"asked": _("待确认"), "approved": _("已到账"), "refused": _("未到账")},
            ),
            Column("asked_by.name", _("登记人")),
            Column("decided_by.name", _("确认人")),
            Column("is_simulated", _("模拟"), shown=False),
        ],
    )
    words, there = dict(Source.choices), queries.treasury()
    came: dict[str, int] = {}
    for source, fen in Receipt.objects.filter(state="approved").values_list("source", "amount_fen"):
        came[source] = came.get(source, 0) + fen
    chart = Bar(
        title=_("到账与余额"),
        unit=_("万元"),
        decimals=2,
        x=[words[source] for source in came],
        traces=[
            Trace(_("累计到账"), [in_wan(fen) for fen in came.values()]),
            Trace(_("现有余额"), [in_wan(there.get(each, 0)) for each in came]),
        ],
    )
    figures = [(words[source], yuan(fen), "") for source, fen in there.items()]
    return listing(request, [table], charts=[chart], figures=figures, shown=shown)


def _acts(request: HttpRequest) -> list[Act]:
    def enter(fields: dict[str, Any]) -> str:
        made = register_receipt(
            account=request.user, **{name: value for name, value in fields.items() if name != "act"}
        )
        return _("%(number)s 已登记，等待另一人确认") % {"number": made.number}

    acts = [
        act
        for each in Receipt.objects.filter(state="asked").order_by("pk")[:SHOWN_AT_ONCE]
        for act in _confirming(request, each)
    ]
    return [*acts, Act("enter", _("登记到账"), enter, ReceiptForm, columns=2)]


def _confirming(request: HttpRequest, each: Receipt) -> list[Act]:
    words = {"number": each.number, "fen": yuan(each.amount_fen)}
    return [
        Act(
            f"confirm-{each.pk}",
            _("确认到账 %(number)s %(fen)s") % words,
            lambda fields: _done(confirm_receipt(each, True, request.user)),
        ),
        Act(
            f"refuse-{each.pk}",
            _("未到账 %(number)s %(fen)s") % words,
            lambda fields: _done(confirm_receipt(each, False, request.user)),
            is_danger=True,
        ),
    ]


def _done(_thing: object) -> str:
    return _("已办理")
