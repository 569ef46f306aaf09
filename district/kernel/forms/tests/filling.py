"""A small form and filled ones of it, for tests."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from district.kernel.forms.models import Form, FormVersion, Project, VersionState
from district.testing.people import organisation

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"

XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
  <h:head><h:title>{title}</h:title><model>
    <instance><data id="{form_id}" version="{version}">
      <start/><end/><name/><income><wage/></income>
      <members jr:template=""><member_name/><age/></members><members><member_name/><age/></members>
      <place/><photo/><meta><instanceID/><instanceName/></meta>
    </data></instance>
    <bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
    <bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
    <bind nodeset="/data/name" type="string"/>
    <bind nodeset="/data/income/wage" type="int"/>
    <bind nodeset="/data/members/member_name" type="string"/>
    <bind nodeset="/data/members/age" type="int"/>
    <bind nodeset="/data/place" type="geopoint"/>
    <bind nodeset="/data/photo" type="binary"/>
    <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
    <bind nodeset="/data/meta/instanceName" type="string"/>
  </model></h:head>
  <h:body>
    <input ref="/data/name"><label>户主</label></input>
    <group ref="/data/income"><input ref="/data/income/wage"><label>工资</label></input></group>
    <group ref="/data/members"><label>成员</label><repeat nodeset="/data/members">
      <input ref="/data/members/member_name"><label>姓名</label></input>
      <input ref="/data/members/age"><label>年龄</label></input></repeat></group>
    <input ref="/data/place"><label>位置</label></input>
    <upload ref="/data/photo" mediatype="image/*"><label>照片</label></upload>
  </h:body></h:html>"""


def xform(form_id: str = "household", version: str = "1", title: str = "入户表") -> str:
    return XFORM.format(form_id=form_id, version=version, title=title)


def make_form(form_id: str = "household", version: str = "1", **fields: Any) -> Form:
    """A published form of the department of agriculture."""
    unit = fields.pop("organisation", None) or organisation("agriculture")
    project = (
        fields.pop("project", None)
        or Project.objects.get_or_create(name="基层采集", defaults={"organisation": organisation()})[0]
    )
    form = Form.objects.create(
        project=project, xml_form_id=form_id, title="入户表", organisation=unit, **fields
    )
    publish(form, version)
    return form


def publish(form: Form, version: str, questions: list[dict[str, Any]] | None = None) -> FormVersion:
    form.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    text = xform(form.xml_form_id, version)
    return FormVersion.objects.create(
        form=form, version=version, state=VersionState.PUBLISHED, xform=text, questions=questions or [],
        md5=hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), published_at=form.created_at,
    )  # fmt: skip


def new_id() -> str:
    return f"uuid:{uuid.uuid4()}"


def filled_xml(
    instance_id: str = "",
    *,
    form_id: str = "household",
    version: str = "1",
    deprecated: str = "",
    name: str = "演示户主",
    wage: str = "1200",
    photo: str = "",
    members: tuple[str, ...] = (),
    end: str = "2026-11-03T10:05:00.000+08:00",
) -> bytes:
    rows = "".join(f"<members><member_name>{each}</member_name><age>5</age></members>" for each in members)
    before = f"<orx:deprecatedID>{deprecated}</orx:deprecatedID>" if deprecated else ""
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{form_id}" version="{version}">'
        f"<start>2026-11-03T10:00:00.000+08:00</start><end>{end}</end><name>{name}</name>"
        f"<income><wage>{wage}</wage></income>{rows}<place>36.8 117.9 0 0</place><photo>{photo}</photo>"
        f"<orx:meta><orx:instanceID>{instance_id or new_id()}</orx:instanceID>{before}</orx:meta></data>"
    ).encode()
