"""Fen as people read them. Pure."""

from __future__ import annotations


def yuan(fen: int | None) -> str:
    """`¥12.30`; "—" for nothing known."""
    if fen is None:
        return "—"
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
