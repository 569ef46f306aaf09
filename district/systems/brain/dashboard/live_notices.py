"""Boards hear that cases have changed; which ones each reader may see is asked anew by its tiles."""

from __future__ import annotations

from district.kernel.ui.live import tell

CASES = "brain.cases"


def tell_boards(act: str) -> None:
    """`act`: opened or closed. Nothing of the case itself is told."""
    tell(CASES, {"act": act})
