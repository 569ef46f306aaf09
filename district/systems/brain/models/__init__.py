"""The tables, one file a noun; only re-exports here."""

from .boards import Board, BoardTile

__all__ = ["Board", "BoardTile"]
