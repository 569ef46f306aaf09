"""Open311 GeoReport v2: by the unchanged client `three`, and by hand where it asks for what `three` does not."""

from __future__ import annotations

import importlib
import io
import itertools
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from PIL import Image

from district.kernel.cases.models import Case
from district.systems.governance.models import ProgramKey
from district.systems.governance.reports.program_keys import make_key, stop_key

V2 = "/governance/open311/v2"
LAMP = {
    "service_code": "C0118",
    "lat": "36.80",
    "long": "117.87",
    "description": "大街路口路灯不亮，电话 13800138000",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    return make_key("测试程序")


def post(client: Client, key: str, form: str = "json", **changed: Any) -> Any:
    return client.post(f"{V2}/requests.{form}", LAMP | {"api_key": key} | changed)


def test_every_answer_can_be_had_as_json_and_as_xml(client: Client, key: str):
    number = post(client, key).json()[0]["service_request_id"]
    for path, root in (
        ("discovery", "discovery"), ("services", "services"), ("services/C0118", "service_definition"),
        ("requests", "service_requests"), (f"requests/{number}", "service_requests"),
    ):  # fmt: skip
        assert client.get(f"{V2}/{path}.json").json()
        answer = client.get(f"{V2}/{path}.xml")
        assert answer["Content-Type"].startswith("application/xml")
        assert etree.fromstring(answer.content).tag == root


def test_a_report_can_be_read_back_without_the_numbers_in_it(client: Client, key: str):
    answer = post(client, key)
    assert answer.status_code == 201
    number = answer.json()[0]["service_request_id"]
    told = client.get(f"{V2}/requests/{number}.json").json()[0]
    assert (told["status"], told["service_name"], told["lat"], told["long"]) == ("open", "路灯", 36.8, 117.87)
    assert told["description"] == "大街路口路灯不亮，电话 ***"
    assert told["requested_datetime"].endswith("+08:00")


def test_the_same_report_sent_again_is_the_same_request(client: Client, key: str):
    first, again = post(client, key).json(), post(client, key).json()
    assert first[0]["service_request_id"] == again[0]["service_request_id"]
    assert post(client, key, description="另一处路灯不亮").json() != first
    assert Case.objects.filter(channel="open311").count() == 2


def test_an_own_idempotency_key_is_kept_to(client: Client, key: str):
    sent = [
        client.post(
            f"{V2}/requests.json",
            LAMP | {"api_key": key, "description": text},
            headers={"Idempotency-Key": "7"},
        )
        for text in ("路灯不亮", "路灯还是不亮")
    ]
    assert sent[0].json()[0]["service_request_id"] == sent[1].json()[0]["service_request_id"]


def test_who_reports_what_is_known_is_told_so(client: Client, key: str):
    first = post(client, key).json()[0]["service_request_id"]
    notice = post(client, key, description="路灯灭了，一片漆黑", lat="36.80010").json()[0]["service_notice"]
    assert first in notice
    assert "同一地点" in notice


@pytest.mark.parametrize(
    ("changed", "status", "word"),
    [
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"api_key": ""}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "G02"}, 404, "service_code"),
        ({"service_code": "Z9"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "address_string"),
        ({"lat": "91"}, 400, "lat"),
        ({"lat": "north"}, 400, "lat"),
        ({"description": "长" * 5000}, 400, "text"),
        ({"jurisdiction_id": "zibo"}, 404, "jurisdiction_id"),
    ],
)
def test_what_is_wrong_is_told_in_its_own_form(
    client: Client, key: str, changed: dict, status: int, word: str
):
    answer = post(client, key, **changed)
    assert answer.status_code == status
    assert answer.json()[0]["code"] == status
    assert word in answer.json()[0]["description"]
    as_xml = etree.fromstring(post(client, key, form="xml", **changed).content)
    assert as_xml.findtext("./error/code") == str(status)
    assert not Case.objects.exists()


def test_a_stopped_key_opens_nothing(client: Client, key: str):
    stop_key(ProgramKey.objects.get())
    assert post(client, key).status_code == 403


