"""Background work and timers. Functions stand in `jobs.py` of a kernel package or a system.

    @job()
    def rebuild(source_id: int): ...            rebuild.start(source_id=7)

    @job()
    def import_years(progress: Progress, path: str): ...    # seen, stopped and resumed on the work page

    @every("10 1 * * *")                        # in China Standard Time
    def close_the_day(): ...
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from district.kernel.jobs.progress import Progress
    from district.kernel.jobs.work import every, job

__all__ = ["Progress", "every", "job"]

_HOMES = {"Progress": "progress", "every": "work", "job": "work"}


def __getattr__(name: str) -> Any:
    # Django imports this package before tables may be defined, so its modules are loaded on first use.
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
