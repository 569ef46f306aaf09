from __future__ import annotations

import pytest

from district.kernel.datasets.models import Resource
from district.kernel.grants.models import Grant
from district.kernel.grants.tests import shared_rows
from district.kernel.people.models import Account
from district.testing.people import account, organisation


@pytest.fixture
def shared(db: None) -> Resource:
    shared_rows.make_table(30)
    return shared_rows.resource()


@pytest.fixture
def grant(shared: Resource) -> Grant:
    """Names, numbers and phones masked, one town of three."""
    return shared_rows.grant(
        shared, organisation("asker", name="使用局"), items=["id", "name", "number", "phone", "town"],
        divisions=[shared_rows.TOWNS[0]],
    )  # fmt: skip


@pytest.fixture
def analyst(grant: Grant) -> Account:
    return account("brain.analyst", unit=grant.grantee)
