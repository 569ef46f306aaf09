"""The pages of deliveries: from an upload to the receipt, and only for those who answer for the data."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.connectors.models import RefusedState, Run, RunState, Source
from district.kernel.connectors.tests.delivered import resource, rows_of, source
from district.kernel.connectors.tests.test_deliveries import TABLE, deliver
from district.kernel.datasets.models import Resource
from district.kernel.jobs.in_line import run_waiting
from district.kernel.people.models import AuditEntry
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db

PEOPLE = "姓名,身份证号,人数\n张三,370306199001011234,1\n李四,370306199001011242,二\n"


@pytest.fixture
def provider(client: Client):
    who = account(*holders(PROVIDER)[:1], unit=organisation("testunit"), scope="own")
    client.force_login(who)
    return who


def upload(content: str = PEOPLE, name: str = "人员名单.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def test_a_file_becomes_an_entry_of_the_catalogue_and_its_rows_a_version(client: Client, provider):
    form = client.post(
        reverse("connectors:new_source"), {"file": upload(), "provider": provider.organisation_id}
    )
    assert form.status_code == 302, form.content.decode()
    shown = client.get(form["Location"]).content.decode()
    assert "敏感个人信息" in shown
    rows = (("姓名", "person_name", "text"), ("身份证号", "person_id", "text"), ("人数", "staff", "integer"))
    items: dict[str, str] = {}
    for n, (title, name, kind) in enumerate(rows):
        given = {"use": "1", "title": title, "name": name, "type": kind, "grade": "3", "mask": "", "unit": ""}
        items |= {f"{field}-{n}": value for field, value in given.items()}
    made = client.post(
        form["Location"],
        {"title": "人员名单", "mode": "replace", **items, "is_key-1": "1", "mask-1": "id_number"},
    )
    assert made.status_code == 302, made.content.decode()
    run_waiting()
    into = Resource.objects.get(title="人员名单")
    assert (into.shelf, into.items.get(name="person_id").mask) == ("draft", "id_number")
    assert rows_of(into) == [{"person_name": "张三", "person_id": "370306199001011234", "staff": 1}]
    run = client.get(made["Location"]).content.decode()
    assert "退回：不是整数" in run
    assert Run.objects.get().rows_refused == 1


def test_a_wrong_mapping_is_corrected_by_hand(client: Client, provider):
    into = resource()
    first = client.post(
        reverse("connectors:new_source"),
        {
            "file": upload("代号,企业,人\nA,甲,3\n", "a.csv"),
            "provider": provider.organisation_id,
            "resource": into.pk,
        },
    )
    made = client.post(
        first["Location"], {"item-0": "code", "item-1": "name", "item-2": "staff", "mode": "replace"}
    )
    run_waiting()
    assert rows_of(into)[0] | {"code": "A", "name": "甲", "staff": 3} == rows_of(into)[0], client.get(
        made["Location"]
    ).content
    twice = client.post(
        reverse("connectors:new_source"),
        {"file": upload("a,b\nA,甲\n", "a.csv"), "provider": provider.organisation_id, "resource": into.pk},
    )
    assert client.post(twice["Location"], {"item-0": "code", "item-1": "code"}).status_code == 422


def test_a_bad_file_is_refused_at_the_field(client: Client, provider):
    answer = client.post(
        reverse("connectors:new_source"),
        {"file": upload("<html>", "a.csv"), "provider": provider.organisation_id},
    )
    assert "不是数据文本" in answer.content.decode()
    assert Source.objects.count() == 0


def test_refused_rows_are_corrected_on_screen_and_join_the_rest(client: Client, provider):
    into = source()
    made = deliver(into)
    assert "约七人" in client.get(reverse("connectors:refused", args=[made.pk])).content.decode()
    row = made.refused.get()
    page = reverse("connectors:correct", args=[made.pk, row.position])
    assert "不是整数" in client.get(page).content.decode()
    client.post(page, {"value-0": "B", "value-1": "乙公司", "value-2": "7"})
    client.post(reverse("connectors:steer", args=[made.pk, "correct"]))
    run_waiting()
    row.refresh_from_db()
    assert row.state == RefusedState.TAKEN
    assert len(rows_of(into.resource)) == 3


def test_a_downloaded_file_of_refused_rows_comes_back_corrected(client: Client, provider):
    into = source(mode="append")
    made = deliver(into)
    answer = client.get(reverse("connectors:refused_file", args=[made.pk]))
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in book.active[2]][:3] == ["B", "乙公司", "约七人"]
    book.active.cell(2, 3).value = "7"
    corrected = io.BytesIO()
    book.save(corrected)
    client.post(
        reverse("connectors:deliver", args=[into.pk]),
        {"file": SimpleUploadedFile("退回行.xlsx", corrected.getvalue())},
    )
    run_waiting()
    again = Run.objects.first()
    assert (again.state, again.rows_taken, again.drift) == (RunState.DONE, 1, []), again.problem
    assert AuditEntry.objects.filter(subject_kind="connectors.refused").exists()


def test_the_receipt_is_a_workbook(client: Client, provider):
    answer = client.get(reverse("connectors:receipt", args=[deliver(source()).pk]))
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None


def test_drift_is_decided_on_the_page_of_the_run(client: Client, provider):
    into = source()
    deliver(into)
    made = deliver(into, TABLE.replace("职工人数", "员工总人数"))
    assert "可能是改了名" in client.get(reverse("connectors:run", args=[made.pk])).content.decode()
    client.post(reverse("connectors:steer", args=[made.pk, "decide"]), {"drift-0": "rename"})
    run_waiting()
    made.refresh_from_db()
    assert made.state == RunState.DONE


def test_another_department_sees_nothing_and_the_steward_all(client: Client):
    made = deliver(source())
    client.force_login(account(*holders(PROVIDER)[:1], unit=organisation("otherunit"), scope="own"))
    names = ("run", "refused", "refused_file", "receipt")
    pages = [reverse("connectors:source", args=[made.source_id])]
    pages += [reverse(f"connectors:{name}", args=[made.pk]) for name in names]
    assert {client.get(page).status_code for page in pages} == {404}
    client.force_login(account(*holders(STEWARD)[:1]))
    assert {client.get(page).status_code for page in pages} == {200}
    assert client.get(reverse("connectors:sources")).status_code == 200
