from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from district.kernel.people.models import Account
from district.kernel.ui import overview
from district.kernel.ui.tile import all_tiles
from district.kernel.vocabulary import System
from district.systems.brain.dashboard.map_layers import systems_with_a_map
from district.testing.people import account
from district.testing.procedures import trial

from .district_day import GUARDED_KIND, OPEN_KIND


@pytest.fixture
def system(db: None) -> Iterator[System]:
    """A system whose cases the leader reads, beside the real ones; what looks for files of systems has looked before."""
    assert get_resolver().url_patterns
    assert all_tiles()
    assert systems_with_a_map() is not None
    overview.figures(None)
    overview.district_map(None)
    with trial(OPEN_KIND, GUARDED_KIND) as made:
        yield made


@pytest.fixture
def leader(db: None, system: System) -> Account:
    return account("brain.leader", "trial.reader")
