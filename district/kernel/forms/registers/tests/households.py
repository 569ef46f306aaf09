"""A register of households of two villages, a form that writes to it, and filled forms of it, for tests."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from district.kernel.clock import CHINA
from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import Form, Project, Register, RegisterItem, Subject, Submission
from district.kernel.forms.tests.filling import new_id, publish
from district.testing.people import account, organisation

VILLAGE, OTHER_VILLAGE = "370306102201", "370306102202"
MONDAY = datetime(2020, 9, 7, 9, tzinfo=CHINA)
ITEMS = (
    ("code", "户编号", "text", 1), ("wage", "工资收入", "integer", 2), ("roof", "屋面", "text", 1),
    ("card", "演示证件号", "text", 3), ("geometry", "位置", "text", 1), ("division_code", "区划代码", "text", 1),
)  # fmt: skip
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head><h:title>入户表</h:title><model>
    <instance><data id="{form_id}" version="1"><end/><wage/><roof/><card/>
      <meta><instanceID/><entity dataset="households" id="" create="" update="" baseVersion="" trunkVersion=""
        branchId=""><label/></entity></meta></data></instance>
    <bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"
      xmlns:jr="http://openrosa.org/javarosa"/>
    <bind nodeset="/data/wage" type="int"/><bind nodeset="/data/roof" type="string"/>
    <bind nodeset="/data/card" type="string"/>
  </model></h:head><h:body/></h:html>"""


def make_register(name: str = "households") -> Register:
    project = Project.objects.get_or_create(name="基层采集", defaults={"organisation": organisation()})[0]
    register = Register.objects.create(
        project=project,
        name=name,
        title="户台账",
        subject=Subject.HOUSEHOLD,
        organisation=organisation("agriculture"),
    )
    RegisterItem.objects.bulk_create(
        RegisterItem(register=register, position=number, name=item, title=title, type=kind, grade=grade, is_key=item == "code")
        for number, (item, title, kind, grade) in enumerate(ITEMS, start=1)
    )  # fmt: skip
    return register


def make_form(register: Register, form_id: str = "visit") -> Form:
    form = Form.objects.create(
        project=register.project, xml_form_id=form_id, title="入户表", organisation=register.organisation
    )
    questions = [
        {"path": item, "name": item, "type": "text", "save_to": item, "save_register": register.name}
        for item in ("wage", "roof", "card")
    ]
    version = publish(form, "1", questions)
    type(version).objects.filter(pk=version.pk).update(xform=XFORM.format(form_id=form_id))
    return form


def clerk(division_code: str = VILLAGE) -> Any:
    village = organisation(f"village_{division_code}", kind="village", division_code=division_code)
    return account("affairs.clerk", unit=village, scope="own")


def keeper() -> Any:
    return account("affairs.manager")


def filled(
    name: uuid.UUID,
    *,
    instance_id: str = "",
    deprecated: str = "",
    creates: bool = False,
    base: int | None = None,
    trunk: int | None = None,
    branch: str = "",
    label: str = "",
    minutes: int = 0,
    form_id: str = "visit",
    **answers: str,
) -> bytes:
    """The XML a phone sends: an update, or a creation. `minutes` after a Monday morning."""
    end = (MONDAY + timedelta(minutes=minutes)).isoformat()
    told = "".join(f"<{item}>{value}</{item}>" for item, value in answers.items())
    act = 'create="1"' if creates else 'update="1"'
    before = f"<deprecatedID>{deprecated}</deprecatedID>" if deprecated else ""
    numbers = "".join(
        f' {word}="{"" if number is None else number}"'
        for word, number in (("baseVersion", base), ("trunkVersion", trunk))
    )
    return (
        f'<data id="{form_id}" version="1"><end>{end}</end>{told}<meta>'
        f"<instanceID>{instance_id or new_id()}</instanceID>{before}"
        f'<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="households" id="{name}" {act}{numbers}'
        f' branchId="{branch}"><label>{label}</label></entity></meta></data>'
    ).encode()


def send(form: Form, xml: bytes, by: Any) -> Submission:
    return take_submission(form, xml, {}, account=by, device="collect:演示手机")
