"""Who asks for rows: an account for its department, a program of a department, or anybody at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from district.kernel.grants.models import Client


@dataclass(frozen=True)
class Viewer:
    """`organisation_id` None is the public. A program has a `client_id`, a person an `account_id`."""

    organisation_id: int | None = None
    organisation: str = ""
    who: str = ""
    account_id: int | None = None
    client_id: int | None = None
    address: str = ""

    def at(self, address: str) -> Viewer:
        """The same, asking from another address."""
        return self if address == self.address else replace(self, address=address)


ANYBODY = Viewer(who="公众")


def viewer_of(account: Any, address: str = "") -> Viewer:
    """An account as a viewer for its department; whoever has none, or is not in use, is the public."""
    if (
        not getattr(account, "is_authenticated", False)
        or not account.is_active
        or account.organisation is None
    ):
        return ANYBODY
    return Viewer(
        account.organisation_id, account.organisation.name, f"{account.name}（{account.username}）",
        account_id=account.pk, address=address,
    )  # fmt: skip


def viewer_of_client(client: Client, address: str = "") -> Viewer:
    """A program as a viewer; one that is stopped is the public."""
    if not client.is_active:
        return ANYBODY
    return Viewer(
        client.organisation_id, client.organisation.name, client.name, client_id=client.pk, address=address
    )
