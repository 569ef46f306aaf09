"""Background work of the system, one module a sub-feature; only gathered here."""

from .circulation import jobs as circulation
from .consistency import jobs as consistency

__all__ = ["circulation", "consistency"]
