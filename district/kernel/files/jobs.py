"""Every night: uploads that nothing was made of are removed."""

from __future__ import annotations

from district.kernel.files.actions import sweep
from district.kernel.jobs.work import every


@every("50 2 * * *")
def sweep_files() -> None:
    sweep()
