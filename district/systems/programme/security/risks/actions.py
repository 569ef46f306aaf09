"""风险评估: judged, treated; what stays is accepted by another, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ...models import SecurityAsset, SecurityRisk
from ..incidents.actions import open_correction
from ..refusing import check_another, check_keeper, check_waiting
from .matrix import may_be_accepted

LONGEST = timedelta(days=366)
Treatment = SecurityRisk.Treatment


@dataclass(frozen=True)
class Judged:
    asset: SecurityAsset
    threat: str
    weakness: str
    likelihood: int
    impact: int
    treatment: str
    measures: str = ""
    left_likelihood: int | None = None
    left_impact: int | None = None
    due_on: date | None = None


@transaction.atomic
def judge_risk(by: Account, said: Judged, *, is_simulated: bool = False) -> SecurityRisk:
    """A risk to be brought down needs measures and a day; it becomes a case of the asset's unit.

    Raises Refused: off the matrix, no measures, no day, what is left is more than what was.
    """
    check_keeper(by)
    grades = (said.likelihood, said.impact, said.left_likelihood or 1, said.left_impact or 1)
    if any(not 1 <= each <= 5 for each in grades):
        raise Refused("off_matrix", _("可能性和影响为 1 至 5"), field="likelihood")
    if said.treatment == Treatment.REDUCE and (not said.measures.strip() or said.due_on is None):
        raise Refused("no_measures", _("降低风险须写明措施和期限"), field="measures")
    if (said.left_likelihood or said.likelihood) * (
        said.left_impact or said.impact
    ) > said.likelihood * said.impact:
        raise Refused("grown", _("残余风险不能高于原风险"), field="left_likelihood")
    risk = SecurityRisk.objects.create(
        asset=said.asset,
        threat=said.threat,
        weakness=said.weakness,
        likelihood=said.likelihood,
        impact=said.impact,
        treatment=said.treatment,
        measures=said.measures,
        left_likelihood=said.left_likelihood,
        left_impact=said.left_impact,
        due_on=said.due_on,
        judged_by=by,
        is_simulated=is_simulated,
    )
    owner = said.asset.owner
    if said.treatment == Treatment.REDUCE and owner is not None:
        text = _("安全风险整改：%(t)s") % {"t": said.threat}
        risk.correction = open_correction(
            by, f"risk-{risk.pk}", text, owner, said.due_on, is_simulated=is_simulated
        )
        risk.save(update_fields=["correction"])
    record_act(by, "risk_judged", subject_kind="security_risk", subject=risk.pk)
    return risk


@transaction.atomic
def accept_risk(by: Account, risk: SecurityRisk, until: date) -> None:
    """What is left is borne until a day. Raises Refused: one's own judgement, a grave one, longer than a year."""
    check_keeper(by)
    locked = SecurityRisk.objects.select_for_update().get(pk=risk.pk)
    check_another(by, locked.judged_by_id)
    check_waiting(is_waiting=locked.closed_at is None)
    left = (locked.left_likelihood or locked.likelihood, locked.left_impact or locked.impact)
    if not may_be_accepted(*left):
        raise Refused("grave", _("特别高的风险不能接受，须先降低"), field="risk", value=left)
    if not clock.today() < until <= clock.today() + LONGEST:
        raise Refused("until_on", _("接受期限须在一年之内"), field="until", value=until)
    locked.accepted_by, locked.accepted_at, locked.accepted_until = by, clock.now(), until
    locked.save(update_fields=["accepted_by", "accepted_at", "accepted_until"])
    record_act(by, "risk_accepted", subject_kind="security_risk", subject=locked.pk)


@transaction.atomic
def close_risk(by: Account, risk: SecurityRisk) -> None:
    """It is gone: what was to be put right is, or the asset is no more."""
    check_keeper(by)
    locked = (
        SecurityRisk.objects.select_for_update(of=("self",))
        .select_related("correction", "asset")
        .get(pk=risk.pk)
    )
    check_waiting(is_waiting=locked.closed_at is None)
    if locked.correction is not None and locked.correction.closed_at is None:
        raise Refused(
            "correcting", _("整改办件还没有办结"), field="correction", value=locked.correction.number
        )
    if locked.correction is None and locked.asset.gone_at is None and locked.treatment != Treatment.AVOID:
        raise Refused("not_gone", _("资产仍在且没有整改，不能关闭"), field="risk")
    locked.closed_at = clock.now()
    locked.save(update_fields=["closed_at"])
    record_act(by, "risk_closed", subject_kind="security_risk", subject=locked.pk)
