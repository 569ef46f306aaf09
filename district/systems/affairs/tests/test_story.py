"""The story of the platform: a department asks, most is held, a village fills in, sums agree, what differs is settled."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.cases.models import Case, CaseState
from district.kernel.clock import now, today
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import Entity, Form, FormVersion, RegisterSource, Submission
from district.kernel.forms.registers.reading import value_of
from district.kernel.forms.registers.sync import bring
from district.kernel.places.models import Division
from district.systems.affairs.burden.queries import added_up, burdens
from district.systems.affairs.consistency.finding import find
from district.systems.affairs.ledgers.demo_filling import filled_xml
from district.systems.affairs.ledgers.demo_rows import Household, households
from district.systems.affairs.ledgers.queries import submissions_for
from district.systems.affairs.ledgers.seed import held_register
from district.systems.affairs.matters.actions import Asked, issue
from district.systems.affairs.matters.sums import Level, sums
from district.systems.affairs.models import Contradiction
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db
VILLAGE, TOWN, DISTRICT = "370306102201", "370306102", "370306"
UNITS = {
    "bigdata": "区大数据局", "police": "区公安分局", "insurance": "区医疗保障分局", "civil_affairs": "区民政局",
    "housing": "区住房城乡建设局", "agriculture": "区农业农村局",
}  # fmt: skip
HELD = ("户主姓名", "家庭人口数", "救助类别", "医保参保人数", "承包地面积", "住房安全等级")
NEW = (("主要种植作物", "text"), ("常年外出务工人数", "integer"), ("农机台数", "integer"))


class Story:
    """Who takes part, each with a browser of his own."""

    def __init__(self) -> None:
        for code, name in UNITS.items():
            organisation(code, name=name)
        self.district = organisation("zhoucun", name="周村区", kind="district", division_code=DISTRICT)
        self.town = organisation(
            "town_370306102", name="王村镇", kind="town", division_code=TOWN, parent=self.district
        )
        self.village = organisation(
            "village_370306102201", name="苏李村", kind="village", division_code=VILLAGE, parent=self.town
        )
        Division.objects.get_or_create(
            code=VILLAGE, defaults={"name": "苏李村", "level": "village", "lon": 117.8, "lat": 36.7}
        )
        self.accounts = {
            "asker": account("affairs.asker", unit=organisation("agriculture"), scope="own"),
            "police": account("affairs.asker", unit=organisation("police"), scope="own"),
            "manager": account("affairs.manager", unit=organisation("bigdata")),
            "town": account("affairs.town", unit=self.town, scope="subtree"),
            "clerk": account("affairs.clerk", unit=self.village, scope="own"),
        }
        self.houses = households(VILLAGE, 117.8, 36.7)
        self.register = held_register(organisation("bigdata"), self.houses)

    def browser(self, who: str) -> Client:
        client = Client()
        client.force_login(self.accounts[who])
        return client


@pytest.fixture
def story(monkeypatch, tmp_path) -> Story:
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)
    return Story()


def asked_for(story: Story) -> Form:
    """The department writes its nine questions; what is held is shown, taken over at once, and the rest published."""
    asker = story.browser("asker")
    asker.post(reverse("forms:new_design"), {
        "title": "农户生产经营情况调查表", "organisation": organisation("agriculture").pk,
        "project": story.register.project_id, "audience": [story.village.pk], "purpose": "安排农机补贴",
        "ground": "年度统计安排（演示）", "keep_months": 36,
    })  # fmt: skip
    form = Form.objects.get()
    for label, kind in (*((label, "text") for label in HELD), *NEW):
        asker.post(reverse("forms:design_new_question", args=[form.pk]), {"label": label, "type": kind})
    page = asker.get(reverse("forms:design", args=[form.pk])).content.decode()
    assert "9 道题中有 6 道区里已有" in page
    assert "已由区公安分局提供，直接引用" in page
    assert not _act(asker, form, "publish").versions.filter(state="published").exists()
    _act(asker, form, "take-all")
    _act(asker, form, "publish")
    version = form.versions.get(state="published")
    filled_in = [each for each in questions_of(version.questions) if each.prefill]
    asked = [each for each in questions_of(version.questions) if each.label in dict(NEW)]
    assert (len(filled_in), len(asked)) == (6, 3)
    return form


def _act(client: Client, form: Form, what: str) -> Form:
    client.post(reverse("forms:design_act", args=[form.pk, what]))
    return form


def filled_in(story: Story, form: Form) -> None:
    """The clerk's browser fetches the households it may see and sends a form for each of them."""
    clerk = story.browser("clerk")
    version = form.versions.get(state="published")
    address = reverse("forms:form_file", args=[form.pk, version.pk, "households.csv"])
    told = clerk.get(address)
    rows = list(csv.DictReader(io.StringIO(told.content.decode())))
    assert len(rows) == 200
    by_name = {row["label"]: row for row in rows}
    for number, house in enumerate(story.houses):
        xml = answers_of(version, by_name[house.name], house)
        if number % 10:  # the others by the door behind the address, which takes less time
            take_submission(form, xml, {}, account=story.accounts["clerk"])
            continue
        given = {"xml_submission_file": SimpleUploadedFile("form.xml", xml)}
        sent = clerk.post(reverse("forms:send", args=[form.pk]), given)
        assert sent.status_code == 201, sent.content


