from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from district.kernel.feeds.actions import subscribe
from district.kernel.feeds.models import Subscription
from district.kernel.feeds.tests.receiver import Receiver
from district.kernel.grants.models import Grant
from district.kernel.grants.tests import shared_rows
from district.testing.people import account, organisation


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    made = Receiver()
    monkeypatch.setenv("DISTRICT_ALLOWED_ADDRESSES", "127.0.0.1")
    yield made
    made.close()


@pytest.fixture
def grant(transactional_db: Any) -> Grant:
    """Names (masked) and towns of the people of two towns."""
    asker = organisation("asker", name="使用局")
    return shared_rows.grant(
        shared_rows.resource(), asker, items=["id", "name", "town"], divisions=list(shared_rows.TOWNS[:2])
    )


@pytest.fixture
def subscription(grant: Grant, receiver: Receiver) -> Subscription:
    made, receiver.secret = subscribe(grant, receiver.url, account("people.admin"))
    return made
