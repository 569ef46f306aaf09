"""A phone: form list, manifest, files, submission in several posts, by key and by password, over a real socket."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ElementTree

import pytest
import requests

from district.kernel.forms.central.projects import register_phone
from district.kernel.forms.models import FormFile, Register, RegisterItem, Submission
from district.kernel.forms.queries import FILLERS, KEEPERS
from district.kernel.forms.registers.writing import create_entity
from district.kernel.forms.tests.filling import JPEG, filled_xml, make_form, new_id
from district.kernel.forms.tests.serving import site
from district.testing.people import PASSWORD, account, organisation

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
HEADERS = {"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/v2026.1"}


def test_a_phone_fetches_its_forms_and_sends_what_was_filled_in():
    village = organisation("village_370306102201", kind="village", division_code="370306102201")
    other = organisation("village_370306102202", kind="village", division_code="370306102202")
    clerk = account(FILLERS[0], unit=village, scope="own")
    form = make_form()
    form.audience.add(village)
    make_form("other").audience.add(other)
    register = Register.objects.create(
        project=form.project, name="households", title="户", organisation=form.organisation
    )
    RegisterItem.objects.create(register=register, name="head", title="户主", position=1)
    create_entity(register, values={"head": "演示甲"}, label="一号", division_code="370306102201")
    create_entity(register, values={"head": "演示乙"}, label="二号", division_code="370306102202")
    FormFile.objects.create(version=form.versions.get(), name="households.csv", register=register)
    phone, key = register_phone(form.project, clerk, "文书手机", by=account(KEEPERS[0]))

    with site() as address, requests.Session() as session:
        session.headers.update(HEADERS)
        base = f"{address}/v1/key/{key}/projects/{form.project_id}"
        listed = ElementTree.fromstring(session.get(f"{base}/formList").content)
        assert [each.findtext(f"{LIST}formID") for each in listed] == ["household"]
        definition = session.get(listed[0].findtext(f"{LIST}downloadUrl"))
        md5 = hashlib.md5(definition.content, usedforsecurity=False).hexdigest()
        assert listed[0].findtext(f"{LIST}hash") == f"md5:{md5}"
        manifest = ElementTree.fromstring(session.get(listed[0].findtext(f"{LIST}manifestUrl")).content)
        media = session.get(manifest[0].findtext(f"{MANIFEST}downloadUrl"))
        md5 = hashlib.md5(media.content, usedforsecurity=False).hexdigest()
        assert manifest[0].findtext(f"{MANIFEST}hash") == f"md5:{md5}"
        assert "演示甲" in media.text
        assert "演示乙" not in media.text  # of another village

        asked = session.head(f"{base}/submission")
        assert asked.status_code == 204
        assert asked.headers["Location"] == f"{base}/submission"
        assert int(asked.headers["X-OpenRosa-Accept-Content-Length"]) > 10_000_000
        xml = filled_xml(new_id(), photo="p.jpg")
        first = session.post(
            f"{base}/submission?deviceID=collect:1", data={"*isIncomplete*": "yes"},
            files={"xml_submission_file": ("s.xml", xml, "text/xml")},
        )  # fmt: skip
        assert first.status_code == 202
        parts = {
            "xml_submission_file": ("s.xml", xml, "text/xml"),
            "p.jpg": ("p.jpg", JPEG, "image/jpeg"),
        }
        again = [session.post(f"{base}/submission", files=parts).status_code for _ in range(2)]
        assert again == [201, 201]
        changed = {"xml_submission_file": ("s.xml", xml.replace(b"1200", b"1300"), "text/xml")}
        refused = session.post(f"{base}/submission", files=changed)
        assert refused.status_code == 409
        assert "OpenRosaResponse" in refused.text

        by_password = f"{address}/v1/projects/{form.project_id}"
        unknown = session.get(f"{by_password}/formList")
        assert unknown.status_code == 401
        assert unknown.headers["WWW-Authenticate"].startswith("Basic")
        signed_in = session.get(f"{by_password}/formList", auth=(clerk.username, PASSWORD))
        assert signed_in.status_code == 200

    made = Submission.objects.get()
    assert (made.account_id, made.app_user_id, made.device) == (clerk.pk, phone.pk, "collect:1")
    assert made.versions.get().files.get().file is not None
