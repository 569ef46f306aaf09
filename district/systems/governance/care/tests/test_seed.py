"""The demonstration: few, invented, marked, and made once."""

from __future__ import annotations

import pytest

from district.kernel.people.models import AuditEntry, Organisation
from district.systems.governance.care.row_security import opened
from district.systems.governance.care.seed import DEMO_TOWN, NO_REGION, seed_care
from district.systems.governance.models import (
    CareContent,
    CareFigures,
    CareRecord,
    CareUnit,
    CareUnlock,
    Dispute,
    DisputeParty,
    GroupDispute,
)
from district.testing.people import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> Organisation:
    district = organisation("zhoucun", kind="district", division_code="370306")
    organisation("bigdata", parent=district)
    organisation("town_370306002", parent=district, kind="town", division_code="370306002")
    return organisation(DEMO_TOWN, parent=district, kind="town", division_code="370306001")


def test_the_demonstration_is_few_and_says_that_it_is_invented(places: Organisation):
    seed_care()
    with opened(work="expiry"):
        assert 5 <= CareRecord.objects.count() <= 12
        assert not CareRecord.objects.filter(is_simulated=False).exists()
        assert all(each.identity_number.startswith(NO_REGION) for each in CareContent.objects.all())
        assert all(each.name.startswith("虚构") for each in CareContent.objects.all())
        assert all(each.name.startswith("虚构") for each in DisputeParty.objects.all())
        assert CareRecord.objects.filter(is_locked=True).count() == 1
        assert CareUnlock.objects.filter(approved_at=None).count() == 1
        assert Dispute.objects.filter(is_simulated=True).count() == 3
    assert GroupDispute.objects.filter(is_simulated=True).count() == 2
    assert CareFigures.objects.count() == 1
    assert CareUnit.objects.filter(organisation=places).count() == 6


def test_seeding_again_changes_nothing(places: Organisation):
    seed_care()
    before = AuditEntry.objects.count()
    seed_care()
    assert AuditEntry.objects.count() == before


def test_without_demo_accounts_there_are_no_records(places: Organisation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISTRICT_DEMO", "0")
    seed_care()
    with opened(work="expiry"):
        assert CareRecord.objects.count() == 0
    assert CareUnit.objects.exists()
