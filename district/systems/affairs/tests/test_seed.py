"""The demonstration is made through the real doors, once, and shows what it is to show."""

from __future__ import annotations

import pytest

from district.kernel.people.seed import seed_organisations
from district.kernel.places.models import Division
from district.systems.affairs import seed
from district.systems.affairs.matters.sums import Level, sums
from district.systems.affairs.models import Announcement, Assignment, Ballot, Piece, Proposal, Shift

TOWN = "370306102"


def divisions() -> None:
    """The district with one town and five villages: what the demonstration needs of it."""
    district = Division.objects.create(code="370306", name="周村区", level="district", lon=117.87, lat=36.8)
    town = Division.objects.create(
        code=TOWN, name="王村镇", level="town", parent=district, lon=117.76, lat=36.7
    )
    for number in range(201, 206):
        Division.objects.create(
            code=f"{TOWN}{number}", name=f"{number}村", level="village", parent=town, lon=117.76, lat=36.7
        )


@pytest.mark.django_db
def test_the_demonstration_is_made_once_and_its_sums_agree():
    divisions()
    seed_organisations()
    seed.seed()
    counts = [model.objects.count() for model in (Assignment, Piece, Shift, Announcement, Proposal, Ballot)]
    seed.seed()

    assert counts == [
        model.objects.count() for model in (Assignment, Piece, Shift, Announcement, Proposal, Ballot)
    ]
    assert all(counts)
    for assignment in Assignment.objects.all():
        counted = sums(assignment)
        for line in counted.lines:
            assert counted.agrees(Level(line.level), line.code)
    assert Ballot.objects.get().is_passed
    assert set(Proposal.objects.values_list("stage", flat=True)) == {"carry_out", "consult"}
