from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from district.kernel.grants.actions import add_client
from district.kernel.grants.models import Client
from district.testing.people import organisation


@pytest.fixture
def program(db: None) -> tuple[Client, str]:
    """A client of the asking department, and its secret."""
    return add_client("业务系统", organisation("asker", name="申请局"), None)


@pytest.fixture
def token(program: tuple[Client, str]) -> str:
    client, secret = program
    answer = Browser().post(
        "/oauth/token",
        {
            "grant_type": "client_credentials",
            "client_id": client.application.client_id,
            "client_secret": secret,
        },
    )
    return answer.json()["access_token"]


@pytest.fixture
def read(token: str) -> Callable[..., Any]:
    """Asks for rows of the shared resource with the token."""

    def ask(path: str = "rows", *, headers: dict[str, str] | None = None, **asked: Any) -> Any:
        return Browser().get(
            f"/api/data/v1/owner.people/{path}",
            asked,
            headers={"Authorization": f"Bearer {token}", **(headers or {})},
        )

    return ask
