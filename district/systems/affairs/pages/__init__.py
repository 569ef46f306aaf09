"""The pages of the manifest, each from its sub-feature."""

from ..burden.pages import burden, burden_forms
from ..consistency.pages import (
    consistency,
    contradiction,
    contradiction_pass,
    item_rule,
    item_rules,
    new_item_rule,
)
from .overview import overview

__all__ = [
    "burden",
    "burden_forms",
    "consistency",
    "contradiction",
    "contradiction_pass",
    "item_rule",
    "item_rules",
    "new_item_rule",
    "overview",
]
