"""表决. An open vote stands beside its voter; a secret one is added to a count and belongs to nobody."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused

from ...models import Ballot, Count, Meeting, Presence, Proposal, Roll, Slip, Voter
from .. import slip_codes
from ..assembly import is_carried, is_quorate
from ..posts import must_act_for

AGREE, AGAINST, ABSTAIN = "同意", "不同意", "弃权"
CHOICES = (AGREE, AGAINST, ABSTAIN)
"""What a vote on a proposal may be, as the ballot paper says it."""


@transaction.atomic
def open_ballot(
    meeting: Meeting, question: str, account: Any, *, is_secret: bool = True, proposal: Proposal | None = None,
    options: Sequence[str] = CHOICES,
) -> Ballot:  # fmt: skip
    """Opens a vote of those present: one for a household or one for a delegate, as the body has it. Raises Refused."""
    must_act_for(account, meeting.organisation)
    if meeting.closed_at is not None:
        raise Refused("closed", _("会议已结束，不能再改"))
    present = list(meeting.attendances.filter(presence=Presence.PRESENT).select_related("member"))
    if not is_quorate(meeting.body, meeting.attendances.count(), len(present)):
        raise Refused("no_quorum", _("到会人数不够，不能表决"))
    choices = [option.strip() for option in options if option.strip()]
    if len(set(choices)) != len(choices) or len(choices) < 2:
        raise Refused("bad_options", _("至少要有两个不同的选项"), field="options")
    if proposal is not None and proposal.organisation_id != meeting.organisation_id:
        raise Refused("other_village", _("议题不是本村的"), field="proposal")
    roll = Roll.HOUSEHOLD if meeting.body == "households" else Roll.DELEGATE
    made = Ballot.objects.create(
        meeting=meeting, proposal=proposal, question=question[:200], options=choices, roll=roll, is_secret=is_secret,
        opened_by=account,
    )  # fmt: skip
    labels = {_label(attendance.member, roll) for attendance in present}
    Voter.objects.bulk_create(
        Voter(ballot=made, label=label, is_secret=is_secret) for label in sorted(labels)
    )
    Count.objects.bulk_create(Count(ballot=made, option=option) for option in choices)
    return made


@transaction.atomic
def print_slips(ballot: Ballot, account: Any) -> list[str]:
    """The codes of a slip for each voter, once, in an order that says nothing; nobody sees them again."""
    ballot = _locked(ballot, account)
    if not ballot.is_secret or ballot.slips.exists():
        raise Refused("no_slips", _("选票只能印一次，且只用于无记名表决"))
    codes = [slip_codes.new_code() for _voter in range(ballot.voters.count())]
    random.SystemRandom().shuffle(codes)
    Slip.objects.bulk_create(Slip(ballot=ballot, code_hash=slip_codes.hashed(code)) for code in codes)
    return codes


@transaction.atomic
def hand_out(ballot: Ballot, account: Any, voter_ids: Sequence[int]) -> int:
    """Notes which voters have drawn a slip; returns how many have."""
    ballot = _locked(ballot, account)
    if not ballot.is_secret:
        raise Refused("not_secret", _("记名表决不发选票"))
    ballot.voters.filter(pk__in=voter_ids).update(has_slip=True)
    return ballot.voters.filter(has_slip=True).count()


@transaction.atomic
def vote_by_slip(code: str, choice: str) -> Ballot:
    """A slip is used: the choice is counted, the slip is spent, nothing else is noted. Raises Refused."""
    slip = (
        Slip.objects.select_for_update()
        .select_related("ballot")
        .filter(code_hash=slip_codes.hashed(slip_codes.read(code)))
        .first()
    )
    if slip is None:
        raise Refused("unknown_slip", _("没有这张选票，请核对票码"), field="code")
    ballot = Ballot.objects.select_for_update().get(pk=slip.ballot_id)
    if ballot.closed_at is not None:
        raise Refused("ballot_closed", _("表决已结束"), field="code")
    if slip.is_used:
        raise Refused("slip_used", _("这张选票已经用过"), field="code")
    if choice not in ballot.options:
        raise Refused("no_option", _("没有这个选项"), field="choice", value=choice)
    if ballot.slips.filter(is_used=True).count() >= ballot.voters.filter(has_slip=True).count():
        raise Refused("not_handed_out", _("选票还没有登记发出，请找工作人员"), field="code")
    Slip.objects.filter(pk=slip.pk).update(is_used=True)
    Count.objects.filter(ballot=ballot, option=choice).update(votes=F("votes") + 1)
    return ballot


@transaction.atomic
def vote_by_hand(ballot: Ballot, account: Any, choices: Mapping[int, str]) -> None:
    """Votes of an open ballot, by the key of the voter; the last that is said before the end counts."""
    ballot = _locked(ballot, account)
    if ballot.is_secret:
        raise Refused("secret", _("无记名表决不能按人登记"))
    wrong = [choice for choice in choices.values() if choice and choice not in ballot.options]
    if wrong:
        raise Refused("no_option", _("没有这个选项"), field="choice", value=wrong[0])
    for voter in ballot.voters.filter(pk__in=choices):
        voter.choice = choices[voter.pk]
        voter.save(update_fields=["choice"])


@transaction.atomic
def close_ballot(ballot: Ballot, account: Any, paper: Mapping[str, int] | None = None) -> Ballot:
    """Counts. `paper`: votes of slips that were filled in by hand and read out; not more than slips handed out and unused."""
    ballot = _locked(ballot, account)
    if ballot.is_secret:
        _count_paper(ballot, paper or {})
    else:
        for option in ballot.options:
            votes = ballot.voters.filter(choice=option).count()
            Count.objects.filter(ballot=ballot, option=option).update(votes=votes)
    votes = dict(ballot.counts.values_list("option", "votes"))
    ballot.closed_at = now()
    ballot.is_passed = is_carried(ballot.voters.count(), votes.get(AGREE, 0)) if AGREE in votes else None
    ballot.save(update_fields=["closed_at", "is_passed"])
    return ballot


def _count_paper(ballot: Ballot, paper: Mapping[str, int]) -> None:
    given = {option: votes for option, votes in paper.items() if votes}
    if set(given) - set(ballot.options) or any(votes < 0 for votes in given.values()):
        raise Refused("bad_count", _("计票有误：选项或票数不对"), field="paper")
    used = ballot.counts.aggregate(votes=Sum("votes"))["votes"] or 0
    left = ballot.voters.filter(has_slip=True).count() - used
    if sum(given.values()) > left:
        raise Refused("too_many", _("纸质票最多 %(n)s 张（已领票减去已投票）") % {"n": left}, field="paper")
    for option, votes in given.items():
        Count.objects.filter(ballot=ballot, option=option).update(votes=F("votes") + votes)


def _locked(ballot: Ballot, account: Any) -> Ballot:
    must_act_for(account, ballot.meeting.organisation)
    locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if locked.closed_at is not None:
        raise Refused("ballot_closed", _("表决已结束"))
    return locked


def _label(member: Any, roll: str) -> str:
    """A household has one vote, whoever of it is present."""
    return str(member.household or member.name if roll == Roll.HOUSEHOLD else member.name)[:60]