def answers_of(version: FormVersion, row: dict[str, str], house: Household) -> bytes:
    """What stands there is left, but where more people live than the police know; three answers are given."""
    answers = {}
    for question in questions_of(version.questions):
        if question.prefill is not None:
            answers[question.path] = row[question.prefill.item]
            answers[question.prefill.key] = row["name"]
            if question.prefill.item == "people":
                answers[question.path] = str(house.people_now)
    given = dict(zip((label for label, _kind in NEW), (house.crop, house.away, house.machines), strict=True))
    answers |= {each.path: str(given[each.label]) for each in questions_of(version.questions) if each.label in given}
    entity = Entity(uuid=row["name"], version=int(row["__version"]))
    return filled_xml(version, answers, at=now(), seconds=75, entity=entity)


def test_a_department_asks_a_village_answers_and_what_differs_is_settled_once(story):
    form = asked_for(story)
    asked = Asked(title="填报农户生产经营情况", answer_kind="form", form=form, register=story.register)
    task = issue(asked, story.district, [story.town, story.village], story.accounts["manager"])
    filled_in(story, form)

    # Six of nine answers stood there already.
    submissions = Submission.objects.filter(form=form)
    assert submissions.count() == 200
    assert {(each.asked, each.held) for each in submissions} == {(9, 6)}
    month = today().replace(day=1)
    burden = added_up(burdens(month, month, VILLAGE))
    assert (burden.filled, round(burden.minutes)) == (200, 250)
    assert burden.prefilled_percent >= 60
    public = Client().get(reverse("affairs:burden")).content.decode()
    assert all(each in public for each in ("区农业农村局", "66.7"))

    # District, town and village come to the same.
    path = next(each.path for each in questions_of(form.versions.get(state="published").questions) if each.label == "农机台数")
    counted = sums(task, [path])
    machines = Decimal(sum(house.machines for house in story.houses))
    for level, code in ((Level.DISTRICT, DISTRICT), (Level.TOWN, TOWN), (Level.VILLAGE, VILLAGE)):
        line = counted.of(level, code)
        assert (line.received, line.expected, line.numbers) == (200, 200, (machines,))
        assert counted.agrees(level, code)
    seen = [submissions_for(story.accounts[who], form).count() for who in ("clerk", "town", "manager", "asker")]
    assert seen == [200] * 4

    # The village has its ledger back, with the departments' values and its own.
    clerk = story.browser("clerk")
    assert "住户台账" in clerk.get(reverse("affairs:ledgers")).content.decode()
    ledger = clerk.get(reverse("affairs:ledger", args=[story.register.pk])).content.decode()
    assert all(each in ledger for each in ("演示户001", "承包地面积", "逐级合计"))
    assert str(int(machines)) in clerk.get(reverse("affairs:form_ledger", args=[form.pk])).content.decode()

    # Where the village put right what the police hold, the police are asked, once for all.
    settled_by_the_police(story)


def settled_by_the_police(story: Story) -> None:
    wrong = [house for house in story.houses if house.people_now != house.people]
    assert find().opened == len(wrong)
    assert {row.settler.code for row in Contradiction.objects.select_related("settler")} == {"police"}
    case = Case.objects.get(procedure="contradiction")
    officer = story.browser("police")
    assert "数据核实" in officer.get(reverse("affairs:consistency")).content.decode()
    for row in Contradiction.objects.select_related("entity"):
        house = next(each for each in wrong if each.name == row.entity.label)
        address = reverse("affairs:contradiction", args=[row.pk])
        shown = officer.get(address).content.decode()
        assert all(each in shown for each in ("区公安分局", "苏李村"))
        officer.post(address, {"choice": str(house.people_now), "note": "查户口簿"})
        assert value_of(Entity.objects.get(pk=row.entity_id), "people") == str(house.people_now)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    for source in RegisterSource.objects.filter(register=story.register):
        bring(source, is_forced=True)
    assert find().opened == 0
    entity = Entity.objects.get(label=wrong[0].name)
    assert (value_of(entity, "people"), entity.conflicts) == (str(wrong[0].people_now), {})
