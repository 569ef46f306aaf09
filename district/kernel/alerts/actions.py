"""Everything people and systems do to alarms, rules and notices. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel.alerts.contract import AlarmCleared, AlarmRaised
from district.kernel.alerts.models import Alarm, AlarmState, AlarmStep, Notice, Rule, Suppression
from district.kernel.alerts.queries import may_deal_with, may_silence
from district.kernel.clock import now
from district.kernel.events import publish

FIELDS_OF_A_RULE = frozenset({
    "name", "kind", "severity", "parameters", "device_kind", "device_id", "division_code", "item", "item_name",
    "statistic", "period", "inputs", "roles", "channels", "is_enabled",
})  # fmt: skip


class Refused(Exception):
    """What was asked for cannot be done; `code` is stable, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@transaction.atomic
def raise_alarm(
    *, system: str, kind: str, thing: str, subject: str, message: str, severity: int, since_at: datetime | None = None,
    value: float | None = None, limit_value: float | None = None, unit: str = "", device_id: int | None = None,
    series_id: int | None = None, item: str = "", organisation_id: int | None = None, division_code: str = "",
    roles: Iterable[str] = (), channels: Iterable[str] = (),
) -> Alarm:
    """Raises an alarm that a system found by itself. `kind` is a word of the system, `thing` what it is about.

    While one of the same system, kind and thing is open, repeats are merged into it: count, value, message.
    """
    key, at = f"{system}.{kind}/{thing}", now()
    alarm = Alarm.objects.select_for_update().filter(key=key, cleared_at__isnull=True).first()
    if alarm is not None:
        alarm.count += 1
        alarm.value, alarm.limit_value, alarm.message, alarm.updated_at = value, limit_value, message[:500], at
        alarm.severity = max(alarm.severity, severity)
        alarm.peak = value if alarm.peak is None or value is None else max(alarm.peak, value)
        alarm.save(update_fields=["count", "value", "limit_value", "message", "updated_at", "severity", "peak"])
        return alarm
    alarm = Alarm.objects.create(
        key=key, system=system, kind=kind, severity=severity, subject=subject[:200], message=message[:500],
        device_id=device_id, series_id=series_id, item=item, organisation_id=organisation_id,
        division_code=division_code, value=value, limit_value=limit_value, peak=value, unit=unit,
        roles=list(roles), channels=list(channels), since_at=since_at or at, raised_at=at, updated_at=at,
    )
    AlarmStep.objects.create(alarm=alarm, state=AlarmState.RAISED.value, at=at, note=message[:500])
    _tell_pages(alarm, "raised")
    announce_raised(alarm)
    return alarm


@transaction.atomic
def clear_alarm(*, system: str, kind: str, thing: str, note: str = "") -> Alarm | None:
    """Ends the open alarm of that system, kind and thing because its cause has gone; None when there is none."""
    key = f"{system}.{kind}/{thing}"
    alarm = Alarm.objects.select_for_update().filter(key=key, cleared_at__isnull=True).first()
    return alarm and _cleared(alarm, None, note or _("恢复正常，自动解除"))


@transaction.atomic
def acknowledge(alarm: Alarm, account: Any, note: str = "") -> Alarm:
    """Somebody has seen it and takes it on."""
    alarm = _locked(alarm, account)
    if alarm.acknowledged_at is not None:
        raise Refused("already_acknowledged", _("该告警已由 %(who)s 确认") % {"who": alarm.acknowledged_by})
    alarm.acknowledged_at, alarm.acknowledged_by = now(), account
    if alarm.is_open:
        alarm.state = AlarmState.ACKNOWLEDGED.value
    return _stepped(alarm, AlarmState.ACKNOWLEDGED, account, note, ["acknowledged_at", "acknowledged_by", "state"])


@transaction.atomic
def handle(alarm: Alarm, account: Any, note: str) -> Alarm:
    """Somebody has done something about it, and says what. Acknowledges it too when nobody had."""
    alarm = _locked(alarm, account)
    if not note.strip():
        raise Refused("note_missing", _("请填写处置情况"))
    if alarm.handled_at is not None:
        raise Refused("already_handled", _("该告警已由 %(who)s 处置") % {"who": alarm.handled_by})
    if alarm.acknowledged_at is None:
        alarm.acknowledged_at, alarm.acknowledged_by = now(), account
    alarm.handled_at, alarm.handled_by = now(), account
    if alarm.is_open:
        alarm.state = AlarmState.HANDLED.value
    fields = ["acknowledged_at", "acknowledged_by", "handled_at", "handled_by", "state"]
    return _stepped(alarm, AlarmState.HANDLED, account, note, fields)


