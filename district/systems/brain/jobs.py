"""Timers of the brain."""

from __future__ import annotations

from district.kernel.jobs.work import every


@every("* * * * *")
def run_questions() -> int:
    """Questions whose time has come; their answers become versions of their products."""
    from district.systems.brain.workspace.actions import run_due

    return run_due()
