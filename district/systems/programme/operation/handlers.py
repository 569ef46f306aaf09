"""What the account of the operating company does when a case ends."""

from __future__ import annotations

from district.kernel.cases.contract import CaseClosed
from district.kernel.cases.models import Case
from district.kernel.events import on

from .actions import DISPUTE, take_decision


@on(CaseClosed)
def take_decision_of_dispute(event: CaseClosed) -> None:
    if event.system == "programme" and event.procedure == DISPUTE:
        take_decision(Case.objects.get(pk=event.case_id))
