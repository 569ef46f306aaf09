"""One installation, with a database as durable as in production, for all tests of the gateway."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from district.testing.installation import GatewayProcess, Installation


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with Installation() as place:
        yield place


@pytest.fixture(scope="module")
def gateway(installation: Installation) -> Iterator[GatewayProcess]:
    with installation.gateway() as running:
        yield running
