"""四议两公开: a proposal goes its way step by step, each decided by a meeting of the right body or made public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ...models import Ballot, Meeting, Presence, Proposal, ProposalStep, Stage
from ..assembly import is_carried, is_quorate
from ..posts import must_act_for
from .voting import AGREE

ORDER = (
    Stage.PROPOSE, Stage.CONSULT, Stage.REVIEW, Stage.DECIDE, Stage.PUBLISH, Stage.CARRY_OUT, Stage.SHOW_RESULT, Stage.DONE,
)  # fmt: skip
BODIES = {
    Stage.PROPOSE: ("branch",),
    Stage.CONSULT: ("committees",),
    Stage.REVIEW: ("party",),
    Stage.DECIDE: ("delegates", "households"),
}
"""四议: which body takes which step."""
PUBLIC_DAYS = 7
"""How long a decision and a result are made public at least; a village may take longer."""


def propose(
    organisation: Organisation, title: str, text: str, account: Any, *, is_simulated: bool = False
) -> Proposal:
    """A matter that goes its way; its first step is the meeting of the branch."""
    must_act_for(account, organisation)
    if not title.strip() or not text.strip():
        raise Refused("empty", _("议题要有名称和内容"), field="title")
    return Proposal.objects.create(
        organisation=organisation, division_code=organisation.division_code, title=title.strip()[:120], text=text,
        made_by=account, is_simulated=is_simulated,
    )  # fmt: skip


@transaction.atomic
def decide(
    proposal: Proposal, meeting: Meeting, account: Any, *, agreeing: int | None = None, ballot: Ballot | None = None
) -> ProposalStep:  # fmt: skip
    """A closed meeting of the body whose turn it is agrees or not. The last decision is made by a closed ballot."""
    proposal = _locked(proposal, account)
    stage = Stage(proposal.stage)
    if stage not in BODIES:
        raise Refused(
            "wrong_stage", _("现在是“%(stage)s”，不用会议决定") % {"stage": proposal.get_stage_display()}
        )
    if meeting.organisation_id != proposal.organisation_id or meeting.body not in BODIES[stage]:
        raise Refused(
            "wrong_body",
            _("“%(stage)s”应由相应的会议决定") % {"stage": proposal.get_stage_display()},
            field="meeting",
        )
    if meeting.closed_at is None:
        raise Refused("meeting_open", _("会议结束并有纪要后才能登记结果"), field="meeting")
    expected = meeting.attendances.count()
    present = meeting.attendances.filter(presence=Presence.PRESENT).count()
    if not is_quorate(meeting.body, expected, present):
        raise Refused("no_quorum", _("到会人数不够，会议决定无效"), field="meeting")
    if stage is Stage.DECIDE:
        if ballot is None or ballot.meeting_id != meeting.pk or ballot.proposal_id != proposal.pk:
            raise Refused("no_ballot", _("决议要有这次会议对本议题的表决"), field="ballot")
        is_agreed, agreed = bool(ballot.is_passed), _agreed(ballot)
    else:
        agreed = present if agreeing is None else agreeing
        if not 0 <= agreed <= present:
            raise Refused("bad_count", _("同意人数不能超过到会人数"), field="agreeing", value=agreed)
        is_agreed = is_carried(present, agreed)
    step = ProposalStep.objects.create(
        proposal=proposal, stage=stage, is_agreed=is_agreed, meeting=meeting, present=present, expected=expected,
        agreeing=agreed, text=meeting.minutes, account=account,
    )  # fmt: skip
    _go_on(proposal, is_agreed)
    return step


@transaction.atomic
def publish_step(proposal: Proposal, text: str, account: Any, days: int = PUBLIC_DAYS) -> ProposalStep:
    """两公开: the decision, and later the result, are made public; 组织实施 is noted between them."""
    proposal = _locked(proposal, account)
    stage = Stage(proposal.stage)
    if stage not in (Stage.PUBLISH, Stage.CARRY_OUT, Stage.SHOW_RESULT):
        raise Refused(
            "wrong_stage", _("现在是“%(stage)s”，要先由会议决定") % {"stage": proposal.get_stage_display()}
        )
    if not text.strip():
        raise Refused("no_text", _("请写明内容"), field="text")
    is_public = stage is not Stage.CARRY_OUT
    if is_public and days < PUBLIC_DAYS:
        raise Refused("too_short", _("公开不少于 %(n)s 天") % {"n": PUBLIC_DAYS}, field="days", value=days)
    shown = proposal.steps.filter(stage=Stage.PUBLISH).first()
    if stage is Stage.CARRY_OUT and shown and shown.public_until and shown.public_until > now():
        raise Refused("still_public", _("决议公开期未满，不能实施"))
    step = ProposalStep.objects.create(
        proposal=proposal, stage=stage, is_agreed=True, text=text, account=account,
        public_until=now() + timedelta(days=days) if is_public else None,
    )  # fmt: skip
    _go_on(proposal, True)
    return step


def _go_on(proposal: Proposal, is_agreed: bool) -> None:
    proposal.stage = ORDER[ORDER.index(Stage(proposal.stage)) + 1] if is_agreed else Stage.DROPPED
    proposal.save(update_fields=["stage"])


def _locked(proposal: Proposal, account: Any) -> Proposal:
    must_act_for(account, proposal.organisation)
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _agreed(ballot: Ballot) -> int:
    return ballot.counts.filter(option=AGREE).values_list("votes", flat=True).first() or 0
