import pytest
from django.db import transaction
from django.test import Client

from district.kernel.clock import now
from district.kernel.datasets import actions
from district.kernel.datasets.models import EntryFile, Resource, Shelf
from district.kernel.grants.models import Need
from district.kernel.people.refused import Refused
from district.kernel.people.seed import seed_organisations
from district.systems.brain.models import ThemeLink
from district.systems.brain.themes import queries
from district.systems.brain.themes.actions import link_resource
from district.systems.brain.themes.seed import seed_themes
from district.testing import people

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demonstration, made once: each test works on it in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_organisations()
        seed_themes()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(seeded, db):
    pass


@pytest.fixture
def steward(demo):
    unit = people.organisation("bigdata")
    return people.account("brain.steward", unit=unit)


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_the_demonstration_registers_a_catalogue_through_the_real_door_once(demo):
    file = EntryFile.objects.get()
    assert (file.refused, list(file.refusals.values_list("words", flat=True))) == (0, [])
    assert file.added >= 55
    assert not Resource.objects.filter(is_simulated=False).exists()
    shelves = list(Resource.objects.values_list("shelf", flat=True))
    assert (shelves.count(Shelf.SUBMITTED), shelves.count(Shelf.DRAFT)) == (2, 1)
    assert Resource.objects.values("provider").distinct().count() >= 20
    before = Resource.objects.count()
    seed_themes()
    assert Resource.objects.count() == before


def test_the_maps_say_what_is_there_and_what_is_missing(steward):
    client = signed_in(steward)
    page = client.get("/brain/themes/").text
    for text in ("九大主题", "社会信用库", "目录挂接率", "未编目", "政治面貌信息"):
        assert text in page
    assert "特困供养" in client.get("/brain/themes/theme/social_relief/").text
    assert client.get("/brain/themes/theme/tea/").status_code == 404
    rows = b"".join(client.get("/brain/themes/?expected-export=csv").streaming_content).decode("utf-8-sig")
    assert len(rows.splitlines()) == 1 + len(queries.all_standings(now()))


def test_indicators_are_counted_from_the_records_and_say_when_there_are_none(demo):
    found = {each.key: each for each in queries.indicators(now())}
    published = Resource.objects.filter(shelf=Shelf.PUBLISHED).count()
    assert (found["hooked"].part, found["hooked"].whole, found["hooked"].value) == (0, published, 0.0)
    assert found["on_time"].value is None
    Resource.objects.filter(shelf=Shelf.PUBLISHED).update(table="django_session")
    assert queries.indicators(now())[0].value == 100.0


def test_a_steward_says_what_answers_and_a_department_does_not(steward):
    other = Resource.objects.filter(shelf=Shelf.PUBLISHED, theme="").first()
    client = signed_in(steward)
    page = "/brain/themes/expected/population_politics/"
    assert "未编目" in client.get(page).text
    assert client.post(page, {"resource": "nothing"}).status_code == 422
    assert client.post(page, {"resource": other.code}).status_code == 302
    shown = client.get(page).text
    assert other.title in shown
    link = ThemeLink.objects.get()
    officer = people.account("brain.provider", unit=people.organisation("education"), scope="own")
    with pytest.raises(Refused, match="数据管理员"):
        link_resource("population_politics", other, officer)
    assert signed_in(officer).post(f"/brain/themes/links/{link.pk}/remove/").status_code == 403
    client.post(f"/brain/themes/links/{link.pk}/remove/")
    assert not ThemeLink.objects.exists()
    assert client.get("/brain/themes/expected/nothing/").status_code == 404


def test_a_department_sees_its_own_duties_first(steward):
    officer = people.account("brain.provider", unit=people.organisation("education"), scope="own")
    own = signed_in(officer).get("/brain/duties/").text
    assert "学校基本信息" in own
    assert "特困供养人员" not in own
    assert "特困供养人员" in signed_in(officer).get("/brain/duties/?all=1").text
    assert "特困供养人员" in signed_in(steward).get("/brain/duties/").text


def test_a_withdrawn_resource_is_owed_again_from_that_moment(steward):
    resource = Resource.objects.get(title="学校基本信息")
    actions.withdraw(resource, None, "系统停用")
    (found,) = [each for each in queries.all_standings(now()) if each.expectation.key == "education_schools"]
    assert (found.state, found.since) == ("missing", resource.steps.first().at)


def test_what_is_needed_and_what_is_not_shared_are_lists(steward):
    Need.objects.create(organisation=people.organisation("health"), account=steward, title="低保对象名单")
    client = signed_in(steward)
    page = client.get("/brain/needs/").text
    assert "低保对象名单" in page
    assert 'href="/data-requests/needs/"' in page
    leader = people.account("brain.leader", unit=people.organisation("bigdata"))
    assert 'href="/data-requests/needs/"' not in signed_in(leader).get("/brain/needs/").text
    closed = client.get("/brain/closed/").text
    assert "未成年人保护法" in closed
    assert "学籍信息" in closed


def test_entries_are_found_by_the_search_of_the_district(steward):
    from district.systems.brain.search import find

    assert [hit.title for hit in find("路灯设施", steward)] == ["路灯设施"]
    assert "学籍信息" in [hit.title for hit in find("学籍号", steward)]
    assert find("学籍信息", None) == [], "a visitor finds what is open"
    (shown,) = find("应急避难场所", None)
    assert shown.url.startswith("/open-data/")
