"""Who may do what over ODK Central's API, and how it says no."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib

import openpyxl
import pytest
from django.test import Client

from district.kernel.files.owners import may_look
from district.kernel.forms.central.pages import settings_code
from district.kernel.forms.central.projects import register_phone
from district.kernel.forms.intake import take_submission, upload_of
from district.kernel.forms.models import AppUser
from district.kernel.forms.queries import ASKERS, FILLERS, KEEPERS
from district.kernel.forms.tests.filling import JPEG, filled_xml, make_form, new_id, publish
from district.testing.people import PASSWORD, account, organisation

pytestmark = pytest.mark.django_db
ASKER = next(role for role in ASKERS if role not in FILLERS)


@pytest.fixture
def form():
    return make_form()


@pytest.fixture
def clerk():
    unit = organisation("village_370306102201", kind="village", division_code="370306102201")
    return account(FILLERS[0], unit=unit, scope="own")


def signed_in(client: Client, who) -> dict[str, str]:
    answer = client.post(
        "/v1/sessions", json.dumps({"email": who.username, "password": PASSWORD}), content_type="application/json"
    )
    assert answer.status_code == 200
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_a_wrong_password_and_a_wrong_token_are_401(client: Client, form, clerk):
    answer = client.post(
        "/v1/sessions", json.dumps({"email": clerk.username, "password": "x"}), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (401, 401.2)
    assert client.get("/v1/projects", headers={"Authorization": "Bearer x"}).json()["code"] == 401.2
    assert client.get("/v1/projects").json()["code"] == 401.2


def test_a_session_that_was_ended_opens_nothing(client: Client, clerk):
    headers = signed_in(client, clerk)
    assert client.get("/v1/users/current", headers=headers).json()["displayName"] == clerk.name
    assert client.delete("/v1/sessions/current", headers=headers).json() == {"success": True}
    assert client.get("/v1/users/current", headers=headers).status_code == 401


def test_a_page_session_may_read_but_not_change(client: Client, form):
    keeper = account(KEEPERS[0])
    client.force_login(keeper)
    assert client.get(f"/v1/projects/{form.project_id}/forms").status_code == 200
    changed = client.patch(
        f"/v1/projects/{form.project_id}", json.dumps({"name": "x"}), content_type="application/json"
    )
    assert changed.json()["code"] == 401.2


def test_an_account_without_a_duty_for_forms_is_403(client: Client):
    headers = signed_in(client, account("people.auditor"))
    assert client.get("/v1/projects", headers=headers).json()["code"] == 403.1


def test_a_clerk_sees_his_village_and_changes_no_form(client: Client, form, clerk):
    neighbour = organisation("village_370306102202", kind="village", division_code="370306102202")
    other = account(FILLERS[0], unit=neighbour, scope="own")
    mine, theirs = (
        take_submission(form, filled_xml(), {}, account=who).instance_id for who in (clerk, other)
    )
    headers = signed_in(client, clerk)
    base = f"/v1/projects/{form.project_id}/forms/household"
    listed = client.get(f"{base}/submissions", headers=headers).json()
    assert [row["instanceId"] for row in listed] == [mine]
    assert client.get(f"{base}/submissions/{theirs}", headers=headers).json()["code"] == 404.1
    assert client.get(f"{base}/submissions/{theirs}.xml", headers=headers).status_code == 404
    body = json.dumps({"state": "closed"})
    assert client.patch(base, body, content_type="application/json", headers=headers).json()["code"] == 403.1
    assert client.get(f"{base}/draft", headers=headers).json()["code"] == 403.1


def test_a_department_sees_what_came_of_its_own_forms_only(client: Client, form, clerk):
    make_form("health", organisation=organisation("health"))
    take_submission(form, filled_xml(), {}, account=clerk)
    asker = account(ASKER, unit=organisation("agriculture"), scope="own")
    headers = signed_in(client, asker)
    listed = client.get(f"/v1/projects/{form.project_id}/forms", headers=headers).json()
    assert [row["xmlFormId"] for row in listed] == ["household"]
    table = client.get(f"/v1/projects/{form.project_id}/forms/household.svc/Submissions?$count=true", headers=headers)
    assert json.loads(table.getvalue())["@odata.count"] == 1


def test_a_key_opens_its_project_until_it_is_withdrawn(client: Client, form, clerk):
    keeper = account(KEEPERS[0])
    phone, key = register_phone(form.project, clerk, "手机", by=keeper)
    address = f"/v1/key/{key}/projects/{form.project_id}/formList"
    assert client.get(address).status_code == 200
    assert client.get(f"/v1/key/{key}/projects/{form.project_id + 1}/formList").status_code == 403
    gone = client.delete(
        f"/v1/projects/{form.project_id}/app-users/{phone.pk}", headers=signed_in(client, keeper)
    )
    assert gone.json() == {"success": True}
    assert client.get(address).status_code == 403
    assert key not in client.get(address).content.decode()


def test_edits_of_one_version_by_two_are_both_kept_and_the_difference_is_told(client: Client, form, clerk):
    first = new_id()
    take_submission(form, filled_xml(first, wage="1"), {}, account=clerk)
    headers = signed_in(client, clerk)
    base = f"/v1/projects/{form.project_id}/forms/household/submissions/{first}"
    for wage in ("2", "3"):
        xml = filled_xml(new_id(), deprecated=first, wage=wage)
        assert client.put(base, xml, content_type="application/xml", headers=headers).status_code == 200
    no_before = client.put(base, filled_xml(), content_type="application/xml", headers=headers)
    assert no_before.json()["code"] == 400.19
    diffs = client.get(f"{base}/diffs", headers=headers).json()
    assert sorted(change["new"] for one in diffs.values() for change in one) == ["2", "3"]
    assert len(client.get(f"{base}/versions", headers=headers).json()) == 3


def test_exports_keep_numbers_repeats_and_formulas_as_what_they_are(client: Client, form, clerk):
    publish(form, "2", [{"path": "name", "name": "name", "type": "text", "label": "户主姓名"}])
    take_submission(form, filled_xml(version="2", name="=1+1", members=("甲", "乙")), {}, account=clerk)
    headers = signed_in(client, clerk)
    base = f"/v1/projects/{form.project_id}/forms/household/submissions"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}.xlsx", headers=headers).getvalue()))
    main, members = book.worksheets
    head = [cell.value for cell in main[1]]
    row = {title: cell for title, cell in zip(head, main[2], strict=True)}
    assert (row["户主姓名"].value, row["户主姓名"].data_type) == ("=1+1", "s")
    assert row["income/wage"].value == 1200
    assert [[cell.value for cell in line] for line in members.iter_rows(min_row=2)] == [[1, 1, "甲", 5], [1, 2, "乙", 5]]
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{base}.csv.zip", headers=headers).getvalue()))
    assert sorted(archive.namelist()) == ["household-members.csv", "household.csv"]
    text = client.get(f"{base}.csv", headers=headers).getvalue().decode()
    assert "income-wage" in text.splitlines()[0]


@pytest.mark.parametrize(
    ("filter", "code"),
    [("__system/submissionDate gt", 400.18), ("name eq 'x'", 501.5), ("(" * 40, 400.18), ("concat('a') eq 'b'", 501.4)],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused_with_its_reason(client: Client, form, clerk, filter, code):
    answer = client.get(
        f"/v1/projects/{form.project_id}/forms/household.svc/Submissions", {"$filter": filter},
        headers=signed_in(client, clerk),
    )  # fmt: skip
    assert answer.json()["code"] == code


def test_pages_of_a_table_meet_without_gap_or_overlap(client: Client, form, clerk):
    made = {take_submission(form, filled_xml(), {}, account=clerk).instance_id for _ in range(5)}
    headers = signed_in(client, clerk)
    address, seen = f"/v1/projects/{form.project_id}/forms/household.svc/Submissions?$top=2", []
    while address:
        told = json.loads(client.get(address, headers=headers).getvalue())
        seen += [row["__id"] for row in told["value"]]
        address = told.get("@odata.nextLink", "").removeprefix("http://testserver")
    assert len(seen) == 5
    assert set(seen) == made


def test_fields_and_metadata_say_the_types_of_answers(client: Client, form, clerk):
    headers = signed_in(client, clerk)
    base = f"/v1/projects/{form.project_id}/forms/household"
    fields = {each["path"]: each for each in client.get(f"{base}/fields", headers=headers).json()}
    assert fields["/members"]["type"] == "repeat"
    assert fields["/photo"]["binary"] is True
    metadata = client.get(f"{base}.svc/$metadata", headers=headers).content.decode()
    assert 'Name="wage" Type="Edm.Int64"' in metadata


def test_a_clerk_registers_his_own_phone_and_sees_its_key_once(client: Client, form, clerk):
    client.force_login(clerk)
    told = {"project": form.project_id, "username": clerk.username, "name": "我的手机"}
    shown = client.post("/forms/phones/", told).content.decode()
    assert "data:image/svg+xml" in shown
    address = shown.split("<code>")[1].split("</code>")[0]
    assert client.get(f"{address.removeprefix('http://testserver')}/formList").status_code == 200
    again = client.get("/forms/phones/").content.decode()
    assert "我的手机" in again
    assert address not in again
    phone = AppUser.objects.get()
    client.post(f"/forms/phones/{phone.pk}/stop/")
    assert client.get(f"{address.removeprefix('http://testserver')}/formList").status_code == 403


def test_nobody_registers_a_phone_for_somebody_outside_his_scope(client: Client, form, clerk):
    other = account(FILLERS[0], unit=organisation("village_370306102202", kind="village"))
    client.force_login(clerk)
    told = {"project": form.project_id, "username": other.username, "name": "他的手机"}
    assert "不在您的管理范围内" in client.post("/forms/phones/", told).content.decode()
    assert not AppUser.objects.exists()


def test_the_settings_code_is_what_collect_reads():
    told = json.loads(zlib.decompress(base64.b64decode(settings_code("http://x/v1/key/k/projects/1", "采集"))))
    assert told["general"]["server_url"] == "http://x/v1/key/k/projects/1"
    assert set(told) == {"general", "project", "admin"}


def test_a_photo_is_seen_by_whoever_sees_its_submission(form, clerk):
    made = take_submission(
        form, filled_xml(photo="p.jpg"), {"p.jpg": upload_of("p.jpg", JPEG)}, account=clerk
    )
    other = account(FILLERS[0], unit=organisation("village_370306102202", kind="village"), scope="own")
    assert may_look(clerk, "forms.submission", str(made.pk))
    assert not may_look(other, "forms.submission", str(made.pk))
