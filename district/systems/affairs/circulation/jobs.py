"""The law's clock on what villagers said."""

from __future__ import annotations

from district.kernel.jobs import every

from .actions import forget_old


@every("27 3 * * *")
def forget_old_concerns() -> int:
    """Texts and parties of matters whose time of keeping is over."""
    return forget_old()
