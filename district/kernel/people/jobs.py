"""Every night: the audit trail is followed and anchored, unused accounts are suspended, dead sessions swept."""

from __future__ import annotations

import logging

from django.core.management import call_command

from district.kernel.jobs.work import every
from district.kernel.people.audit_anchors import check_and_anchor
from district.kernel.people.upkeep import suspend_unused

log = logging.getLogger(__name__)


@every("30 2 * * *")
def look_after_accounts() -> None:
    """A broken audit trail is an error in the log of the worker, and stands on the auditor's page when verified."""
    check = check_and_anchor()
    if not check.is_whole:
        log.error("audit trail broken at row %s: %s", check.broken_at, check.problem)
    suspend_unused()
    call_command("clearsessions")
