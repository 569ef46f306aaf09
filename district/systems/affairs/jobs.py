"""Background work of the system, one module a sub-feature; only gathered here."""

from .circulation import jobs as circulation

__all__ = ["circulation"]
