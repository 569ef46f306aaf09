"""The tables, one file a noun; only re-exports here."""

from .boards import Board, BoardTile
from .themes import ThemeLink

__all__ = ["Board", "BoardTile", "ThemeLink"]
