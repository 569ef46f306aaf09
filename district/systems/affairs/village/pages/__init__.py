"""The views of a village, one module a matter; only re-exports here."""

from .announcing import announcement, announcement_act, announcements, new_announcement
from .ballots import ballot, ballot_act, ballot_slips, new_ballot
from .duty import duty, shift, shift_act, swap_act
from .guides import errand, guides
from .meetings import meeting, meeting_act, meetings, member_end, members, new_meeting
from .openness import openness, vote
from .proposals import new_proposal, proposal

__all__ = [
    "announcement",
    "announcement_act",
    "announcements",
    "ballot",
    "ballot_act",
    "ballot_slips",
    "duty",
    "errand",
    "guides",
    "meeting",
    "meeting_act",
    "meetings",
    "member_end",
    "members",
    "new_announcement",
    "new_ballot",
    "new_meeting",
    "new_proposal",
    "openness",
    "proposal",
    "shift",
    "shift_act",
    "swap_act",
    "vote",
]
