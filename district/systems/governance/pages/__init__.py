"""The views of the pages, one module a group; only re-exports here."""

from .overview import overview

__all__ = ["overview"]
