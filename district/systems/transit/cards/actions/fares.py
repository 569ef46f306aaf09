"""Cards come to be, and fares are taken from them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused

from ...models import Card, LedgerAccount
from .. import ledger
from ..marks import mark_of
from ..numbers import cleaned, is_card_number


def issue_card(number: str, is_simulated: bool = False) -> Card:
    """The card of a number, made at the first call. Raises Refused."""
    number = cleaned(number)
    if not is_card_number(number):
        raise Refused("card_number", _("卡号应为 19 位数字，且校验位正确"))
    made, _new = Card.objects.get_or_create(
        mark=mark_of(number), defaults={"number": number, "tail": number[-4:], "is_simulated": is_simulated}
    )
    return made


def find_card(number: str) -> Card:
    """Raises Refused: not a number, or no card of it that can be used."""
    number = cleaned(number)
    if not is_card_number(number):
        raise Refused("card_number", _("卡号应为 19 位数字，且校验位正确"))
    found = Card.objects.filter(mark=mark_of(number)).first()
    if found is None:
        raise Refused("card_unknown", _("没有这张卡，请核对卡号"))
    if found.state != Card.State.ACTIVE:
        raise Refused("card_not_active", _("这张卡已挂失或注销，不能充值"))
    return found


def charge_fare(card: Card, amount_fen: int, key: str) -> bool:
    """Takes a fare from a card, once for each key; whether it was taken now. Raises Refused when there is not enough."""
    try:
        with transaction.atomic():
            lines = {ledger.account_of_card(card): amount_fen, ledger.account_of(LedgerAccount.Kind.FARES): -amount_fen}
            return ledger.post(f"fare:{key}", "fare", lines) is not None
    except IntegrityError as error:
        raise Refused("not_enough", _("卡内余额不足")) from error
