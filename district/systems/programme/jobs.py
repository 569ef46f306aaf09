"""Background work of the programme, one module a sub-feature; only gathered here."""

from .projects import jobs as projects

__all__ = ["projects"]
