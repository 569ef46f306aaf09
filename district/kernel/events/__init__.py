"""Systems tell each other what happened.

    publish(LimitExceeded(...))         # in an action, inside its transaction
    @on(LimitExceeded)                  # in the handlers.py of whoever listens
    def open_supervision(event): ...
"""

from district.kernel.events.listeners import on
from district.kernel.events.publishing import publish

__all__ = ["on", "publish"]
