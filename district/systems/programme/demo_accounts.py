"""The demonstration's accounts by their role here."""

from __future__ import annotations

from district.kernel.people.models import Account


def demo_accounts() -> dict[str, Account]:
    """`office` → the account of programme.office, and so on; empty where the demonstration is not wanted."""
    found = (
        Account.objects.active()
        .filter(is_demo=True, username__startswith="programme.")
        .select_related("organisation")
    )
    return {account.username.removeprefix("programme."): account for account in found}
