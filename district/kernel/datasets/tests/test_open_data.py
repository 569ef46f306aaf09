import csv
import io
import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from django.db import connection
from django.test import Client

from district.kernel.datasets import actions, versions
from district.kernel.datasets.json_schema import json_schema
from district.kernel.datasets.models import Resource
from district.kernel.datasets.open_rows import Asked, open_page, open_resources

pytestmark = pytest.mark.django_db

ITEMS = (
    {"name": "code", "title": "编号", "is_key": True, "is_required": True, "length": 6},
    {"name": "litres", "title": "容量", "type": "number", "unit": "L"},
    {"name": "at", "title": "时间", "type": "datetime"},
    {"name": "owner", "title": "所有人", "grade": 2},
)
OPEN = {"is_open_to_public": True, "share": "open", "open_condition": "无条件", "items": ITEMS}
AT = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def lent(entry):
    """An open entry with a table of five rows behind it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE kettles (code text, litres numeric, at timestamptz, owner text, secret text)"
        )
        for number in range(5):
            cursor.execute(
                "INSERT INTO kettles VALUES (%s, %s, %s, %s, 'x')",
                [f"K{number}", number / 2, AT, f"=张{number}%"],
            )
    made = entry("kettles", title="水壶", theme="ecology", **OPEN)
    Resource.objects.filter(pk=made.pk).update(table="kettles")
    made.refresh_from_db()
    return made


@pytest.fixture
def delivered(entry):
    """An open entry whose rows are in the lake."""
    made = entry("delivered", title="水壶入湖", theme="ecology", **OPEN)
    draft = versions.open_version(made, "run:1")
    columns = {"code": ["K1", "K0"], "litres": [0.5, 0.0], "at": [AT, AT], "owner": ["=张1%", "=张0%"]}
    draft.write([pa.table(columns).to_batches()[0]])
    draft.publish()
    return made


def test_only_what_is_open_is_listed_and_given(client: Client, entry, lent):
    entry("closed", title="保密水壶", share="closed", legal_ground="《保密法》")
    entry("plain", title="部门水壶")
    entry("draft", title="水壶草稿", shelf="draft", **OPEN)
    entry("secret", title="涉密水壶", is_secret=True)
    assert {each.title for each in open_resources()} == {"水壶"}
    listed = client.get("/open-data/").text
    assert "水壶" in listed
    for hidden in ("保密水壶", "部门水壶", "水壶草稿", "涉密水壶"):
        assert hidden not in listed
    for name in ("education.closed", "education.plain", "education.draft", "education.secret"):
        assert client.get(f"/open-data/{name}/").status_code == 404
        assert client.get(f"/open-data/{name}/{name}.csv").status_code == 404
        assert client.get(f"/datasets/{name}/schema.json").status_code == 404


def test_files_have_every_row_and_no_formula(client: Client, lent):
    answer = client.get("/open-data/education.kettles/education.kettles.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["code", "litres", "at", "owner"]
    assert rows[2] == ["K1", "0.5", "2026-03-01T12:00:00+08:00", "'=张1%"]
    assert len(rows) == 6
    found = json.loads(client.get("/open-data/education.kettles/education.kettles.json").getvalue())
    assert found[4] == {"code": "K4", "litres": 2.0, "at": "2026-03-01T12:00:00+08:00", "owner": "=张4%"}
    assert "secret" not in client.get("/open-data/education.kettles/").text


def test_a_withdrawn_entry_is_gone_with_the_next_request(client: Client, lent):
    assert client.get("/open-data/education.kettles/").status_code == 200
    Resource.objects.filter(pk=lent.pk).update(system="")
    actions.withdraw(lent, None, "不再开放")
    assert client.get("/open-data/education.kettles/").status_code == 404


def test_an_item_that_has_become_sensitive_is_left_out_at_once(lent):
    lent.items.filter(name="owner").update(grade=3)
    (fresh,) = open_resources()
    assert [item.name for item in open_page(fresh, Asked()).items] == ["code", "litres", "at"]
    with pytest.raises(KeyError):
        open_page(fresh, Asked(columns=["owner"]))
    with pytest.raises(KeyError):
        open_page(fresh, Asked(filters={"owner": ["=张1%"]}))
    assert open_page(fresh, Asked(q="张1")).total == 0


@pytest.mark.parametrize("which", ["lent", "delivered"])
def test_rows_are_filtered_sorted_and_paged_alike_in_table_and_lake(which, request):
    resource = request.getfixturevalue(which)
    found = open_page(
        resource, Asked(columns=["code", "litres"], sort=[("code", True)], filters={"code": ["K0", "K1"]})
    )
    assert (found.rows, found.total) == ([("K1", 0.5), ("K0", 0.0)], 2)
    assert open_page(resource, Asked(q="张1%")).rows[0][0] == "K1"
    assert open_page(resource, Asked(q="_")).total == 0
    assert open_page(resource, Asked(columns=["code"], sort=[("code", False)], limit=1, offset=1)).rows == [
        ("K1",)
    ]
    assert open_page(resource, Asked(filters={"code": ["'; DROP TABLE kettles; --"]})).total == 0


def test_rows_of_the_lake_are_files_too(client: Client, delivered):
    answer = client.get("/open-data/education.delivered/education.delivered.json")
    assert [row["code"] for row in json.loads(answer.getvalue())] == ["K1", "K0"]
    assert "K1" in client.get("/open-data/education.delivered/").text


def test_the_json_schema_takes_the_rows_and_nothing_else(client: Client, lent):
    from jsonschema import Draft202012Validator

    schema = client.get("/datasets/education.kettles/schema.json").json()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for row in json.loads(client.get("/open-data/education.kettles/education.kettles.json").getvalue()):
        validator.validate(row)
    for wrong in (
        {},
        {"code": None},
        {"code": "K0", "litres": "viel"},
        {"code": "K0", "colour": "red"},
        {"code": "K000000"},
    ):
        assert not validator.is_valid(wrong), wrong
    assert json_schema(lent)["x-key"] == ["code"]
