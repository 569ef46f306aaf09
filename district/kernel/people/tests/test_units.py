"""Credit codes of units: checked, kept by the seed, noted without a browser."""

from __future__ import annotations

import pytest

from district.kernel.people.commands import unit
from district.kernel.people.models import AuditEntry, Organisation
from district.kernel.people.refused import Refused
from district.kernel.people.seed import seed_organisations
from district.testing.parties import credit_code
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
CODE = credit_code(12, front="11")


def test_a_code_whose_check_character_is_wrong_is_refused():
    office = organisation("office")
    office.uscc = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    with pytest.raises(Refused) as refused:
        office.save()
    assert refused.value.code == "uscc_wrong"


def test_a_code_is_noted_and_stays_when_the_units_are_stored_anew(capsys: pytest.CaptureFixture[str]):
    seed_organisations()
    assert unit(["education", "--uscc", "11370306X"]) == 2
    assert "uscc_wrong" in capsys.readouterr().err
    assert unit(["education", "--uscc", CODE]) == 0
    assert AuditEntry.objects.filter(subject_kind="organisation", subject="education").exists()
    Organisation.objects.filter(code="education").update(name="旧名称")
    seed_organisations()
    assert Organisation.objects.get(code="education").uscc == CODE
