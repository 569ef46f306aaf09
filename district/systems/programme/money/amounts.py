"""Fen as people read and write them. Pure."""

from __future__ import annotations

from decimal import Decimal


def yuan(fen: int | None) -> str:
    """`¥1,234.50`; "—" for nothing known."""
    if fen is None:
        return "—"
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def in_wan(fen: float | None) -> float | None:
    """In ten thousand yuan (万元), for charts."""
    return None if fen is None else round(fen / 1_000_000, 2)


def fen_of(amount: Decimal) -> int:
    """Of yuan with at most two decimals. Raises ValueError for more."""
    fen = amount * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"amount {amount}: at most two decimals")
    return int(fen)
