"""Background work of the buses, one module a sub-feature; only gathered here."""

from .editions import jobs as editions

__all__ = ["editions"]
