"""The demonstration of 一表通: households that departments know, a form that takes six of nine answers from them, and
what a village filled in. Everything through the real doors, everything simulated."""

from __future__ import annotations

from datetime import datetime, timedelta

from district.kernel import clock
from district.kernel.forms.design import changing, editing, publishing
from district.kernel.forms.design.sheets import Sheets
from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import (
    Entity,
    Form,
    FormVersion,
    Project,
    Register,
    RegisterItem,
    Submission,
)
from district.kernel.forms.registers.reading import values_of
from district.kernel.people.models import Account, Organisation
from district.kernel.places.models import Division

from .actions import LEAD, put_out, take_up
from .demo_filling import filled_xml
from .demo_rows import Household, households
from .demo_sources import SOURCES, fill, register_of

PROJECT = "一表通"
VILLAGE = "370306102201"
SURVEY, TITLE = "farm_survey", "农户生产经营情况调查表"
HELD = ("户主姓名", "家庭人口数", "救助类别", "医保参保人数", "承包地面积", "住房安全等级")
CROPS = (("wheat", "小麦"), ("maize", "玉米"), ("vegetable", "蔬菜"), ("fruit", "林果"))
NEW = (
    ("select_one", "主要种植作物", "crop", CROPS), ("integer", "常年外出务工人数", "away", ()),
    ("integer", "农机台数", "machines", ()),
)  # fmt: skip
FILLED, DAYS = 40, 100
"""So many of the households were filled in during the last days."""


def seed_ledgers() -> None:
    """Nothing where it is there already, or where the accounts or the village are missing."""
    village = Division.objects.filter(code=VILLAGE).first()
    clerk = Account.objects.filter(username="affairs.clerk", is_demo=True).first()
    asker = Account.objects.filter(username="affairs.asker", is_demo=True).first()
    lead = Organisation.objects.filter(code=LEAD).first()
    if village is None or clerk is None or asker is None or lead is None or Form.objects.filter(xml_form_id=SURVEY).exists():
        return
    rows = households(VILLAGE, village.lon, village.lat)
    register = held_register(lead, rows)
    version = survey(register, asker)
    present = clock.now()
    fill_in(version, register, rows[:FILLED], clerk, present - timedelta(days=DAYS), present)
    for key in ("assets", "duty"):
        take_up(key, None, is_simulated=True)


def held_register(lead: Organisation, rows: list[Household]) -> Register:
    """Households with all that departments hold of them."""
    project, _is_new = Project.objects.get_or_create(name=PROJECT, defaults={"organisation": lead})
    register = register_of(project)
    for source in SOURCES:
        fill(register, source, rows)
    return register


def survey(register: Register, asker: Account) -> FormVersion:
    """The form of the department: six questions taken from the register, three asked."""
    if asker.organisation is None:
        raise ValueError("the asker has no unit")
    form = publishing.new_form(
        project=register.project, organisation=asker.organisation, title=TITLE, account=asker, xml_form_id=SURVEY,
        purpose="掌握农户种植、务工和农机情况，安排农机补贴和技术服务", ground="年度农业农村统计工作安排（演示）",
        is_simulated=True,
    )  # fmt: skip
    items = {each.title: each for each in RegisterItem.objects.filter(register=register).select_related("register", "holder")}

    def write(sheets: Sheets) -> None:
        for number, title in enumerate(HELD):
            name = items[title].name if title in items else f"q{number}"
            row = editing.add_question(sheets, "text", title, name)
            if title in items:
                place = sheets.rows("survey").index(row)
                editing.take_from_register(sheets, place, name, changing.source_of(items[title]))
        for kind, title, name, choices in NEW:
            editing.add_question(sheets, kind, title, name, choices=choices, required="yes")

    changing.change(form, asker, write)
    return put_out(form, asker)


def fill_in(
    version: FormVersion, register: Register, rows: list[Household], clerk: Account, first: datetime, last: datetime
) -> None:
    """What the clerk sends, spread over the time; where more people live than the police know he puts that right."""
    found = {each.label: each for each in Entity.objects.filter(register=register)}
    step = (last - first) / max(len(rows), 1)
    for number, row in enumerate(rows):
        entity = found[row.name]
        at = first + step * number
        xml = answered(version, entity, row, at)
        made = take_submission(version.form, xml, {}, account=clerk, device="演示手机", is_simulated=True)
        # Not by a stopped clock: the clerk's duty begins with the demonstration.
        Submission.objects.filter(pk=made.pk).update(created_at=at, updated_at=at)


def answered(version: FormVersion, entity: Entity, row: Household, at: datetime) -> bytes:
    """The form of one household: what stands there already is left, but for the number of people where it is wrong."""
    held = values_of(entity)
    answers = {"crop": row.crop, "away": str(row.away), "machines": str(row.machines)}
    for question in version.questions:
        prefill = question.get("prefill")
        if prefill:
            answers[question["path"]] = held.get(prefill["item"], "")
            answers[prefill["key"]] = str(entity.uuid)
            if prefill["item"] == "people":
                answers[question["path"]] = str(row.people_now)
    return filled_xml(version, answers, at=at, seconds=40 + row.number % 50, entity=entity)
