"""Programs of a department: added, stopped, given a new secret."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import AccessToken, Application

from district.kernel import clock
from district.kernel.grants.models import Client
from district.kernel.grants.posts import must_offer
from district.kernel.grants.refused import Refused
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation


@transaction.atomic
def add_client(
    name: str,
    organisation: Organisation,
    account: Account | None,
    *,
    system_name: str = "",
    contact: str = "",
    is_simulated: bool = False,
) -> tuple[Client, str]:
    """The client and its secret, which is nowhere kept in the clear: this is the only time anybody sees it."""  # fmt: skip
    must_offer(account, organisation)
    name = name.strip()
    if not name:
        raise Refused("name_wanted", "请填写应用名称", field="name")
    secret = generate_client_secret()
    application = Application.objects.create(
        name=name, client_type=Application.CLIENT_CONFIDENTIAL, client_secret=secret,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )  # fmt: skip
    try:
        with transaction.atomic():
            client = Client.objects.create(
                application=application, organisation=organisation, name=name, system_name=system_name, contact=contact,
                created_by=account, is_simulated=is_simulated,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("name_taken", f"本部门已有应用“{name}”", field="name", value=name) from error
    _noted(account, "client_added", client)
    return client, secret


@transaction.atomic
def new_secret(client: Client, account: Account) -> str:
    """A new secret; the old one and all tokens stop counting at once."""
    must_offer(account, client.organisation)
    secret = generate_client_secret()
    client.application.client_secret = secret
    client.application.save()
    client.secret_at = clock.now()
    client.save(update_fields=["secret_at"])
    AccessToken.objects.filter(application=client.application).delete()
    _noted(account, "client_secret_changed", client)
    return secret


def stop_client(client: Client, account: Account) -> None:
    """Nothing more for it, from the next request on."""
    _set_active(client, account, is_active=False)


def start_client(client: Client, account: Account) -> None:
    _set_active(client, account, is_active=True)


@transaction.atomic
def _set_active(client: Client, account: Account, *, is_active: bool) -> None:
    must_offer(account, client.organisation)
    client.is_active = is_active
    client.save(update_fields=["is_active"])
    AccessToken.objects.filter(application=client.application).delete()
    _noted(account, "client_started" if is_active else "client_stopped", client)


def _noted(account: Any, action: str, client: Client) -> None:
    record_act(account, action, subject_kind="grants.client", subject=client.pk, purpose=client.name)
