"""Every morning what has become late or is still open comes on the agenda of the meetings ahead."""

from __future__ import annotations

from district.kernel.jobs.work import every


@every("20 6 * * *")
def follow_up_on_agendas() -> int:
    """How many items came to agendas."""
    from ..models import Meeting
    from .actions import fill_agenda

    return sum(fill_agenda(meeting) for meeting in Meeting.objects.filter(state=Meeting.State.PLANNED))
