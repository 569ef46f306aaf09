"""A form, villages and submissions for the tests of tasks, made in a line."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from district.kernel.forms.models import Form, FormVersion, Project, Submission
from district.kernel.people.models import Duty, Kind, Organisation
from district.testing.people import account, organisation

_numbers = count(1)
DISTRICT = "370306"
TOWN = "370306102"
VILLAGES = ("370306102201", "370306102202", "370306102203")


def units() -> dict[str, Organisation]:
    """The district, a department, a town with three villages; by code of division (the department: its own code)."""
    top = organisation("zhoucun", name="周村区", kind=Kind.DISTRICT, division_code=DISTRICT)
    made = {DISTRICT: top, "agriculture": organisation("agriculture", name="农业农村局", parent=top)}
    made[TOWN] = organisation(f"town_{TOWN}", name="演示镇", parent=top, kind=Kind.TOWN, division_code=TOWN)
    for number, code in enumerate(VILLAGES, start=1):
        made[code] = organisation(
            f"village_{code}", name=f"演示{number}村", parent=made[TOWN], kind=Kind.VILLAGE, division_code=code
        )  # fmt: skip
    return made


def posts(made: dict[str, Organisation]) -> dict[str, Any]:
    made_posts = {
        "asker": account("affairs.asker", unit=made["agriculture"], scope="own"),
        "town": account("affairs.town", unit=made[TOWN], scope="subtree"),
        "clerks": [account("affairs.clerk", unit=made[code], scope="own") for code in VILLAGES],
        "manager": account("affairs.manager", unit=made[DISTRICT]),
    }
    Duty.objects.update(from_on=date(2020, 1, 1))  # tests stop the clock on days before today
    return made_posts


def form_of(unit: Organisation) -> Form:
    number = next(_numbers)
    project, _made = Project.objects.get_or_create(name="演示采集", defaults={"organisation": unit})
    form = Form.objects.create(project=project, xml_form_id=f"f{number}", title="演示表", organisation=unit)
    questions = [
        {"path": "income", "name": "income", "type": "integer", "label": "收入"},
        {"path": "name", "name": "name", "type": "text", "label": "姓名"},
    ]
    FormVersion.objects.create(
        form=form, version="1", state="published", xform="<x/>", md5="0", questions=questions
    )
    return form


def submission(form: Form, division: str, **fields: Any) -> Submission:
    return Submission(
        form=form, version=form.versions.all()[0], instance_id=f"uuid:{next(_numbers)}", current_id="x",
        division_code=division, **fields,
    )  # fmt: skip
