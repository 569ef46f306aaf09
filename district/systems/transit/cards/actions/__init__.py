"""What is done with money: topping up, what providers tell, giving back, comparing with a provider's statement."""

from .fares import charge_fare, issue_card
from .notices import Received, receive
from .reconciling import reconcile
from .refunds import ask_refund, decide_refund
from .top_ups import begin_top_up, chase, expire_due

__all__ = [
    "Received", "ask_refund", "begin_top_up", "charge_fare", "chase", "decide_refund", "expire_due", "issue_card", "receive",
    "reconcile",
]  # fmt: skip