def test_a_flood_is_held_back(client: Client, key: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("district.systems.governance.reports.open311.MOST_REPORTED", 2)
    statuses = [post(client, key, description=f"路灯 {place} 不亮").status_code for place in range(3)]
    assert statuses == [201, 201, 429]


def test_requests_are_filtered_and_paged(client: Client, key: str):
    numbers = [
        post(client, key, description=text, service_code=code, lat=lat).json()[0]["service_request_id"]
        for text, code, lat in (
            ("路灯不亮", "C0118", "36.80"),
            ("垃圾成堆", "E0102", "36.81"),
            ("井盖丢失", "C0114", "36.82"),
        )
    ]

    def asked(**given: str) -> list[str]:
        return [one["service_request_id"] for one in client.get(f"{V2}/requests.json", given).json()]

    assert asked() == numbers[::-1]
    assert asked(service_code="C0118,C0114") == [numbers[2], numbers[0]]
    assert asked(service_request_id=f"{numbers[0]},{numbers[1]}") == [numbers[1], numbers[0]]
    assert asked(status="closed") == []
    assert asked(status="open,closed") == numbers[::-1]
    assert asked(page_size="2") == numbers[:0:-1]
    assert asked(page_size="2", page="2") == numbers[:1]
    assert asked(start_date="2030-01-01T00:00:00Z") == []
    assert client.get(f"{V2}/requests.json", {"start_date": "soon"}).status_code == 400
    assert client.get(f"{V2}/requests.json", {"status": "lost"}).status_code == 400


def test_confidential_cases_and_matters_of_persons_are_never_shown(client: Client, key: str):
    number = post(client, key).json()[0]["service_request_id"]
    Case.objects.update(is_confidential=True)
    assert client.get(f"{V2}/requests.json").json() == []
    assert client.get(f"{V2}/requests/{number}.json").status_code == 404


def test_what_cannot_stand_in_xml_does_not_break_it(client: Client, key: str):
    post(client, key, description="路灯<b>&\x0b不亮]]>")
    found = etree.fromstring(client.get(f"{V2}/requests.xml").content)
    assert "路灯<b>&" in found.findtext("./request/description")


class Through:
    """What `three` expects of requests.Session, over Django's test client."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, url: str, params: dict | None = None) -> Any:
        return self.client.get(url.removeprefix("http://testserver"), params or {})

    def post(self, url: str, data: dict, files: dict | None = None) -> Any:
        return self.client.post(url.removeprefix("http://testserver"), data | (files or {}))


@pytest.fixture
def three(client: Client, key: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The client as published; on Python 3 the function it imports from itertools goes by its builtin name."""
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    found = importlib.import_module("three").Three(
        f"http://testserver{V2}", api_key=key, jurisdiction="370306"
    )
    found.session = Through(client)
    return found


def test_the_stock_client_discovers_reports_and_asks(three: Any):
    assert three.discovery()["endpoints"][0]["url"].endswith(V2)
    assert {"service_code": "C0118", "service_name": "路灯"}.items() <= next(
        one for one in three.services() if one["service_code"] == "C0118"
    ).items()
    assert three.services("C0118")["attributes"][0]["code"] == "danger"
    photo = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(photo, "PNG")
    photo.seek(0)
    photo.name = "lamp.png"
    sent = three.post(
        "C0118", address="大街 12 号", name="三 张", phone="13800138000", description="路灯不亮", media=photo
    )
    number = sent[0]["service_request_id"]
    assert three.request(number)[0]["service_code"] == "C0118"
    assert [one["service_request_id"] for one in three.requests("C0118")] == [number]
    assert three.requests(between=["01-01-2000", "01-02-2000"]) == []
    assert three.requests(count=1, status="open")[0]["service_request_id"] == number
    case = Case.objects.get(number=number)
    assert (case.reporter_name, case.reporter_phone, case.address) == ("三 张", "13800138000", "大街 12 号")
    token = case.idempotency_key.removeprefix("open311:")
    assert three.token(token)[0]["service_request_id"] == number
