"""Everything that is done to projects. Each act is one transaction, is audited, and refuses with a code (`Refused`)."""

from .accepting import accept, add_item, agree_list, confirm_result, give_result, run_list
from .buying import (
    approve_purchase,
    award,
    fail_purchase,
    give_notice,
    object_to,
    open_bids,
    plan_purchase,
    register_bid,
    settle,
)
from .changing import ask_change, decide_change
from .delivering import accept_report, end_part, give_report, return_report, take_part
from .drawing import call_review, end_draws_left_open, name_new_draw, open_share, seal_share, void_draw
from .effects import choose_effect, confirm_effect_report, give_effect_report, measure_after, measure_before
from .inviting import answer, end_invitations_left_open
from .opining import save_opinion, sign_opinion
from .passing import ask_passage, decide_passage
from .proposing import add_paper, decide_paper, propose, stop

__all__ = [
    "accept", "accept_report", "add_item", "add_paper", "agree_list", "answer", "approve_purchase", "ask_change",
    "ask_passage", "award", "call_review", "choose_effect", "confirm_effect_report", "confirm_result", "decide_change",
    "decide_paper", "decide_passage", "end_draws_left_open", "end_invitations_left_open", "end_part", "fail_purchase",
    "give_effect_report", "give_notice", "give_report", "give_result", "measure_after", "measure_before",
    "name_new_draw", "object_to", "open_bids", "open_share", "plan_purchase", "propose", "register_bid", "return_report",
    "run_list", "save_opinion", "seal_share", "settle", "sign_opinion", "stop", "take_part", "void_draw",
]  # fmt: skip
