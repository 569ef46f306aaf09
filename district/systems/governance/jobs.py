"""Background work of the governance system, one module a sub-feature; only gathered here."""

from .care import jobs as care
from .grid import jobs as grid
from .insight import jobs as insight
from .reports import jobs as reports

__all__ = ["care", "grid", "insight", "reports"]
