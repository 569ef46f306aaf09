"""Boards hear that cases were opened and closed."""

from __future__ import annotations

from district.kernel.cases.contract import CaseClosed, CaseOpened
from district.kernel.events import on

from .live_notices import tell_boards


@on(CaseOpened)
def tell_opened(event: CaseOpened) -> None:
    tell_boards("opened")


@on(CaseClosed)
def tell_closed(event: CaseClosed) -> None:
    tell_boards("closed")
