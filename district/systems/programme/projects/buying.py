"""Days and rules of a purchase. Pure.

Sources: 政府采购法 art. 35 (20 days from notice to bids), 52 and 53 (objections, answers: 7 working
days each); 政府采购法实施条例 art. 18 (firms of one group and advisers do not bid); 财政部令第74号 art. 29, 45 (three
working days for negotiation and inquiry), 38 (single source shown for five working days); 财库〔2014〕214号 art. 10 (10 days for
consultation). The lowest price wins negotiation and inquiry, the highest points the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST_BIDS = {"open": 3, "invited": 3, "consultation": 3, "negotiation": 3, "inquiry": 3, "single": 1}
NATURAL_DAYS = {"open": 20, "invited": 20, "consultation": 10}
WORKING_DAYS = {"negotiation": 3, "inquiry": 3, "single": 5}
BY_PRICE = ("negotiation", "inquiry", "single")
OBJECTION_DAYS = 7

IsWorking = Callable[[date], bool]


@dataclass(frozen=True)
class Offer:
    """`firm` is its credit code; `points` None where it is not scored."""

    firm: str
    amount_fen: int
    points: float | None = None
    is_valid: bool = True


def working_day_after(day: date, number: int, is_working: IsWorking) -> date:
    """The last of `number` working days that begin the day after."""
    while number:
        day += timedelta(days=1)
        number -= is_working(day)
    return day


def earliest_due(method: str, noticed_on: date, is_working: IsWorking) -> date:
    """The first day on which bids may be due."""
    if method in NATURAL_DAYS:
        return noticed_on + timedelta(days=NATURAL_DAYS[method])
    return working_day_after(noticed_on, WORKING_DAYS[method], is_working)


def objections_until(awarded_on: date, is_working: IsWorking) -> date:
    return working_day_after(awarded_on, OBJECTION_DAYS, is_working)


def fault(method: str, ceiling_fen: int, offers: Sequence[Offer]) -> str:
    """Why no award can be made; empty when one can."""
    valid = [offer for offer in offers if offer.is_valid]
    if len(valid) < FEWEST_BIDS[method]:
        return f"有效投标 {len(valid)} 家，不足 {FEWEST_BIDS[method]} 家"
    if all(offer.amount_fen > ceiling_fen for offer in valid):
        return "有效报价均超过最高限价"
    if method not in BY_PRICE and any(offer.points is None for offer in valid):
        return "还有有效投标未录入评审得分"
    return ""


def winner(method: str, ceiling_fen: int, offers: Sequence[Offer]) -> Offer | None:
    """Who wins by the rule of the method; of equal ones the cheaper, then by credit code."""
    fitting = [offer for offer in offers if offer.is_valid and offer.amount_fen <= ceiling_fen]
    if not fitting or fault(method, ceiling_fen, offers):
        return None
    if method in BY_PRICE:
        return min(fitting, key=lambda offer: (offer.amount_fen, offer.firm))
    return min(fitting, key=lambda offer: (-(offer.points or 0), offer.amount_fen, offer.firm))
