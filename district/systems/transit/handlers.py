"""Listeners, each of its sub-feature."""

from .terminals.handlers import take_terminal_report

__all__ = ["take_terminal_report"]
