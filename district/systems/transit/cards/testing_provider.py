"""测试支付: a provider of payments that moves no money. Its books are its own (`TestPayment`); it tells us by signed notices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy

from district.kernel import home
from district.kernel.clock import CHINA, now

from ..models import TestPayment
from .ports import FAILED, PAID, REFUND_FAILED, REFUNDED, Charge, Forged, Notice, Stale, Unreadable
from .signing import INSTANT, SIGNATURE, is_signed, signature_of

STALE_AFTER = timedelta(minutes=10)
FEE_PER_TEN_THOUSAND = 38
OUTCOMES = {
    ("payment", "paid"): PAID, ("payment", "failed"): FAILED, ("refund", "paid"): REFUNDED, ("refund", "failed"): REFUND_FAILED,
}  # fmt: skip


class TestProvider:
    """As of `ports.Provider`."""

    __test__ = False
    key = "test"
    zh = gettext_lazy("测试支付（不产生真实扣款）")
    is_test = True

    def begin(self, number: str, amount_fen: int, return_url: str) -> str:
        made, _new = TestPayment.objects.get_or_create(
            about=number, kind="payment", defaults={"reference": f"P{number}-1", "amount_fen": amount_fen}
        )
        return f"{reverse('transit:test_pay', args=[made.reference])}?back={return_url}"

    def close(self, number: str) -> None:
        TestPayment.objects.filter(about=number, kind="payment", state="open").update(state="closed")

    def refund(self, number: str, payment_reference: str, amount_fen: int) -> None:
        TestPayment.objects.get_or_create(
            about=number, kind="refund", defaults={"reference": f"R{number}", "amount_fen": amount_fen}
        )

    def ask(self, number: str) -> Sequence[Notice]:
        ended = TestPayment.objects.filter(about=number, state__in=("paid", "failed")).order_by("pk")
        return [self._told(each) for each in ended]

    def read(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        instant = headers.get(INSTANT, "")
        if not is_signed(self._key(), instant, body, headers.get(SIGNATURE, "")):
            raise Forged
        if not instant.isdigit() or abs(at.timestamp() - int(instant)) > STALE_AFTER.total_seconds():
            raise Stale
        try:
            told = json.loads(body)
            return Notice(
                str(told["event"])[:64], str(told["about"])[:24], str(told["outcome"]), str(told["reference"])[:64],
                int(told["amount_fen"]), datetime.fromisoformat(told["at"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise Unreadable(str(error)) from error

    def statement(self, day: date) -> Sequence[Charge]:
        first = datetime(day.year, day.month, day.day, tzinfo=CHINA)
        ended = TestPayment.objects.filter(state="paid", ended_at__gte=first, ended_at__lt=first + timedelta(days=1))
        return [
            Charge(each.kind, each.reference, each.about, each.amount_fen, self._fee(each), each.ended_at or now())
            for each in ended.order_by("pk")
        ]

    @staticmethod
    def _fee(payment: TestPayment) -> int:
        return round(payment.amount_fen * FEE_PER_TEN_THOUSAND / 10_000) if payment.kind == "payment" else 0

    # The provider's own side: what a payer or its bank does there.

    def settle(self, payment: TestPayment, is_paid: bool) -> tuple[dict[str, str], bytes]:
        """Ends a payment or refund there; the notice of it, signed."""
        if payment.state in ("open", "closed"):
            payment.state, payment.ended_at = ("paid" if is_paid else "failed"), now()
            payment.save(update_fields=("state", "ended_at"))
        return self.signed(self._told(payment))

    def signed(self, notice: Notice) -> tuple[dict[str, str], bytes]:
        """(headers, body) as they go over the line."""
        body = json.dumps({
            "event": notice.event, "about": notice.about, "outcome": notice.outcome, "reference": notice.reference,
            "amount_fen": notice.amount_fen, "at": notice.at.isoformat(),
        }).encode()  # fmt: skip
        instant = str(int(now().timestamp()))
        return {INSTANT: instant, SIGNATURE: signature_of(self._key(), instant, body)}, body

    def _told(self, payment: TestPayment) -> Notice:
        outcome = OUTCOMES[payment.kind, payment.state]
        return Notice(f"{payment.reference}-{payment.state}", payment.about, outcome, payment.reference, payment.amount_fen,
                      payment.ended_at or now())  # fmt: skip

    @staticmethod
    def _key() -> bytes:
        return home.secret("transit_test_provider").encode()


TEST = TestProvider()
