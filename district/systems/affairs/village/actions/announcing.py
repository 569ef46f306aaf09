"""通知: issued to units, read, answered; those who have not read are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.clock import now
from district.kernel.people.access import may, scope_of
from district.kernel.people.models import Duty, Organisation
from district.kernel.people.refused import Refused

from ...models import Announcement, Receipt
from ..posts import SYSTEM, staff_of

ANNOUNCERS = ("affairs.town", "affairs.asker", "affairs.manager", "affairs.clerk")
REMIND_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Said:
    title: str
    text: str
    needs_receipt: bool = True
    is_public: bool = False
    reply_by: datetime | None = None


@transaction.atomic
def announce(
    said: Said, organisation: Organisation, audience: Iterable[Organisation], account: Any, *, is_simulated: bool = False
) -> Announcement:  # fmt: skip
    """Issues to everybody with a post in the units, each with a receipt of his own. Raises Refused."""
    if not may(account, *ANNOUNCERS) or not scope_of(account, SYSTEM).covers(organisation.pk):
        raise Refused("not_yours", _("不能以 %(unit)s 名义发通知") % {"unit": organisation.name})
    units = list(audience)
    if not units:
        raise Refused("no_units", _("没有选择接收单位"), field="audience")
    if not said.title.strip() or not said.text.strip():
        raise Refused("empty", _("通知要有标题和内容"), field="title")
    made = Announcement.objects.create(
        organisation=organisation, title=said.title.strip()[:120], text=said.text, needs_receipt=said.needs_receipt,
        is_public=said.is_public, reply_by=said.reply_by, issued_by=account, is_simulated=is_simulated,
    )  # fmt: skip
    made.audience.set(units)
    _address(made, units)
    for receipt in made.receipts.select_related("account"):
        notify(receipt.account, title=made.title, severity=1, body=said.text[:200], url=_address_of(made))
    return made


def read(announcement: Announcement, account: Any) -> Receipt | None:
    """Notes that somebody it is for has opened it, the first time; who came to the unit later has a receipt too."""
    receipt = announcement.receipts.filter(account=account).first()
    if receipt is None:
        unit = _unit_in(announcement, account)
        if unit is None:
            return None
        receipt, _made = Receipt.objects.get_or_create(
            announcement=announcement, account=account, defaults={"organisation": unit}
        )
    if receipt.read_at is None:
        receipt.read_at = now()
        receipt.save(update_fields=["read_at"])
    return receipt


def confirm(announcement: Announcement, account: Any, reply: str = "") -> Receipt:
    """The receipt is sent, once."""
    receipt = read(announcement, account)
    if receipt is None:
        raise Refused("not_for_you", _("这份通知不是发给您的"))
    if announcement.recalled_at is not None:
        raise Refused("recalled", _("通知已撤回"))
    if receipt.confirmed_at is None:
        receipt.confirmed_at, receipt.reply = now(), reply[:200]
        receipt.save(update_fields=["confirmed_at", "reply"])
    return receipt


def call_readers(announcement: Announcement, account: Any) -> int:
    """Calls those who have not read it (or not answered, where an answer is wanted); returns how many."""
    if not scope_of(account, SYSTEM).covers(announcement.organisation_id):
        raise Refused("not_yours", _("只有发出单位可以催读"))
    if announcement.recalled_at is not None:
        raise Refused("recalled", _("通知已撤回"))
    missing = announcement.receipts.filter(**missing_of(announcement)).select_related("account")
    at, count = now(), 0
    for receipt in missing:
        if receipt.reminded_at is not None and receipt.reminded_at > at - REMIND_AFTER:
            continue
        receipt.reminded_at = at
        receipt.save(update_fields=["reminded_at"])
        title = _("请阅读通知：%(title)s") % {"title": announcement.title}
        notify(receipt.account, title=title, severity=2, url=_address_of(announcement))
        count += 1
    return count


def missing_of(announcement: Announcement) -> dict[str, None]:
    return {"confirmed_at": None} if announcement.needs_receipt else {"read_at": None}


def recall(announcement: Announcement, account: Any) -> None:
    """It is no longer shown to those it was for; who had read it stays known."""
    if not scope_of(account, SYSTEM).covers(announcement.organisation_id):
        raise Refused("not_yours", _("只有发出单位可以撤回"))
    Announcement.objects.filter(pk=announcement.pk, recalled_at=None).update(recalled_at=now())


def _address(made: Announcement, units: list[Organisation]) -> None:
    known = {unit.pk for unit in units}
    receipts = []
    for person in staff_of(units).prefetch_related("duties"):
        unit_id = next(
            duty.organisation_id
            for duty in person.duties.all()
            if duty.organisation_id in known and duty.role.startswith(f"{SYSTEM}.") and duty.ended_at is None
        )
        receipts.append(Receipt(announcement=made, account=person, organisation_id=unit_id))
    Receipt.objects.bulk_create(receipts)


def _unit_in(announcement: Announcement, account: Any) -> Organisation | None:
    duties = Duty.objects.live().filter(account=account, role__startswith=f"{SYSTEM}.")
    found = duties.filter(organisation__in=announcement.audience.all()).select_related("organisation").first()
    return found.organisation if found else None


def _address_of(announcement: Announcement) -> str:
    return reverse("affairs:announcement", args=[announcement.pk])
