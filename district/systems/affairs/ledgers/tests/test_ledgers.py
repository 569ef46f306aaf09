"""A place's own data come back to it: what it sees, what it adds up to, and ledgers made from templates."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.forms.design import odk_validate, xlsform
from district.kernel.forms.models import Form, Project, Register, RegisterItem, Submission
from district.kernel.forms.registers.writing import NewEntity, create_entities
from district.systems.affairs.ledgers import queries
from district.systems.affairs.ledgers.templates import templates
from district.testing.people import account, organisation

HERE, NEXT, FAR = "370306102201", "370306102202", "370306001001"


@pytest.fixture
def places():
    """Three villages of two towns, three households in each, and the people who look at them."""
    district = organisation("bigdata", name="区大数据局")
    town = organisation("town_370306102", kind="town", division_code="370306102")
    village = organisation("village_370306102201", kind="village", division_code=HERE, parent=town)
    project = Project.objects.create(name="演示一表通", organisation=district)
    register = Register.objects.create(
        project=project, name="households", title="住户台账", subject="household", organisation=district
    )
    for position, (name, title, kind, grade, choices) in enumerate(
        (
            ("people", "家庭人口数", "integer", 1, {}),
            ("relief", "救助类别", "text", 1, {"low": "低保", "none": "无"}),
            ("phone", "联系电话", "text", 3, {}),
        )
    ):
        RegisterItem.objects.create(
            register=register, position=position, name=name, title=title, type=kind, grade=grade, choices=choices
        )
    create_entities(
        register,
        [
            NewEntity(
                {"people": str(number + 2), "relief": ("low", "none")[number % 2], "phone": f"1390000{number:04}"},
                f"演示户{code[-3:]}{number}", division_code=code,
            )
            for code in (HERE, NEXT, FAR)
            for number in range(3)
        ],
    )  # fmt: skip
    register.entities.filter(division_code=HERE).update(lon=117.7, lat=36.7)
    return {
        "register": register,
        "clerk": account("affairs.clerk", unit=village, scope="own"),
        "town": account("affairs.town", unit=town, scope="subtree"),
        "manager": account("affairs.manager", unit=district),
    }


def reader(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.django_db
def test_a_village_sees_its_own_a_town_its_villages_the_district_all(places):
    register = places["register"]
    counts = [queries.entities_for(places[who], register).count() for who in ("clerk", "town", "manager")]
    assert counts == [3, 6, 9]


@pytest.mark.django_db
def test_sums_of_each_level_come_to_the_sum_above(places):
    lines = queries.lines_of(queries.entities_for(places["manager"], places["register"]), ["people"])
    whole = next(line for line in lines if line.digits == 0)
    assert (whole.count, whole.sums) == (9, (Decimal(27),))
    for line in lines:
        lower = queries.below(lines, line)
        if line.digits < 12:
            assert (line.count, line.sums) == (sum(each.count for each in lower), (sum(each.sums[0] for each in lower),))


@pytest.mark.django_db
def test_what_is_no_number_is_left_out_of_sums_and_order(places):
    register = places["register"]
    create_entities(register, [NewEntity({"people": "不详"}, "演示户末", division_code=HERE)])
    rows = queries.entities_for(places["clerk"], register)
    assert next(line for line in queries.lines_of(rows, ["people"]) if line.digits == 0).sums == (Decimal(9),)
    ordered = queries.with_items(rows, list(register.items.all())).order_by("i0").values_list("i0", flat=True)
    assert list(ordered)[:3] == [2, 3, 4]


@pytest.mark.django_db
def test_the_ledger_page_shows_masks_sorts_and_exports(places):
    register = places["register"]
    address = reverse("affairs:ledger", args=[register.pk])
    clerk = reader(places["clerk"])
    text = clerk.get(address).content.decode()
    assert all(each in text for each in ("演示户2010", "13900000001", "低保"))
    assert "演示户2020" not in text
    manager = reader(places["manager"])
    assert "13900000001" not in manager.get(address).content.decode()
    narrowed = clerk.get(address, {"ledger.i1": "low", "ledger-sort": "-i0"}).content.decode()
    assert "演示户2011" not in narrowed
    exported = clerk.get(address, {"ledger-export": "csv"})
    assert b"".join(exported.streaming_content).decode("utf-8-sig").count("演示户") == 3
    assert "住户台账" in clerk.get(reverse("affairs:ledgers")).content.decode()


@pytest.mark.django_db
def test_records_with_a_place_stand_on_the_map_without_what_is_sealed(places):
    register = places["register"]
    clerk = reader(places["clerk"])
    assert clerk.get(reverse("affairs:ledger_places", args=[register.pk])).status_code == 200
    found = clerk.get(reverse("affairs:ledger_points", args=[register.pk]), {"by": "relief"}).json()["features"]
    assert sorted(each["properties"]["by"] for each in found) == ["low", "low", "none"]
    assert "phone" not in found[0]["properties"]


@pytest.mark.django_db
def test_a_ledger_is_taken_up_from_a_template_without_code(places):
    manager = reader(places["manager"])
    for each in templates():
        manager.post(reverse("affairs:new_ledger", args=[each.key]))
    assert Form.objects.filter(versions__state="published").count() == len(templates())
    assert Register.objects.filter(name="ledger_assets").exists()
    manager.post(reverse("affairs:new_ledger", args=["duty"]))
    assert Form.objects.count() == len(templates())
    form = Form.objects.get(xml_form_id="ledger_duty")
    Submission.objects.create(
        form=form, version=form.versions.get(), instance_id="uuid:1", current_id="uuid:1", division_code=HERE,
        values={"on": "2026-11-02", "shift": "day", "callers": "4", "settled": "3"},
    )  # fmt: skip
    clerk = reader(places["clerk"])
    text = clerk.get(reverse("affairs:form_ledger", args=[form.pk])).content.decode()
    assert all(each in text for each in ("来人来电（件）", "白班", "合计"))
    stranger = reader(account("affairs.clerk", unit=organisation("elsewhere", division_code=FAR), scope="own"))
    assert stranger.get(reverse("affairs:form_ledger", args=[form.pk])).status_code == 404


@pytest.mark.parametrize("key", [each.key for each in templates()])
def test_every_template_is_an_xlsform(key):
    template = next(each for each in templates() if each.key == key)
    read = xlsform.read(template.workbook)
    assert (read.form_id, read.title) == (template.form_id, template.title)
    assert template.questions > 5


@pytest.mark.skipif(not odk_validate.is_there(), reason="ODK Validate needs Java")
def test_odk_validate_objects_to_no_template():
    assert [odk_validate.objections(xlsform.read(each.workbook).form.xml) for each in templates()] == [""] * len(templates())
