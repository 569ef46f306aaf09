"""Timers of grants."""

from __future__ import annotations

from oauth2_provider.models import clear_expired

from district.kernel.grants import uses
from district.kernel.grants.actions import end_what_is_over
from district.kernel.grants.exports import sweep
from district.kernel.jobs.work import every


@every("* * * * *")
def end_grants() -> int:
    """Marks what is over."""
    return end_what_is_over()


@every("* * * * *")
def seal_uses() -> int:
    """Chains what was used in the last minute."""
    return uses.seal()


@every("20 3 * * *")
def clear_tokens() -> None:
    """Tokens that no longer count."""
    clear_expired()


@every("40 * * * *")
def remove_old_exports() -> int:
    """Files nobody can take any more."""
    return sweep()
