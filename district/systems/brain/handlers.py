"""What the brain does when something happens elsewhere; listeners stand with their sub-feature."""

from .dashboard.handlers import tell_closed, tell_opened
from .exchange.handlers import tell_of_delivery, tell_of_failure
from .sharing.handlers import (
    begin,
    end_with_the_answer,
    end_without_one,
    go_on_after_review,
    note_the_reminder,
    supervise_the_late,
)
from .workorders.handlers import open_order_for_source, open_work_order

__all__ = [
    "begin",
    "end_with_the_answer",
    "end_without_one",
    "go_on_after_review",
    "note_the_reminder",
    "open_order_for_source",
    "open_work_order",
    "supervise_the_late",
    "tell_closed",
    "tell_of_delivery",
    "tell_of_failure",
    "tell_opened",
]
