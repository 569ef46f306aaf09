"""The audit chain on a schedule: what is new every hour, the whole of it every night; a break is an alarm."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.alerts.actions import clear_alarm, raise_alarm
from district.kernel.people.audit import ChainCheck
from district.kernel.people.audit_anchors import check_and_anchor
from district.kernel.people.models import Account, AuditCheck

SYSTEM, BROKEN, SILENT = "programme", "audit_chain", "audit_unchecked"
TOLD = ("programme.security", "programme.auditor", "people.auditor")
WHOLE_WITHIN = timedelta(hours=26)


def check_new() -> ChainCheck:
    """What has come since the last anchor."""
    return _told(check_and_anchor(is_whole_chain=False), is_whole=False)


def check_whole(by: Account | None = None) -> ChainCheck:
    return _told(check_and_anchor(by), is_whole=True)


def _told(check: ChainCheck, *, is_whole: bool) -> ChainCheck:
    """Only a walk along the whole chain takes an alarm back."""
    if not check.is_whole:
        message = _("审计链在第 %(n)s 条断开：%(p)s") % {"n": check.broken_at, "p": check.problem}
        raise_alarm(
            system=SYSTEM,
            kind=BROKEN,
            thing="chain",
            subject=_("审计链"),
            message=message,
            severity=4,
            roles=TOLD,
        )
    elif is_whole:
        clear_alarm(system=SYSTEM, kind=BROKEN, thing="chain")
    watch_silence()
    return check


def watch_silence() -> None:
    """Whoever stops the check is found out by its silence."""
    last = AuditCheck.objects.filter(since=0).first()
    if last is not None and clock.now() - last.at > WHOLE_WITHIN:
        words = _("审计链最近一次完整核验在 %(t)s") % {"t": f"{last.at:%Y-%m-%d %H:%M}"}
        raise_alarm(
            system=SYSTEM,
            kind=SILENT,
            thing="chain",
            subject=_("审计链"),
            message=words,
            severity=3,
            roles=TOLD,
        )
    else:
        clear_alarm(system=SYSTEM, kind=SILENT, thing="chain")


def find_latest_break() -> AuditCheck | None:
    """The newest walk that found a break, when no whole walk since then found none."""
    broken = AuditCheck.objects.exclude(problem="").first()
    if broken is None:
        return None
    is_mended = AuditCheck.objects.filter(pk__gt=broken.pk, since=0, problem="").exists()
    return None if is_mended else broken
