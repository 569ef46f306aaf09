"""The pages of the money; only gathered here."""

from .budget import budget_line, money, money_year, new_budget_line
from .contracts import contract, contracts, new_contract
from .ledger import money_ledger, money_ledger_file
from .payments import payment, payments
from .receipts import receipts
from .subsidies import loan, loans, new_loan, new_subsidy, subsidies, subsidy

__all__ = [
    "budget_line",
    "contract",
    "contracts",
    "loan",
    "loans",
    "money",
    "money_ledger",
    "money_ledger_file",
    "money_year",
    "new_budget_line",
    "new_contract",
    "new_loan",
    "new_subsidy",
    "payment",
    "payments",
    "receipts",
    "subsidies",
    "subsidy",
]
