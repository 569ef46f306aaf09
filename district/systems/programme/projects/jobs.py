"""Timers of projects: what was not answered or opened in time ends by itself."""

from __future__ import annotations

from district.kernel.jobs.work import every


@every("*/5 * * * *")
def end_what_was_left_open() -> int:
    """Invitations nobody answered, shares nobody opened; how many."""
    from .actions import end_draws_left_open, end_invitations_left_open

    return end_invitations_left_open() + end_draws_left_open()
