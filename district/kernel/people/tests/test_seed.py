import json

import pytest

from district.kernel import clock
from district.kernel.people import demo
from district.kernel.people.access import may, scope_of
from district.kernel.people.models import Account, Duty, Organisation
from district.kernel.people.roles import SEPARATED, all_roles
from district.kernel.people.seed import NAMED, seed_demo_accounts, seed_organisations
from district.kernel.places.models import Division

pytestmark = pytest.mark.django_db


@pytest.fixture
def divisions():
    rows = [("370306", "周村区", "district", None), ("370306001", "丝绸路街道", "town", "370306"),
            ("370306100", "北郊镇", "town", "370306"), ("370306100201", "前沟村委会", "village", "370306100")]
    for code, name, level, parent in rows:
        Division.objects.create(
            code=code, name=name, level=level, parent_id=parent, lon=117.8, lat=36.8, updated_at=clock.now()
        )


def test_every_unit_has_a_government_above_it_and_a_name_in_both_languages():
    rows = json.loads(NAMED.read_text(encoding="utf-8"))
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows) == len({row["name"] for row in rows})
    assert all(row["parent"] in codes or row["code"] == "zibo" for row in rows)
    assert all(row["name"] and row["en"].isascii() for row in rows)


def test_towns_and_villages_stand_below_the_district(divisions):
    seed_organisations()
    village = Organisation.objects.get(code="village_370306100201")
    assert village.path == "zibo.zhoucun.town_370306100.village_370306100201"
    assert [village.parent.name, village.division_code] == ["北郊镇人民政府", "370306100201"]
    assert Organisation.objects.get(code="town_370306001").name == "丝绸路街道办事处"


def test_seeding_again_changes_nothing(divisions):
    assert seed_organisations() > 40
    assert seed_organisations() == 0
    seed_demo_accounts()
    before = list(Account.objects.order_by("pk").values()), Duty.objects.count()
    seed_demo_accounts()
    assert (list(Account.objects.order_by("pk").values()), Duty.objects.count()) == before


def test_a_unit_that_was_renamed_is_corrected(divisions):
    seed_organisations()
    Organisation.objects.filter(code="ecology").update(name="旧名")
    assert seed_organisations() == 1
    assert Organisation.objects.get(code="ecology").name == "区生态环境分局"


def test_there_is_a_demo_account_for_every_role_in_a_unit_that_fits(divisions):
    seed_organisations()
    rows = {row[0]: row for row in seed_demo_accounts()}
    assert set(rows) == {entry.key for entry in all_roles()}
    assert rows["environment.officer"][1:3] == ("环境监管员", "区生态环境分局")
    for entry in all_roles():
        account = Account.objects.get(username=entry.key)
        assert account.is_demo
        assert account.name == f"{entry.zh}（演示）"
        assert may(account, entry.key)
        assert account.check_password(demo.demo_password())


def test_the_demo_enterprise_sees_itself_and_the_bureau_the_district(divisions):
    seed_organisations()
    seed_demo_accounts()
    enterprise = Account.objects.get(username="environment.enterprise")
    assert not scope_of(enterprise, "environment").is_whole
    assert scope_of(Account.objects.get(username="environment.officer"), "environment").is_whole


def test_no_demo_account_holds_two_of_the_three_administrators_roles(divisions):
    seed_organisations()
    seed_demo_accounts()
    for account in Account.objects.all():
        assert account.duties.filter(role__in=SEPARATED).count() <= 1


def test_the_demo_password_is_readable_by_its_owner_only():
    from district.kernel import home

    demo.demo_password()
    assert (home.home() / "secrets" / "demo_password").stat().st_mode & 0o077 == 0


def test_an_installation_in_earnest_has_no_demo_accounts(divisions, monkeypatch):
    seed_organisations()
    seed_demo_accounts()
    monkeypatch.setenv("DISTRICT_DEMO", "0")
    assert seed_demo_accounts() == []
    assert not Account.objects.active().filter(is_demo=True).exists()
