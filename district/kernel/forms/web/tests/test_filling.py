"""What a browser is given to fill in a form without a network, and what it is told when it sends."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.forms.models import Entity, Form, FormState, Submission, VersionState, WebForm
from district.kernel.forms.tests.filling import JPEG, filled_xml, make_form, new_id
from district.kernel.forms.web.tests.visits import clerk_of, visit_form
from district.kernel.forms.web.transformation import is_bundled
from district.kernel.people.models import AuditEntry
from district.testing.people import account, organisation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not is_bundled(), reason="the stylesheets are not bundled: make setup-dev does it"),
]


@pytest.fixture
def clerk():
    return clerk_of()


@pytest.fixture
def browser(client: Client, clerk):
    client.force_login(clerk)
    return client


def sent(browser: Client, form: Form, xml: bytes, **files: bytes):
    upload = {
        name.replace("_", "."): SimpleUploadedFile(name.replace("_", "."), content)
        for name, content in files.items()
    }
    body = {
        "xml_submission_file": SimpleUploadedFile("xml_submission_file.xml", xml),
        "device": "web:1",
    } | upload
    return browser.post(reverse("forms:send", args=[form.pk]), body)


def listed(browser: Client) -> dict:
    return browser.get(reverse("forms:listing")).json()


def test_the_list_says_what_a_form_asks_and_what_is_held_of_it(browser):
    form = visit_form()
    [told] = listed(browser)["forms"]
    assert (told["form"], told["title"], told["organisation"]) == (form.pk, "入户走访", "农业农村局")
    assert told["questions"] == 6
    assert told["minutes"] >= 1


def test_forms_asked_of_others_are_neither_listed_nor_opened(browser):
    form = make_form()
    form.audience.add(organisation("elsewhere"))
    assert listed(browser)["forms"] == []
    assert browser.get(reverse("forms:fill", args=[form.pk])).status_code == 404
    assert sent(browser, form, filled_xml()).status_code == 403


def test_a_published_form_is_ready_before_anybody_asks_for_it(browser):
    form = visit_form()
    version = form.versions.get()
    assert WebForm.objects.filter(version=version).exists()
    address = reverse("forms:package", args=[form.pk, version.pk])
    first = browser.get(address)
    assert [file["name"] for file in first.json()["files"]] == ["households.csv"]
    assert browser.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_list_holds_the_own_village_and_only_what_the_form_names(browser):
    form = visit_form()
    file = form.versions.get().files.get()
    file.register.items.create(name="income", title="收入", grade=3)
    file.register.items.filter(name="head").update(grade=3)
    Entity.objects.create(
        register=file.register, label="外村户", division_code="370306999999", values={"head": "别人"}
    )
    answer = browser.get(reverse("forms:form_file", args=[form.pk, file.version_id, file.name]))
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert [row["label"] for row in rows] == ["演示户一", "演示户二"]
    assert set(rows[0]) == {"name", "label", "__version", "head"}
    assert AuditEntry.objects.filter(subject_kind="forms.register", purpose="表单预填").count() == 1


def test_drafts_are_for_their_designers(browser):
    form = visit_form()
    version = form.versions.get()
    version.state = VersionState.DRAFT
    version.save()
    address = reverse("forms:package", args=[form.pk, version.pk])
    assert browser.get(address).status_code == 404
    browser.force_login(account("affairs.asker", unit=organisation("agriculture")))
    assert browser.get(address).status_code == 200
    assert "data-preview" in browser.get(reverse("forms:preview", args=[form.pk])).content.decode()


def test_a_sent_form_has_a_receipt_and_the_same_again_the_same_receipt(browser, clerk):
    form, xml = make_form(), filled_xml(photo="a.jpg")
    first = sent(browser, form, xml, a_jpg=JPEG)
    again = sent(browser, form, xml, a_jpg=JPEG)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    submission = Submission.objects.get()
    assert first.json()["number"].endswith(f"-{submission.pk:06d}")
    assert (submission.account, submission.device) == (clerk, "web:1")
    [row] = listed(browser)["sent"]
    assert row["number"] == first.json()["number"]


def test_what_is_not_taken_says_why(browser):
    form = make_form()
    answer = sent(browser, form, b"<data id='household' version='9'/>")
    assert answer.status_code == 404
    assert answer.json()["error"] == "no_version"
    assert browser.post(reverse("forms:send", args=[form.pk])).json()["error"] == "no_xml"
    assert sent(browser, form, b"no xml").status_code == 400


def test_what_was_begun_before_a_form_closed_half_is_still_taken(browser):
    form = make_form()
    form.state = FormState.CLOSING
    form.save()
    assert listed(browser)["forms"] == []
    assert sent(browser, form, filled_xml()).status_code == 201


def test_a_sent_form_is_opened_again_with_its_files_by_those_who_may(browser, client):
    form = make_form()
    one = new_id()
    sent(browser, form, filled_xml(one, photo="a.jpg"), a_jpg=JPEG)
    told = browser.get(reverse("forms:instance", args=[form.pk, one])).json()
    assert one in told["xml"]
    assert browser.get(told["files"][0]["url"]).getvalue() == JPEG
    assert browser.get(reverse("forms:edit", args=[form.pk, one])).status_code == 200
    other = Client()
    other.force_login(clerk_of("370306102202"))
    assert other.get(reverse("forms:instance", args=[form.pk, one])).status_code == 404
    assert other.get(told["files"][0]["url"]).status_code == 404


def test_two_edits_that_knew_nothing_of_one_another_are_both_shown(browser):
    form, one = make_form(), new_id()
    sent(browser, form, filled_xml(one, wage="100"))
    sent(browser, form, filled_xml(deprecated=one, wage="200"))
    told = sent(browser, form, filled_xml(deprecated=one, wage="300")).json()
    [conflict] = told["conflicts"]
    assert {said["value"] for said in conflict["said"]} == {"200", "300"}
    assert sum(said["is_shown"] for said in conflict["said"]) == 1


def test_only_the_page_of_a_form_may_listen(browser):
    form = make_form()
    assert "microphone=(self)" in browser.get(reverse("forms:fill", args=[form.pk]))["Permissions-Policy"]
    assert "microphone=()" in browser.get(reverse("forms:my_forms"))["Permissions-Policy"]


def test_nobody_sends_from_another_page(clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    assert sent(strict, make_form(), filled_xml()).status_code == 403
    assert not Submission.objects.exists()
