"""The clerk's phone pages, and the register of visits."""

from .phone import desk, desk_concern, desk_new, desk_token, desk_type, desk_visit, desk_worker
from .visits import visit, visits

__all__ = [
    "desk",
    "desk_concern",
    "desk_new",
    "desk_token",
    "desk_type",
    "desk_visit",
    "desk_worker",
    "visit",
    "visits",
]
