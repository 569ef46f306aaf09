"""Told when an account loses its rights: other packages end what they gave it (tokens, phones) in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

rights_ended = Signal()
"""Sent with `account` and `is_for_good` (left, moved, or its time is over; not merely suspended)."""


def tell_rights_ended(account: object, *, is_for_good: bool) -> None:
    """A receiver that fails fails the step: rights are withdrawn as a whole or the step is known not to be done."""
    rights_ended.send(sender=type(account), account=account, is_for_good=is_for_good)