@transaction.atomic
def clear(alarm: Alarm, account: Any, note: str) -> Alarm:
    """A person ends an alarm that has been handled. Should its cause still be there, a new one is raised."""
    alarm = _locked(alarm, account)
    if not alarm.is_open:
        raise Refused("already_cleared", _("该告警已解除"))
    if alarm.handled_at is None:
        raise Refused("not_handled", _("请先填写处置情况，再解除告警"))
    if not note.strip():
        raise Refused("note_missing", _("请填写解除理由"))
    return _cleared(alarm, account, note)


@transaction.atomic
def suppress(
    account: Any, *, start_at: datetime, end_at: datetime, reason: str, device_id: int | None = None,
    rule: Rule | None = None,
) -> Suppression:
    """No alarms in this time from one device, one rule, or one rule on one device."""
    if end_at <= start_at:
        raise Refused("order", _("结束时间必须晚于开始时间"))
    if end_at <= now():
        raise Refused("past", _("结束时间已过"))
    if device_id is None and rule is None:
        raise Refused("too_wide", _("请指定设备或规则"))
    if not reason.strip():
        raise Refused("note_missing", _("请填写原因"))
    if not may_silence(account, device_id, rule):
        raise Refused("not_yours", _("您没有抑制这些告警的权限"))
    return Suppression.objects.create(
        start_at=start_at, end_at=end_at, reason=reason.strip(), device_id=device_id, rule=rule, by=account
    )


@transaction.atomic
def put_rule(system: str, key: str, fields: Mapping[str, Any], account: Any = None) -> Rule:
    """Makes or changes the rule of that system and key. Raises ValidationError naming the field at fault.

    A rule that stays as it was is not written, so that seeding again leaves no trace in its history.
    """
    unknown = set(fields) - FIELDS_OF_A_RULE
    if unknown:
        raise ValueError(f"a rule has no {', '.join(sorted(unknown))}")
    rule = Rule.objects.filter(system=system, key=key).first() or Rule(system=system, key=key)
    if rule.pk and all(getattr(rule, name) == value for name, value in fields.items()):
        return rule
    for name, value in fields.items():
        setattr(rule, name, value)
    rule.changed_by, rule.changed_at = account, now()
    rule.full_clean(validate_unique=False, validate_constraints=False)
    rule.save()
    return rule


def mark_read(account: Any, notices: Iterable[int] | None = None) -> int:
    """Marks some or all of one's own notices as read; returns how many were unread."""
    unread = Notice.objects.filter(recipient_id=account.pk, read_at__isnull=True)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=now())


def announce_raised(alarm: Alarm) -> None:
    """Publishes AlarmRaised, once for each alarm."""
    alarm.is_announced = True
    alarm.save(update_fields=["is_announced"])
    publish(
        AlarmRaised(
            alarm.pk, alarm.key, alarm.system, alarm.kind, alarm.severity, alarm.subject, alarm.message,
            alarm.device_id, alarm.series_id, alarm.item, alarm.organisation_id, alarm.division_code, alarm.value,
            alarm.limit_value, alarm.unit, alarm.since_at, alarm.raised_at,
        )
    )


def announce_cleared(alarm: Alarm) -> None:
    """Publishes AlarmCleared, once for each alarm."""
    assert alarm.cleared_at is not None
    alarm.is_clear_announced = True
    alarm.save(update_fields=["is_clear_announced"])
    is_by_person = alarm.cleared_by_id is not None
    publish(AlarmCleared(alarm.pk, alarm.key, alarm.system, alarm.kind, alarm.cleared_at, is_by_person))


def _locked(alarm: Alarm, account: Any) -> Alarm:
    if not may_deal_with(account, alarm):
        raise Refused("not_yours", _("您没有处理这条告警的权限"))
    return Alarm.objects.select_for_update(of=("self",)).get(pk=alarm.pk)


def _stepped(alarm: Alarm, state: AlarmState, account: Any, note: str, fields: list[str]) -> Alarm:
    alarm.save(update_fields=fields)
    AlarmStep.objects.create(alarm=alarm, state=state.value, at=now(), by=account, note=note.strip()[:500])
    _tell_pages(alarm, state.value)
    return alarm


def _cleared(alarm: Alarm, account: Any, note: str) -> Alarm:
    alarm.cleared_at, alarm.cleared_by, alarm.state = now(), account, AlarmState.CLEARED.value
    _stepped(alarm, AlarmState.CLEARED, account, note, ["cleared_at", "cleared_by", "state"])
    announce_cleared(alarm)
    return alarm


def _tell_pages(alarm: Alarm, change: str) -> None:
    """The same notice as the gateway's (`alerts.store`); written here because ui stands above this package."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify('live', json_build_object('topic', 'alerts.alarms', 'data', json_build_object("
            "'id', %s::bigint, 'change', %s::text, 'severity', %s::int, 'device', %s::bigint))::text)",
            [alarm.pk, change, alarm.severity, alarm.device_id],
        )
