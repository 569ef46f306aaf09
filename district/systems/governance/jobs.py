"""Background work of the governance system, one module a sub-feature; only gathered here."""

from .care import jobs as care
from .grid import jobs as grid

__all__ = ["care", "grid"]
