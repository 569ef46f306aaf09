"""村级微循环: figures of the levels, the matters in sight, one matter with its acts, and the household's word."""

from .concerns import concern, concern_act, concern_new, concern_parties
from .figures import circulation, circulation_evidence
from .rating import rate

__all__ = [
    "circulation",
    "circulation_evidence",
    "concern",
    "concern_act",
    "concern_new",
    "concern_parties",
    "rate",
]
