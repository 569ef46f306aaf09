"""The views of the pages, one module a sub-feature; only re-exports here."""

from .overview import overview

__all__ = ["overview"]
