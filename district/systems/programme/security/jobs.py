"""What security does by itself."""

from __future__ import annotations

from district.kernel.jobs.work import every
from district.kernel.people.models import AuditCheck

from ..models import ControlRun
from . import audit_watch
from .assets.found import take_assets
from .controls.running import run_probes
from .incidents.actions import watch_clocks
from .people.notices import carry_out_due
from .people.suppliers import end_due


@every("* * * * *")
def withdraw_rights() -> None:
    """People who leave and suppliers whose time is over lose their rights; clocks of incidents are looked at."""
    carry_out_due()
    end_due()
    watch_clocks()
    if not AuditCheck.objects.filter(since=0).exists():
        audit_watch.check_whole()
    if not ControlRun.objects.exists():
        gather_evidence()  # a new installation does not wait for the night


@every("17 * * * *")
def check_new_audit_rows() -> None:
    audit_watch.check_new()


@every("10 3 * * *")
def check_audit_chain() -> None:
    audit_watch.check_whole()


@every("40 3 * * *")
def gather_evidence() -> None:
    """Assets as they are, then every probe."""
    take_assets()
    run_probes()
