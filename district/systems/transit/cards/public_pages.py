"""公交卡充值 on the phone: card and amount, the provider's page, the receipt."""

from __future__ import annotations

from django import forms
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from district.kernel.datasets.pages.limits import at_most
from district.kernel.people.refused import Refused
from district.kernel.ui.routing import part

from ..models import TestPayment, TopUp
from ..public.light import light_page
from . import ledger
from .actions import begin_top_up, receive
from .actions.fares import find_card
from .actions.notices import MOST_BYTES
from .actions.top_ups import AMOUNTS_FEN
from .money import yuan
from .numbers import masked
from .ports import provider_of
from .testing_provider import TEST

ORDERS_A_MINUTE, NOTICES_A_MINUTE = 10, 600


class TopUpForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("公交卡卡号"), max_length=40)
    amount = forms.TypedChoiceField(
        label=gettext_lazy("金额"), coerce=int, choices=[(each, f"{each // 100}") for each in AMOUNTS_FEN], initial=5000
    )


@at_most(ORDERS_A_MINUTE * 6, "transit-top-up")
def top_up(request: HttpRequest) -> HttpResponseBase:
    """The card's number comes by POST and stands in no address."""
    form = TopUpForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        answer = _ordered(request, form)
        if isinstance(answer, HttpResponseRedirect):
            return answer
        refused = answer if isinstance(answer, str) else _("请求过于频繁，请稍后再试")
    context = {"tab": "top_up", "form": form, "refused": refused, "amounts": AMOUNTS_FEN, "is_test": TEST.is_test}
    status = 400 if refused or form.errors else 200
    return light_page(request, "transit/cards/top_up.html", context, status=status, is_form=True)


def _ordered(request: HttpRequest, form: TopUpForm) -> HttpResponseRedirect | str | HttpResponseBase:
    """To the provider's page, or why not. Few tries a minute: numbers are not to be guessed here."""

    @at_most(ORDERS_A_MINUTE, "transit-top-up-order")
    def ordered(request: HttpRequest) -> HttpResponseBase:
        order = begin_top_up(find_card(form.cleaned_data["number"]), form.cleaned_data["amount"])
        return HttpResponseRedirect(order.pay_url)

    try:
        return ordered(request)
    except Refused as refused:
        return str(refused)


@part(of="top_up", path="cards/orders/<str:key>/")
def top_up_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """Where an order stands; the balance once it is paid, to whoever holds its address."""
    order = TopUp.objects.select_related("card").filter(key=key).first()
    if order is None:
        raise Http404(_("没有这笔订单"))
    context = {
        "tab": "top_up", "order": order, "number": masked(order.card.tail), "yuan": yuan,
        "balance": ledger.balance_of(order.card) if order.state == TopUp.State.PAID else None,
        "returned": [refund for payment in order.payments.prefetch_related("refunds") for refund in payment.refunds.all()],
        "provider": provider_of(order.provider),
    }  # fmt: skip
    return light_page(request, "transit/cards/receipt.html", context, is_form=True)


@part(of="top_up", path="cards/test-pay/<str:reference>/", methods=("GET", "POST"))
@at_most(ORDERS_A_MINUTE * 6, "transit-test-pay")
def test_pay(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The test provider's own page: its buttons are what a payer, a bank and a bad line do."""
    payment = TestPayment.objects.filter(reference=reference, kind="payment").first()
    if payment is None:
        raise Http404(_("没有这笔支付"))
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = ""
    if request.method == "POST":
        told = TEST.settle(payment, request.POST.get("outcome") in ("paid", "twice", "lost"))
        for _time in range({"twice": 2, "lost": 0}.get(request.POST.get("outcome", ""), 1)):
            receive(TEST.key, *told)
        return redirect(back or "transit:top_up")
    context = {"tab": "top_up", "payment": payment, "yuan": yuan, "back": back, "provider": TEST}
    return light_page(request, "transit/cards/test_pay.html", context, is_form=True)


@part(of="top_up", path="cards/notices/<slug:provider>/", methods=("POST",))
@csrf_exempt
@at_most(NOTICES_A_MINUTE, "transit-pay-notices", lambda _request, text: HttpResponse(text, status=429))
def pay_notice(request: HttpRequest, provider: str) -> HttpResponse:
    """Where providers tell: 200 only when it is booked, so that they send it again otherwise. The signature is the key."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"code": "too_long"}, status=413)
    try:
        received = receive(provider, request.headers, request.body)
    except KeyError:
        raise Http404(provider) from None
    return JsonResponse({"code": received.outcome}, status=200 if received.is_taken else 400)
