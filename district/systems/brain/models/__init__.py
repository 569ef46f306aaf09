"""The tables, one file a noun; only re-exports here."""

from .boards import Board, BoardTile
from .questions import ChartKind, QuestionRun, SavedQuestion
from .themes import ThemeLink

__all__ = ["Board", "BoardTile", "ChartKind", "QuestionRun", "SavedQuestion", "ThemeLink"]
