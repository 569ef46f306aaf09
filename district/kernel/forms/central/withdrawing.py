"""An account that has lost its rights for good loses its tokens and the keys of its phones with them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from district.kernel.clock import now
from district.kernel.forms.models import ApiSession, AppUser
from district.kernel.people.rights_ended import rights_ended


@receiver(rights_ended)
def end_tokens(account: Any, is_for_good: bool, **_: Any) -> None:
    """Tokens go in any case; a phone of somebody merely suspended opens nothing until the account is resumed."""
    ApiSession.objects.filter(account=account).delete()
    if is_for_good:
        AppUser.objects.filter(account=account, revoked_at=None).update(revoked_at=now())
