"""Who may look at the files of a thing: its owner says so, once, when it is loaded.

    owner("cases.case", may_look=lambda account, subject: cases_visible_to(account).filter(number=subject).exists())

A kind of thing without an owner shows its files to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MayLook = Callable[[Any, str], bool]

_owners: dict[str, MayLook] = {}


def owner(subject_kind: str, *, may_look: MayLook) -> None:
    """`may_look(account, subject)`; a second call for the same kind replaces the first."""
    _owners[subject_kind] = may_look


def may_look(account: Any, subject_kind: str, subject: str) -> bool:
    """Whether the account may look at the files of that thing."""
    rule = _owners.get(subject_kind)
    return rule is not None and rule(account, subject)
