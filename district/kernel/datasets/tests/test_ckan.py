import json

import pytest
from ckanapi import RemoteCKAN
from ckanapi.errors import NotAuthorized, NotFound, SearchError, ValidationError
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.datasets.ckan.query_text import BadQuery, Clause, clauses_of
from district.kernel.datasets.models import Resource

OPEN = {"is_open_to_public": True, "share": "open"}
ITEMS = ({"name": "code", "title": "编号", "is_key": True}, {"name": "n", "title": "个数", "type": "integer"})


@pytest.fixture
def catalogue(entry):
    for number in range(12):
        entry(f"schools{number:02}", title=f"学校名录{number}", theme="education", cycle="yearly", **OPEN)
    made = entry("Readings", title="雨量读数", theme="ecology", items=ITEMS, **OPEN)
    Resource.objects.filter(pk=made.pk).update(table="district_test_rain")
    entry("plain", title="不开放的名录", theme="education")


@pytest.fixture
def rain(transactional_db):
    """A table behind an entry that the live server's own connections can read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE district_test_rain AS SELECT 'S' || n AS code, n FROM generate_series(1, 250) AS n"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE district_test_rain")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("get_only", [False, True])
def test_a_stock_client_reads_the_open_catalogue(rain, catalogue, live_server, get_only):
    with RemoteCKAN(live_server.url, get_only=get_only, user_agent="a stock client") as site:
        assert site.action.status_show()["extensions"] == ["datastore", "dcat"]
        listed = site.action.package_list()
        assert len(listed) == 13
        assert "education-readings" in listed
        assert "education-plain" not in listed
        shown = site.action.package_show(id="education-readings")
        assert (shown["title"], shown["organization"]["title"]) == ("雨量读数", "区教育和体育局")
        assert [group["name"] for group in shown["groups"]] == ["ecology"]
        assert [file["format"] for file in shown["resources"]] == ["CSV", "JSON"]
        with pytest.raises(NotFound):
            site.action.package_show(id="education-plain")

        found = site.action.package_search(q="名录", rows=5, start=10, facet_field="")
        assert (found["count"], len(found["results"])) == (12, 2)
        if not get_only:
            fields = {"facet.field": ["groups", "organization", "res_format"], "rows": 0}
            facets = site.call_action("package_search", {"fq": "groups:(ecology OR education)", **fields})[
                "facets"
            ]
            assert facets == {
                "groups": {"education": 12, "ecology": 1}, "organization": {"education": 13},
                "res_format": {"CSV": 1, "JSON": 1},
            }  # fmt: skip
        assert site.action.organization_list() == ["education"]
        assert site.action.organization_show(id="education")["package_count"] == 13
        assert "生态环境" in site.action.tag_list()
        assert "education" in site.action.group_list()

        identity = shown["resources"][0]["id"]
        assert site.action.resource_show(id=identity)["package_id"] == "education-readings"
        rows, offset = [], 0
        while True:
            answer = site.action.datastore_search(
                resource_id=identity, limit=100, offset=offset, sort="n asc"
            )
            rows += answer["records"]
            offset += 100
            if not answer["records"]:
                break
        assert answer["total"] == 250
        assert [row["n"] for row in rows] == list(range(1, 251))
        with pytest.raises(NotAuthorized):
            site.action.package_create(name="x")
        with pytest.raises(ValidationError):
            site.action.datastore_search(resource_id=identity, sort="colour")
        with pytest.raises(SearchError):
            site.action.package_search(q="colour:red")


def call(client: Client, action: str, **given):
    return client.post(f"/api/3/action/{action}", json.dumps(given), content_type="application/json")


@pytest.mark.django_db
def test_errors_have_the_shapes_of_ckan(client: Client, catalogue):
    missing = call(client, "package_show", id="nothing")
    assert (missing.status_code, missing.json()["success"], missing.json()["error"]) == (
        404, False, {"__type": "Not Found Error", "message": "Not found"}
    )  # fmt: skip
    unasked = call(client, "package_show")
    assert (unasked.status_code, unasked.json()["error"]) == (
        409,
        {"__type": "Validation Error", "id": ["Missing value"]},
    )
    assert call(client, "package_delete", id="x").status_code == 403
    unknown = call(client, "make_tea")
    assert (unknown.status_code, unknown.json()) == (400, "Bad request - Action name not known: make_tea")
    broken = client.post("/api/3/action/package_show", "{", content_type="application/json")
    assert broken.status_code == 409
    for wrong in (
        {"rows": "many"},
        {"rows": -1},
        {"facet.field": ["colour"]},
        {"facet.field": "[1"},
        {"q": ["a"]},
    ):
        assert call(client, "package_search", **wrong).status_code == 409, wrong
    assert "package_search" in client.get("/api/3/action/package_search").json()["help"]
    assert "sort" in call(client, "help_show", name="package_search").json()["result"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 13), ("*:*", 13), ("雨量", 1), ("学校 名录3", 1), ("title:雨量", 1), ("-groups:education", 1),
        ("groups:ecology OR groups:education", 13), ("organization:education AND res_format:CSV", 1),
        ("tags:每年", 12), ("name:education-schools0*", 10), ('"不开放"', 0), ("metadata_modified:[NOW-1DAY TO *]", 13),
        ("metadata_modified:[* TO 2001-01-01T00:00:00Z]", 0), ("private:true", 0), ("state:active", 13),
    ],
)  # fmt: skip
def test_queries_find_what_they_say(client: Client, catalogue, query, count):
    assert call(client, "package_search", q=query, rows=0).json()["result"]["count"] == count
    assert call(client, "package_search", fq=query, rows=0).json()["result"]["count"] == count


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_is_refused_as_none(text):
    try:
        clauses = clauses_of(text)
    except BadQuery:
        return
    assert all(isinstance(clause, Clause) for clause in clauses)
