"""Stock pyodk, unchanged, against our API of ODK Central over a real socket."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyodk.client import Client
from pyodk.errors import PyODKError

from district.kernel.forms.models import Project
from district.kernel.forms.queries import ASKERS, KEEPERS
from district.kernel.forms.tests.filling import JPEG, filled_xml, new_id, xform
from district.kernel.forms.tests.serving import site
from district.testing.people import PASSWORD, account, organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(tmp_path: Path):
    keeper = account(KEEPERS[0], ASKERS[0])
    project = Project.objects.create(name="基层采集", organisation=organisation())
    config = tmp_path / "pyodk.toml"
    with site() as address:
        config.write_text(
            f'[central]\nbase_url = "{address}"\nusername = "{keeper.username}"\npassword = "{PASSWORD}"\n'
            f"default_project_id = {project.pk}\n"
        )
        with Client(config_path=config, cache_path=tmp_path / "cache.toml") as found:
            yield found


def workbook(folder: Path, title: str = "走访记录") -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (
        ("type", "name", "label"), ("text", "visitor", "走访人"), ("image", "photo", "照片"),
        ("select_one_from_file places.csv", "place", "地点"),
    ):  # fmt: skip
        survey.append(row)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append((title, "visit", "1"))
    path = folder / "visit.xlsx"
    book.save(path)
    return path


def test_pyodk_does_all_it_can(client: Client, tmp_path: Path):
    projects_and_forms(client, tmp_path)
    submissions(client, tmp_path)
    phones(client)
    registers(client)


def projects_and_forms(client: Client, tmp_path: Path) -> None:
    assert [project.name for project in client.projects.list()] == ["基层采集"]
    assert client.projects.get().archived is False
    places = tmp_path / "places.csv"
    places.write_text("name,label\na,苏李村\n", "utf-8")
    made = client.forms.create(workbook(tmp_path), attachments=[places])
    assert made.xmlFormId == "visit"
    assert [form.xmlFormId for form in client.forms.list()] == ["visit"]
    assert client.forms.get("visit").version == "1"
    assert "走访人" in client.forms.get_xml("visit")
    client.forms.update("visit", attachments=[places], version_updater=lambda before: f"{before}.1")
    assert client.forms.get("visit").version == "1.1"
    client.forms.update(
        "visit", definition=client.forms.get_xml("visit").replace('version="1.1"', 'version="2"')
    )
    assert client.forms.get("visit").version == "2"
    with pytest.raises(PyODKError) as caught:
        client.forms.create(workbook(tmp_path))
    assert caught.value.is_central_error("409.3")
    with pytest.raises(PyODKError) as caught:
        client.forms.create(b"PK\x03\x04 no workbook", form_id="x")
    with pytest.raises(PyODKError) as caught:
        client.forms.get("no_such_form")
    assert caught.value.is_central_error("404.1")


def submissions(client: Client, tmp_path: Path) -> None:
    client.forms.create(xform("household", "1"), form_id="household")
    photo = tmp_path / "p.jpg"
    photo.write_bytes(JPEG)
    first, second = new_id(), new_id()
    xml = filled_xml(first, photo="p.jpg", members=("甲", "乙")).decode()
    made = client.submissions.create(xml, form_id="household", device_id="test:1", attachments=[str(photo)])
    assert made.instanceId == first
    assert made.deviceId == "test:1"
    assert [(file.name, file.exists) for file in made.attachments] == [("p.jpg", True)]
    assert [row.instanceId for row in client.submissions.list(form_id="household")] == [first]
    with pytest.raises(PyODKError) as caught:
        client.submissions.create(filled_xml(first, wage="9").decode(), form_id="household")
    assert caught.value.is_central_error("409.1")
    edit = filled_xml(second, deprecated=first, wage="1500", photo="p.jpg").decode()
    client.submissions.edit(first, edit, form_id="household", comment="工资更正")
    client.submissions.review(first, "approved", form_id="household", comment="核对无误")
    assert client.submissions.get(first, form_id="household").reviewState == "approved"
    assert [each.body for each in client.submissions.list_comments(first, form_id="household")] == [
        "核对无误",
        "工资更正",
    ]
    table = client.submissions.get_table(
        form_id="household", count=True, top=10, filter="__system/reviewState eq 'approved'", expand="*"
    )
    assert table["@odata.count"] == 1
    row = table["value"][0]
    assert row["income"]["wage"] == 1500
    assert row["place"]["coordinates"][:2] == [117.9, 36.8]
    assert row["__system"]["edits"] == 1
    members = client.submissions.get_table(form_id="household", table_name="Submissions.members")
    assert members["value"] == []  # the edit has none
    nothing = client.submissions.get_table(
        form_id="household", filter="__system/submissionDate lt 2020-01-01"
    )
    assert nothing["value"] == []
    attachment = client.get(
        f"projects/{client.project_id}/forms/household/submissions/{first}/attachments/p.jpg"
    )
    assert attachment.content == JPEG


def phones(client: Client) -> None:
    made = list(client.projects.create_app_users(["文书手机"], forms=["visit"]))
    assert made[0].displayName == "文书手机"
    assert len(made[0].token) == 64
    assert list(client.projects.create_app_users(["文书手机"])) == []
    listed = client.get(f"key/{made[0].token}/projects/{client.project_id}/formList")
    assert listed.status_code == 200


def registers(client: Client) -> None:
    made = client.entity_lists.create(entity_list_name="households")
    assert made.name == "households"
    client.entity_lists.default_entity_list_name = client.entities.default_entity_list_name = "households"
    for item in ("head", "people"):
        assert client.entity_lists.add_property(name=item)
    assert [each.name for each in client.entity_lists.get().properties] == ["head", "people"]
    assert [each.name for each in client.entity_lists.list()] == ["households"]
    one = client.entities.create("一号", {"head": "演示甲", "people": "3"})
    assert (one.currentVersion.version, one.currentVersion.data["people"]) == (1, "3")
    changed = client.entities.update(one.uuid, data={"people": "4"}, base_version=1)
    assert changed.currentVersion.version == 2
    with pytest.raises(PyODKError) as caught:
        client.entities.update(one.uuid, data={"people": "5"}, base_version=1)
    assert caught.value.is_central_error("409.15")
    client.entities.update(one.uuid, label="1号", force=True)
    assert client.entities.create_many(
        [{"label": f"{number}号", "head": "演示", "people": "1"} for number in (2, 3)]
    )
    done = client.entities.merge(
        [
            {"label": "1号", "people": "6"},
            {"label": "2号", "people": "1"},
            {"label": "4号", "people": "2", "area": "90"},
        ],
        delete_not_matched=True,
    )
    assert (len(done.to_insert), len(done.to_update), len(done.to_delete)) == (1, 1, 1)
    table = client.entities.get_table(count=True, select="label,people,area")
    assert sorted((row["label"], row["people"], row["area"]) for row in table["value"]) == [
        ("1号", "6", None), ("2号", "1", None), ("4号", "2", "90"),
    ]  # fmt: skip
    assert len(client.entities.list()) == 3
    versions = client.get(
        f"projects/{client.project_id}/datasets/households/entities/{one.uuid}/versions"
    ).json()
    assert [each["data"].get("people") for each in versions] == ["6", "4", "4", "3"]
    assert client.entities.delete(one.uuid)
    with pytest.raises(PyODKError) as caught:
        client.entities.delete(one.uuid)
    assert caught.value.is_central_error("404.1")
