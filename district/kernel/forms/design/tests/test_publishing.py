"""Drafts, versions, registers: what the doors of a form make and refuse."""

from __future__ import annotations

import pytest

from district.kernel.forms.design import publishing, xform
from district.kernel.forms.design.problems import BadForm
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.design.sheets import Sheets, write_sheets
from district.kernel.forms.models import Form, Project, Register, VersionState
from district.kernel.forms.refused import Refused
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def form() -> Form:
    unit = organisation("agriculture")
    project = Project.objects.create(name="走访", organisation=unit)
    return publishing.new_form(
        project=project, organisation=unit, title="农户走访", account=account("kernel.operator")
    )


def workbook(form_id: str = "", version: str = "", **entities: str) -> bytes:
    return write_sheets(
        Sheets.of(
            {
                "survey": [
                    {
                        "type": "text",
                        "name": "phone",
                        "label": "联系电话",
                        **({"save_to": "phone"} if entities else {}),
                    },
                    {"type": "image", "name": "photo", "label": "照片"},
                ],
                "settings": [{"form_id": form_id, "version": version}],
                "entities": [entities] if entities else [],
            }
        )
    )


def test_a_draft_keeps_what_came_and_what_it_asks(form: Form):
    found = publishing.draft(form, workbook(), form.created_by)
    assert found.state == VersionState.DRAFT
    assert [question.label for question in questions_of(found.questions)] == ["联系电话", "照片"]
    assert found.md5 == xform.md5_of(found.xform)
    assert xform.read(found.xform).form_id == form.xml_form_id
    assert found.xlsx is not None
    assert found.xlsx.links.exists()


def test_a_second_draft_takes_the_place_of_the_first(form: Form):
    first = publishing.draft(form, workbook(), form.created_by)
    second = publishing.draft(form, workbook(), form.created_by)
    assert first.pk == second.pk
    assert form.versions.count() == 1


def test_publishing_retires_the_version_before(form: Form):
    publishing.draft(form, workbook(), form.created_by)
    first = publishing.publish(form, form.created_by)
    publishing.draft(form, workbook(), form.created_by)
    second = publishing.publish(form, form.created_by)
    first.refresh_from_db()
    assert (first.state, second.state) == (VersionState.RETIRED, VersionState.PUBLISHED)
    assert first.version != second.version
    assert xform.read(second.xform).version == second.version


def test_a_version_is_published_once(form: Form):
    publishing.draft(form, workbook(version="7"), form.created_by)
    publishing.publish(form, form.created_by)
    publishing.draft(form, workbook(version="7"), form.created_by)
    with pytest.raises(Refused) as refused:
        publishing.publish(form, form.created_by)
    assert refused.value.code == "version_taken"
    assert publishing.publish(form, form.created_by, version="8").version == "8"


def test_a_file_of_another_form_is_refused_unless_it_is_to_be_renamed(form: Form):
    with pytest.raises(Refused) as refused:
        publishing.draft(form, workbook(form_id="other"), form.created_by)
    assert refused.value.code == "other_form_id"
    assert publishing.draft(form, workbook(form_id="other"), form.created_by, is_renamed=True).form == form


def test_publishing_makes_the_register_that_answers_are_saved_in(form: Form):
    publishing.draft(form, workbook(list_name="visits", label="${phone}"), form.created_by)
    assert not Register.objects.exists()
    publishing.publish(form, form.created_by)
    register = Register.objects.get()
    assert register.name == "visits"
    assert [(item.name, item.title) for item in register.items.all()] == [("phone", "联系电话")]


def test_a_form_comes_as_xform_too(form: Form):
    publishing.draft(form, workbook(form_id="x1"), form.created_by, is_renamed=True)
    xml = form.versions.get().xform.replace(form.xml_form_id, "x9")
    made = publishing.form_from(form.project, xml.encode(), form.created_by)
    assert made.xml_form_id == "x9"
    assert len(made.versions.get().questions) == 2


def test_an_xform_with_a_doctype_is_refused(form: Form):
    with pytest.raises(BadForm) as refused:
        publishing.draft(
            form, b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', form.created_by
        )
    assert refused.value.code == "not_xml"
