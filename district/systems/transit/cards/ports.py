"""The payment port: what a provider of payments must do for us. The built-in one is `testing_provider`, marked 测试."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

PAID, FAILED, REFUNDED, REFUND_FAILED = "paid", "failed", "refunded", "refund_failed"


class Forged(ValueError):
    """A notice whose signature is not the provider's."""


class Stale(ValueError):
    """A notice signed too long ago, or in the future: kept back by somebody, or a clock is wrong."""


class Unreadable(ValueError):
    """Rightly signed, but not understood."""


@dataclass(frozen=True)
class Notice:
    """What a provider tells: `event` its own number of the notice; `about` our order or refund number; `reference` its
    number of the money; `outcome` paid, failed, refunded or refund_failed; amounts in fen."""

    event: str
    about: str
    outcome: str
    reference: str
    amount_fen: int
    at: datetime


@dataclass(frozen=True)
class Charge:
    """A row of a provider's statement: `kind` payment or refund; `fee_fen` is kept back by the provider."""

    kind: str
    reference: str
    about: str
    amount_fen: int
    fee_fen: int
    at: datetime


class Provider(Protocol):
    """Every call may be repeated: the provider knows an order or refund by its number and does it once."""

    key: str
    zh: Any
    is_test: bool

    def begin(self, number: str, amount_fen: int, return_url: str) -> str:
        """Opens a payment; the address to send the payer to."""

    def close(self, number: str) -> None:
        """No payment is wanted any more; one that is under way may still come."""

    def refund(self, number: str, payment_reference: str, amount_fen: int) -> None:
        """Gives back part of a payment or all; the outcome comes as a notice."""

    def ask(self, number: str) -> Sequence[Notice]:
        """What is known of an order or refund now: the way out when a notice was lost."""

    def read(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        """A notice that came to our door at an instant. Raises Forged, Stale, Unreadable."""

    def statement(self, day: date) -> Sequence[Charge]:
        """All that was paid and refunded on a day."""


def provider_of(key: str) -> Provider:
    """Raises KeyError."""
    from .testing_provider import TEST

    return {TEST.key: TEST}[key]


def default_provider() -> Provider:
    from .testing_provider import TEST

    return TEST
