"""Files of cameras are not kept for ever."""

from __future__ import annotations

from district.kernel.jobs import every

from .keeping import forget_old


@every("35 4 * * *")
def forget_old_pictures() -> None:
    """Those past their time."""
    forget_old()
