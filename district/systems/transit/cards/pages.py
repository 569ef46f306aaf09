"""票款管理: orders and refunds, the ledger, and providers' statements beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, F, Sum, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import today
from district.kernel.people.audit import record_look
from district.kernel.people.refused import Refused
from district.kernel.people.request_address import client_address
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import LedgerAccount, Payment, PaymentNotice, Posting, PostingLine, Refund, Statement, TopUp
from . import ledger
from .actions import ask_refund, decide_refund, reconcile
from .actions.refunds import refundable
from .money import yuan
from .numbers import masked
from .ports import default_provider, provider_of

ORDER_BADGES = {"waiting": "azure", "paid": "green", "expired": "secondary", "failed": "red"}
REFUND_BADGES = {"asked": "azure", "sent": "azure", "done": "green", "refused": "secondary", "failed": "red"}
DEBIT_KINDS = ("receivable", "bank", "fees")


class RefundForm(forms.Form):
    yuan = forms.DecimalField(label=gettext_lazy("退款金额（元）"), min_value=0, max_digits=8, decimal_places=2)
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


def _table(table: Table, request: HttpRequest) -> HttpResponseBase | None:
    return table.bind(request) if request.method == "POST" else table.respond(request)


def card_orders(request: HttpRequest) -> HttpResponseBase:
    """All orders; refunds that wait for a decision first."""
    table = Table(
        "orders", title=_("充值订单"), order="-made_at", empty=_("还没有订单"),
        source=TopUp.objects.select_related("card").annotate(returned=Sum(
            Case(When(payments__refunds__state="done", then=F("payments__refunds__amount_fen")), default=Value(0)))),
        columns=[
            Column("number", _("订单号"), filter="text", link=_order_link),
            Column("card.tail", _("卡号"), filter="text", format=masked),
            Column("amount_fen", _("金额"), format=yuan, align="end"),
            Column("state", _("状态"), filter="choice", choices=dict(TopUp.State.choices), badge=ORDER_BADGES),
            Column("returned", _("已退"), format=yuan, align="end"),
            Column("provider", _("支付渠道"), filter="choice", choices=_providers()),
            Column("made_at", _("下单时间"), format="second", filter="date"),
            Column("paid_at", _("到账时间"), format="second"),
        ],
    )  # fmt: skip
    answer = _table(table, request)
    if isinstance(answer, HttpResponseBase):
        return answer
    waiting = Refund.objects.filter(state=Refund.State.ASKED).select_related("payment__top_up", "asked_by").order_by("pk")
    failed = Refund.objects.filter(state=Refund.State.FAILED).select_related("payment__top_up").order_by("-pk")[:20]
    return page(request, "transit/cards/orders.html", {"table": table, "waiting": waiting, "failed": failed, "yuan": yuan,
                                                       "order_link": _order_link})  # fmt: skip


def _order_link(order: TopUp) -> str:
    return reverse("transit:card_order", args=[order.number])


def _providers() -> dict[str, str]:
    provider = default_provider()
    return {provider.key: provider.zh}


@part(of="card_orders", path="card-orders/<str:number>/", methods=("GET", "POST"))
def card_order(request: HttpRequest, number: str) -> HttpResponseBase:
    """One order with its payments, refunds, notices and postings; where a refund is asked for."""
    order = get_object_or_404(TopUp.objects.select_related("card"), number=number)
    payments = list(order.payments.prefetch_related("refunds__asked_by", "refunds__decided_by").order_by("pk"))
    payment = next((each for each in payments if refundable(each) > 0), None)
    form = RefundForm(request.POST if request.POST.get("act") == "refund" else None)
    shown = _looked(request, order) if request.POST.get("act") == "look" else ""
    if request.method == "POST" and not shown and _acted(request, order, payment, form):
        return redirect(_order_link(order))
    refunds = [refund for each in payments for refund in each.refunds.all()]
    keys = [refund.number for refund in refunds]
    return page(request, "transit/cards/order.html", {
        "order": order, "payments": payments, "refunds": refunds, "yuan": yuan, "number": masked(order.card.tail),
        "shown": shown, "provider": provider_of(order.provider),
        "refundable": refundable(payment) if payment else 0, "form": PageForm(form) if payment else None,
        "notices": PaymentNotice.objects.filter(about__in=[order.number, *keys]).order_by("pk"),
        "postings": Posting.objects.filter(note=order.number).prefetch_related("lines__account").order_by("pk"),
        "order_badges": ORDER_BADGES, "refund_badges": REFUND_BADGES, "account_words": dict(LedgerAccount.Kind.choices),
        "balance": ledger.balance_of(order.card),
    }, status=400 if request.method == "POST" and not shown else 200)  # fmt: skip


def _looked(request: HttpRequest, order: TopUp) -> str:
    """The whole number, to one who says why and is noted in the audit trail; it is kept nowhere on the way."""
    purpose = request.POST.get("purpose", "").strip()
    if not purpose:
        messages.error(request, _("请填写查看原因"))
        return ""
    address = client_address(request)
    record_look(request.user, "transit.card", f"****{order.card.tail}", purpose, ["number"], address=address or "")
    return order.card.number


def _acted(request: HttpRequest, order: TopUp, payment: Payment | None, form: RefundForm) -> bool:
    """Whether what the cashier wanted is done; else the form or a message says why not."""
    act = request.POST.get("act", "")
    try:
        if act == "refund" and payment is not None:
            if not form.is_valid():
                return False
            ask_refund(payment, int(form.cleaned_data["yuan"] * 100), form.cleaned_data["reason"], request.user)
            messages.success(request, _("已提交，等待另一人审批"))
        elif act in ("approve", "refuse"):
            refund = get_object_or_404(Refund, number=request.POST.get("refund", ""), payment__top_up=order)
            decide_refund(refund, act == "approve", request.user)
            messages.success(request, _("已审批") if act == "approve" else _("已驳回"))
        else:
            return False
    except Refused as refused:
        messages.error(request, str(refused))
        return act != "refund"
    return True


def card_ledger(request: HttpRequest) -> HttpResponseBase:
    """Balances by kind, whether the books are right, and every line, to be taken along."""
    table = Table(
        "lines", title=_("分录"), order="-posting.pk", empty=_("还没有分录"),
        source=PostingLine.objects.select_related("posting", "account__card"),
        columns=[
            Column("posting.pk", _("凭证"), format=str), Column("posting.at", _("记账时间"), format="second", filter="date"),
            Column("posting.kind", _("类型"), filter="choice", choices=_kinds()),
            Column("account.kind", _("科目"), filter="choice", choices=dict(LedgerAccount.Kind.choices)),
            Column("account.card.tail", _("卡号"), format=lambda tail: masked(tail) if tail else ""),
            Column("amount_fen", _("金额（借方为正）"), format=yuan, align="end"),
            Column("posting.note", _("摘要"), filter="text"), Column("posting.key", _("凭证号"), shown=False),
        ],
    )  # fmt: skip
    answer = _table(table, request)
    if isinstance(answer, HttpResponseBase):
        return answer
    words = dict(LedgerAccount.Kind.choices)
    sums = LedgerAccount.objects.order_by().values("kind").annotate(total=Sum("balance_fen")).order_by("kind")
    rows = [
        (words[each["kind"]], each["total"] if each["kind"] in DEBIT_KINDS else -each["total"],
         _("借") if each["kind"] in DEBIT_KINDS else _("贷")) for each in sums
    ]  # fmt: skip
    return page(request, "transit/cards/ledger.html", {"table": table, "rows": rows, "wrong": ledger.imbalance(), "yuan": yuan})


def _kinds() -> dict[str, Any]:
    return {"paid": _("收到支付"), "held": _("退款冻结"), "refunded": _("退款完成"), "unheld": _("退款失败退回"),
            "fare": _("扣款"), "settled": _("渠道结算")}  # fmt: skip


def reconciliation(request: HttpRequest) -> HttpResponseBase:
    """Statements by day; one is fetched and compared by hand or by the timer of the night."""
    if request.method == "POST" and "day" in request.POST:
        try:
            day = date.fromisoformat(request.POST["day"])
        except ValueError:
            messages.error(request, _("日期不可读"))
            return redirect("transit:reconciliation")
        kept = reconcile(default_provider().key, min(day, today()))
        words = _("有 %(n)s 处差异") % {"n": len(kept.differences)} if kept.differences else _("与账本一致")
        (messages.warning if kept.differences else messages.success)(request, f"{kept.day} {words}")
        return redirect("transit:reconciliation")
    codes = {"only_theirs": _("渠道有、账本无"), "only_ours": _("账本有、渠道无"), "amount_differs": _("金额不同")}
    return page(request, "transit/cards/reconciliation.html", {
        "statements": Statement.objects.all()[:90], "yesterday": today() - timedelta(days=1), "yuan": yuan, "codes": codes,
        "provider": default_provider(),
    })  # fmt: skip
