"""What is done with the programme's money."""

from .budget import ask_change, ask_close, ask_line, close_year, decide_change, decide_line, open_year
from .contracts import Funding, Term, ask_contract, decide_contract, end_contract
from .loans import move_loan, register_guarantee, register_loan, release_guarantee
from .payments import ask_payment, decide_payment, pay, return_payment, withdraw_payment
from .receipts import confirm_receipt, register_receipt
from .subsidies import ask_interest_support, ask_subsidy, decide_subsidy, end_subsidy

__all__ = [
    "Funding",
    "Term",
    "ask_change",
    "ask_close",
    "ask_contract",
    "ask_interest_support",
    "ask_line",
    "ask_payment",
    "ask_subsidy",
    "close_year",
    "confirm_receipt",
    "decide_change",
    "decide_contract",
    "decide_line",
    "decide_payment",
    "decide_subsidy",
    "end_contract",
    "end_subsidy",
    "move_loan",
    "open_year",
    "pay",
    "register_guarantee",
    "register_loan",
    "register_receipt",
    "release_guarantee",
    "return_payment",
    "withdraw_payment",
]
