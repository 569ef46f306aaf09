"""Background work of the editor."""

from __future__ import annotations

from district.kernel.jobs.work import job
from district.kernel.people.models import Account

from ..models import Edition


@job(name="transit.open_edition")
def open_edition(edition_id: int, account_id: int) -> int:
    """A large edition as a draft; its number."""
    from . import actions

    draft, _left_out = actions.open_edition(Edition.objects.get(pk=edition_id), Account.objects.get(pk=account_id))
    return draft.pk
