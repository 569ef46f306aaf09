"""Background work of the grid: what is over is ended, what has had its term is deleted."""

from __future__ import annotations

from district.kernel.jobs import every

from .actions.patrols import delete_due_tracks, end_forgotten_patrols


@every("*/15 * * * *")
def end_patrols_left_open() -> None:
    end_forgotten_patrols()


@every("20 3 * * *")
def delete_tracks_after_their_term() -> None:
    delete_due_tracks()
