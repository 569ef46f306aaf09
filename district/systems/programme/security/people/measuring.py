"""How fast rights were withdrawn: from when the platform could first have done it until it was done."""

from __future__ import annotations

from ...models import StaffNotice
from .notices import WITHIN


def minutes_taken(notice: StaffNotice) -> float | None:
    """None for one that waits, was taken back, or had nothing to withdraw."""
    if notice.done_at is None or notice.state != StaffNotice.State.DONE:
        return None
    return max(0.0, (notice.done_at - (notice.due_at - WITHIN)).total_seconds() / 60)


def withdrawn_in_time() -> tuple[int, int]:
    """Of the notices that withdrew rights: in time, all."""
    done = StaffNotice.objects.filter(state=StaffNotice.State.DONE).exclude(kind=StaffNotice.Kind.JOINED)
    taken = [minutes_taken(each) for each in done]
    return sum(1 for each in taken if each is not None and each <= WITHIN.total_seconds() / 60), len(taken)
