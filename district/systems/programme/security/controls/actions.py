"""Papers for what no probe can see: shown by one, confirmed by another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.files.actions import attach, keep
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ...models import ControlEvidence
from ..refusing import check_another, check_keeper, check_waiting
from .catalogue import control

LONGEST = timedelta(days=366)
SUBJECT_KIND = "programme.security"


@transaction.atomic
def show_evidence(
    by: Account,
    key: str,
    outcome: str,
    words: str,
    until_on: date,
    upload: Any = None,
    *,
    is_simulated: bool = False,
) -> ControlEvidence:
    """Raises Refused: not a keeper, passed without a paper, for longer than a year; Refusal for a file not taken."""
    check_keeper(by)
    point = control(key)
    if outcome == "passed" and upload is None and not is_simulated:
        raise Refused("no_paper", _("认定符合须附证明文件"), field="file")
    if not clock.today() <= until_on <= clock.today() + LONGEST:
        raise Refused("until_on", _("有效期须在今天之后一年之内"), field="until_on", value=until_on)
    file = keep(upload, by, "security_evidence") if upload else None
    made = ControlEvidence.objects.create(
        control=point.key,
        outcome=outcome,
        words=words,
        until_on=until_on,
        file=file,
        made_by=by,
        is_simulated=is_simulated,
    )
    if file is not None:
        attach(file, SUBJECT_KIND, f"evidence-{made.pk}", by, is_personal=False)
    record_act(by, "evidence_shown", subject_kind="security_control", subject=point.key)
    return made


@transaction.atomic
def confirm_evidence(by: Account, evidence: ControlEvidence) -> None:
    """Raises Refused `own_request` to whoever showed it."""
    check_keeper(by)
    locked = ControlEvidence.objects.select_for_update().get(pk=evidence.pk)
    check_another(by, locked.made_by_id)
    check_waiting(is_waiting=locked.confirmed_at is None)
    locked.confirmed_by, locked.confirmed_at = by, clock.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    record_act(by, "evidence_confirmed", subject_kind="security_control", subject=locked.control)
