"""The pages of the manifest, each from its sub-feature."""

from ..burden.pages import burden, burden_forms
from ..circulation.pages import (
    circulation,
    circulation_evidence,
    concern,
    concern_act,
    concern_new,
    concern_parties,
    rate,
)
from ..consistency.pages import (
    consistency,
    contradiction,
    contradiction_pass,
    item_rule,
    item_rules,
    new_item_rule,
)
from ..ledgers.pages import form_ledger, ledger, ledger_places, ledger_points, ledgers, new_ledger
from ..matters.pages import assignment, assignment_act, new_task, piece, piece_act, tasks
from .overview import overview

__all__ = [
    "assignment",
    "assignment_act",
    "burden",
    "burden_forms",
    "circulation",
    "circulation_evidence",
    "concern",
    "concern_act",
    "concern_new",
    "concern_parties",
    "consistency",
    "contradiction",
    "contradiction_pass",
    "form_ledger",
    "item_rule",
    "item_rules",
    "ledger",
    "ledger_places",
    "ledger_points",
    "ledgers",
    "new_item_rule",
    "new_ledger",
    "new_task",
    "overview",
    "piece",
    "piece_act",
    "rate",
    "tasks",
]
