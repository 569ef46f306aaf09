"""Demonstration cards, and what was paid onto some of them through the test provider."""

from __future__ import annotations

from ..models import Card, TestPayment, TopUp
from .actions import begin_top_up, charge_fare, issue_card, receive
from .numbers import check_digit
from .testing_provider import TEST

CARDS = 12


def number_of(ordinal: int) -> str:
    """A number of no real card: issuer 000000 is nobody's."""
    body = f"000000{ordinal:012d}"
    return body + check_digit(body)


def seed_cards() -> None:
    """Twelve cards; five top-ups: three paid, one failed, one waiting."""
    if Card.objects.filter(is_simulated=True).exists():
        return
    cards = [issue_card(number_of(each), is_simulated=True) for each in range(1, CARDS + 1)]
    for card, amount, outcome in zip(cards, (5000, 10000, 2000, 5000, 2000), (True, True, True, False, None), strict=False):
        order: TopUp = begin_top_up(card, amount, is_simulated=True)
        if outcome is not None:
            receive(TEST.key, *TEST.settle(TestPayment.objects.get(about=order.number), outcome))
        if outcome:
            charge_fare(card, 200, f"demo:{order.number}")
