"""Alarms and notices as an account may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from district.kernel.alerts.models import Alarm, Notice, Rule
from district.kernel.devices.models import Device
from district.kernel.people.access import OPERATOR, live_duties, may, scope_of
from district.kernel.people.models import Account, Duty


def alarms_seen_by(account: Any) -> QuerySet[Alarm]:
    """The alarms of the systems in which the account has a duty, inside its scope there; the operator sees all."""
    if may(account, OPERATOR):
        return Alarm.objects.all()
    wanted = Q(pk__in=())
    for system in {duty.role.split(".")[0] for duty in live_duties(account)}:
        # One plain condition, so that the indexes of newest and of open alarms serve it.
        scope = scope_of(account, system)
        inside = scope.condition(division_field="division_code", organisation_field="organisation_id")
        if scope.is_whole or inside:
            wanted |= Q(system=system) & inside
    return Alarm.objects.filter(wanted)


def may_deal_with(account: Any, alarm: Alarm) -> bool:
    """Whether the account may acknowledge, handle and clear: it sees the alarm and holds one of its roles."""
    if alarm.roles and not may(account, *alarm.roles):
        return False
    return alarms_seen_by(account).filter(pk=alarm.pk).exists()


def accounts_on_duty(
    roles: Iterable[str], organisation_id: int | None = None, division_code: str = ""
) -> list[Account]:
    """Active accounts with a live duty in one of the roles whose scope covers the unit or the place."""
    found = []
    duties = Duty.objects.live().filter(role__in=list(roles)).select_related("account")
    for account in {duty.account_id: duty.account for duty in duties}.values():
        systems = {duty.role.split(".")[0] for duty in duties if duty.account_id == account.pk}
        if account.is_active and any(_covers(account, name, organisation_id, division_code) for name in systems):
            found.append(account)
    return sorted(found, key=lambda account: account.username)


def _covers(account: Account, system: str, organisation_id: int | None, division_code: str) -> bool:
    scope = scope_of(account, system)
    return scope.is_whole or scope.covers(organisation_id) or scope.covers(division_code or None)


def open_counts(account: Any) -> dict[int, int]:
    """Open alarms the account may see, by severity."""
    rows = alarms_seen_by(account).filter(cleared_at__isnull=True).order_by().values("severity")
    return {row["severity"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def unread_count(account: Any) -> int:
    return Notice.objects.filter(recipient_id=account.pk, read_at__isnull=True).count()


def may_change(account: Any, rule: Rule) -> bool:
    """Whether the account may change a rule: the operator, and those whom its alarms tell."""
    return may(account, OPERATOR, *rule.roles)


def may_silence(account: Any, device_id: int | None, rule: Rule | None) -> bool:
    """Whether the account may keep a device or a rule silent: the operator; whoever may change the rule; and for
    a device, whoever holds a role that is told of its system's alarms and has it in scope.
    """
    if may(account, OPERATOR):
        return True
    if rule is not None and not may_change(account, rule):
        return False
    if device_id is None:
        return rule is not None
    device = Device.objects.filter(pk=device_id).first()
    if device is None or not any(may_change(account, each) for each in Rule.objects.filter(system=device.system)):
        return False
    scope = scope_of(account, device.system)
    return scope.is_whole or scope.covers(device.owner_id) or scope.covers(device.division_code or None)
