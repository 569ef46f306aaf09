"""Background work of the buses, one module a sub-feature; only gathered here."""

from .cards import jobs as cards
from .dispatch import jobs as dispatch
from .editions import jobs as editions
from .learning import jobs as learning
from .pictures import jobs as pictures
from .public import jobs as public
from .timetables import jobs as timetables

__all__ = ["cards", "dispatch", "editions", "learning", "pictures", "public", "timetables"]
