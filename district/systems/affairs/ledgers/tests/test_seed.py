"""The demonstration of 一表通 goes through the real doors and says of itself that it is one."""

import pytest

from district.kernel.forms.models import Entity, Register, Submission, WaitingWrite
from district.kernel.forms.registers.reading import values_of
from district.kernel.places.models import Division
from district.systems.affairs.consistency.seed import seed_consistency
from district.systems.affairs.ledgers.seed import FILLED, SURVEY, VILLAGE, seed_ledgers
from district.systems.affairs.models import Contradiction
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


UNITS = {
    "bigdata": "区大数据局", "police": "区公安分局", "insurance": "区医疗保障分局", "civil_affairs": "区民政局",
    "housing": "区住房城乡建设局", "agriculture": "区农业农村局",
}  # fmt: skip


@pytest.fixture
def village(monkeypatch, tmp_path):
    """The units and accounts the demonstration needs."""
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)
    for code, name in UNITS.items():
        organisation(code, name=name)
    town = organisation("town_370306102", kind="town", division_code=VILLAGE[:9])
    home = organisation("village_370306102201", kind="village", division_code=VILLAGE, parent=town)
    Division.objects.get_or_create(
        code=VILLAGE, defaults={"name": "苏李村委会", "level": "village", "lon": 117.8, "lat": 36.7}
    )
    account("affairs.clerk", unit=home, scope="own", username="affairs.clerk", is_demo=True)
    account("affairs.asker", unit=organisation("agriculture"), scope="own", username="affairs.asker", is_demo=True)
    account("affairs.manager", unit=organisation("bigdata"), username="affairs.manager", is_demo=True)


def test_the_demonstration_is_made_once_and_says_what_it_is(village):
    seed_ledgers()
    seed_consistency()
    seed_ledgers()
    seed_consistency()
    register = Register.objects.get(name="households")
    assert (register.is_simulated, register.entities.count()) == (True, 200)
    assert not Submission.objects.filter(is_simulated=False).exists()
    assert not Entity.objects.filter(is_simulated=False).exists()
    filled = Submission.objects.filter(form__xml_form_id=SURVEY)
    assert filled.count() == FILLED
    assert not WaitingWrite.objects.exists()
    assert {each.asked for each in filled} == {9}
    assert all(each.held / each.asked >= 0.6 for each in filled)
    entity = Entity.objects.get(label="演示户001")
    held = values_of(entity)
    assert {name: held[name] for name in ("head", "people", "relief", "insured", "land_mu", "house")} == {
        "head": "演示乙甲", "people": "2", "relief": "none", "insured": "2", "land_mu": "2.5", "house": "A",
    }  # fmt: skip
    assert entity.lon is not None
    assert "演示" not in str(entity.values["head"])  # sealed at rest
    # What the village put right is for the police to say.
    changed = Contradiction.objects.filter(item="people", rule=None)
    assert {(row.entity.label, row.settler.code) for row in changed} == {("演示户029", "police")}
