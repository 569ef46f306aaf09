from types import SimpleNamespace

import pytest

from district.systems.affairs.matters.tests.filling import TOWN, VILLAGES, posts, units
from district.systems.affairs.village.actions.meeting import add_member
from district.testing.people import account


@pytest.fixture
def village(db):
    """A village with two clerks, three members of each body, its town and the manager."""
    made = units()
    people = posts(made)
    home = made[VILLAGES[0]]
    clerk = people["clerks"][0]
    other = account("affairs.clerk", unit=home, scope="own")
    other.duties.update(from_on="2020-01-01")
    for body in ("branch", "committees", "party", "delegates", "households"):
        for number in range(1, 4):
            add_member(home, body, f"演示{body}{number}", clerk, household=f"演示{number}户")
    return SimpleNamespace(
        unit=home, clerk=clerk, other=other, town=people["town"], town_unit=made[TOWN],
        neighbour=people["clerks"][1], manager=people["manager"], asker=people["asker"], units=made,
    )  # fmt: skip
