"""Background work of the system, one module a sub-feature; only gathered here."""

from .circulation import jobs as circulation
from .consistency import jobs as consistency
from .desk import jobs as desk
from .matters import jobs as matters
from .village import jobs as village

__all__ = ["circulation", "consistency", "desk", "matters", "village"]
