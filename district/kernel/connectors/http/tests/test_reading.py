from __future__ import annotations

import gzip
import json
import logging
import traceback
from base64 import b64encode
from typing import Any

import pytest

from district.kernel.connectors import addresses
from district.kernel.connectors.http.asking import retry_after_s
from district.kernel.connectors.http.description import wanted_of
from district.kernel.connectors.http.paging import link_next
from district.kernel.connectors.http.reading import preview, read
from district.kernel.connectors.http.tests.conftest import Asked, Interface
from district.kernel.connectors.refused import Refused

SECRET = "k-" + "Hx7!é q/9" * 2
ZHANG = b64encode("张三:密".encode()).decode()
ALL = [{"id": number, "at": f"2026-05-01T{number // 10:02}:00:00"} for number in range(1, 26)]


def body(value: Any) -> bytes:
    return json.dumps(value).encode()


def ids(interface: Interface, settings: dict[str, Any], cursor: Any = None, **secrets: str) -> list[int]:
    wanted = wanted_of({"url": interface.url, "per_minute": 6000, **settings})
    return [
        row["id"] for page in read(wanted, secrets, cursor, wait=lambda seconds: None) for row in page.rows
    ]


def by_number(asked: Asked) -> Any:
    page, size = int(asked.params["page"]), int(asked.params["size"])
    return 200, {}, body({"rows": ALL[(page - 1) * size : page * size], "total": len(ALL)})


def by_offset(asked: Asked) -> Any:
    start, size = int(asked.params["offset"]), int(asked.params["size"])
    return 200, {}, body({"rows": ALL[start : start + size], "meta": {"total": len(ALL)}})


def by_cursor(asked: Asked) -> Any:
    start = int(asked.params.get("after", 0))
    following = str(start + 10) if start + 10 < len(ALL) else None
    return 200, {}, body({"rows": ALL[start : start + 10], "next": following})


def by_link(asked: Asked) -> Any:
    start = int(asked.params.get("from", 0))
    link = (
        f'<{asked.path}?from={start + 10}&x=,;>; rel="next", </first>; rel=first'
        if start + 10 < 25
        else "</first>; rel=first"
    )
    return 200, {"Link": link}, body(ALL[start : start + 10])


def by_url(asked: Asked) -> Any:
    start = int(asked.params.get("from", 0))
    following = f"/rows?from={start + 10}&key={asked.params.get('key', '')}" if start + 10 < len(ALL) else ""
    return 200, {}, body({"rows": ALL[start : start + 10], "links": {"next": following}})


STYLES = {
    "page": (by_number, {"style": "page", "size_param": "size", "size": 10}),
    "page_with_total": (
        by_number,
        {"style": "page", "size_param": "size", "size": 5, "total_path": "$.total"},
    ),
    "offset": (
        by_offset,
        {"style": "offset", "size_param": "size", "size": 10, "total_path": "$.meta.total"},
    ),
    "cursor": (by_cursor, {"style": "cursor", "cursor_param": "after", "cursor_path": "$.next"}),
    "link": (by_link, {"style": "link"}),
    "next_url": (by_url, {"style": "next_url", "next_path": "$.links.next"}),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_paging_gives_each_record_once(interface, style):
    interface.answer, paging = STYLES[style]
    assert ids(interface, {"paging": paging}) == list(range(1, 26))
    assert len(interface.asked) == (5 if style == "page_with_total" else 3)


@pytest.mark.parametrize("style", ["cursor", "link", "next_url"])
def test_a_reading_that_was_cut_off_goes_on_with_the_next_page(interface, style):
    interface.answer, paging = STYLES[style]
    stream = read(wanted_of({"url": interface.url, "per_minute": 6000, "paging": paging}), {})
    first = next(stream)
    stream.close()
    cursor = json.loads(json.dumps(first.cursor))
    assert ids(interface, {"paging": paging}, cursor) == list(range(11, 26))


def test_numbered_pages_shift_so_a_reading_by_them_begins_again(interface):
    interface.answer, paging = STYLES["page"]
    pages = list(read(wanted_of({"url": interface.url, "per_minute": 6000, "paging": paging}), {}))
    assert [page.cursor for page in pages] == [None, None, {}]


@pytest.mark.parametrize(
    ("settings", "secrets", "header", "value"),
    [
        ({"authorization": "api_key", "key_name": "X-Key"}, {"api_key": "abc-123"}, "x-key", "abc-123"),
        ({"authorization": "bearer"}, {"token": "abc-123"}, "authorization", "Bearer abc-123"),
        ({"authorization": "basic", "user": "张三"}, {"password": "密"}, "authorization", f"Basic {ZHANG}"),
    ],
)  # fmt: skip
def test_each_way_of_authorization_sends_what_it_should(interface, settings, secrets, header, value):
    interface.answer = lambda asked: (200, {}, body(ALL))
    ids(interface, settings, **secrets)
    assert interface.asked[0].headers[header] == value


def test_a_key_in_the_address_is_sent_with_every_page_and_stored_with_none(interface):
    interface.answer, paging = STYLES["next_url"]
    wanted = wanted_of({"url": interface.url, "per_minute": 6000, "paging": paging, "authorization": "api_key",
                        "key_name": "key", "key_place": "query"})  # fmt: skip
    pages = list(read(wanted, {"api_key": SECRET}))
    assert [asked.params["key"] for asked in interface.asked] == [SECRET] * 3
    assert "Hx7" not in json.dumps([page.cursor for page in pages])


def test_a_token_is_fetched_once_and_again_when_it_is_no_longer_taken(interface):
    given: list[str] = []

    def answer(asked: Asked) -> Any:
        if asked.path == "/token":
            assert asked.body == b"grant_type=client_credentials&scope=read"
            given.append(f"token-{len(given)}")
            return 200, {}, body({"access_token": given[-1], "expires_in": 3600})
        if asked.headers["authorization"] == "Bearer token-0" and len(interface.asked) > 3:
            return 401, {}, b"{}"
        return by_cursor(asked)

    interface.answer = answer
    settings = {"authorization": "oauth2", "client_id": "district", "scope": "read",
                "token_url": interface.url.replace("rows", "token"), "paging": STYLES["cursor"][1]}  # fmt: skip
    assert ids(interface, settings, client_secret="s3cret-s3cret") == list(range(1, 26))
    assert given == ["token-0", "token-1"]


def test_only_what_is_new_is_asked_for(interface):
    interface.answer = lambda asked: (
        200,
        {},
        body([row for row in ALL if row["at"] >= asked.params.get("since", "")]),
    )
    settings = {"incremental": {"param": "since", "column": "at", "start": "2026-05-01T01"}}
    wanted = wanted_of({"url": interface.url, "per_minute": 6000, **settings})
    pages = list(read(wanted, {}))
    assert pages[-1].cursor == {"since": "2026-05-01T02:00:00"}
    assert [row["id"] for row in pages[0].rows] == list(range(10, 26))
    assert ids(interface, settings, pages[-1].cursor) == list(range(20, 26))


def test_an_answer_that_has_not_changed_is_not_sent_again(interface):
    def answer(asked: Asked) -> Any:
        same = asked.headers.get("if-none-match") == '"v1"'
        return (304, {}, b"") if same else (200, {"ETag": '"v1"'}, body(ALL))

    interface.answer = answer
    wanted = wanted_of({"url": interface.url, "per_minute": 6000})
    first = list(read(wanted, {}))
    assert len(first[0].rows) == 25
    assert list(read(wanted, {}, first[-1].cursor)) == []


def test_failures_that_pass_are_tried_again_at_the_pace_the_interface_asks_for(interface):
    answers = iter([(503, {}, b""), (429, {"Retry-After": "7"}, b""), (200, {}, body(ALL))])
    interface.answer = lambda asked: next(answers)
    waited: list[float] = []
    wanted = wanted_of({"url": interface.url, "per_minute": 6000})
    assert len(next(read(wanted, {}, wait=waited.append)).rows) == 25
    assert [round(each) for each in waited if each > 0.5] == [1, 7]


def test_requests_keep_the_pace_that_was_agreed(interface):
    interface.answer, paging = STYLES["cursor"]
    waited: list[float] = []
    wanted = wanted_of({"url": interface.url, "per_minute": 30, "paging": paging})
    list(read(wanted, {}, wait=waited.append))
    assert [round(each) for each in waited] == [2, 2]


def xml(asked: Asked) -> Any:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    return 200, {"Content-Type": "application/xml"}, bomb


REFUSED = {
    "xml_answer": xml,
    "html_answer": lambda asked: (200, {"Content-Type": "text/html"}, b"<html>login</html>"),
    "not_json": lambda asked: (200, {}, b'[{"id": 1}, {"id'),
    "json_too_deep": lambda asked: (200, {}, b"[" * 100_000),
    "records_missing": lambda asked: (200, {}, body({"a": [], "b": []})),
    "answer_too_large": lambda asked: (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 3_000_000)),
    "answer_damaged": lambda asked: (200, {"Content-Encoding": "gzip"}, b"no gzip"),
    "login_refused": lambda asked: (401, {}, body({"key": SECRET})),
    "not_permitted": lambda asked: (403, {}, b""),
    "not_found": lambda asked: (404, {}, b""),
    "too_many_requests": lambda asked: (429, {}, b""),
    "server_failed": lambda asked: (500, {}, b""),
    "redirected_away": lambda asked: (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
    "redirects_endless": lambda asked: (302, {"Location": "/rows"}, b""),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_wrong_with_an_answer_has_a_code_and_shows_no_key(interface, code, caplog):
    caplog.set_level(logging.DEBUG)
    interface.answer = REFUSED[code]
    settings = {"most_mb": 1, "tries": 2, "authorization": "api_key", "key_place": "query", "key_name": "key"}
    with pytest.raises(Refused) as refusal:
        ids(interface, settings, api_key=SECRET)
    assert refusal.value.code == code
    shown = "".join(traceback.format_exception(refusal.value)) + caplog.text
    assert "Hx7" not in shown
    assert refusal.value.is_passing == (code in ("too_many_requests", "server_failed"))


@pytest.mark.parametrize(
    ("answer", "paging", "code"),
    [
        ({"rows": ALL, "next": "http://elsewhere.example/"}, {"style": "next_url"}, "next_elsewhere"),
        ({"rows": ALL, "next": "7"}, {"style": "cursor", "cursor_path": "$.next"}, "paging_loops"),
        ({"rows": ALL, "n": "all"}, {"style": "page", "total_path": "$.n"}, "total_wrong"),
        ({"rows": ALL}, {"style": "page"}, "too_many_pages"),
        ({"rows": ALL}, {"style": "cursor", "cursor_path": "$$["}, "path_wrong"),
    ],
)  # fmt: skip
def test_paging_that_leads_nowhere_is_told(interface, answer, paging, code):
    interface.answer = lambda asked: (200, {}, body(answer))
    with pytest.raises(Refused) as refusal:
        ids(interface, {"paging": paging, "most_pages": 5})
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a.example/", "url_wrong"), ("http:///x", "url_wrong"), ("http://u:p@a.example/", "secret_in_url"),
        ("http://[::1", "setting_wrong"), ("file:///etc/passwd", "url_wrong"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(url, code):
    with pytest.raises(Refused) as refusal:
        wanted_of({"url": url})
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1",
     "[fe80::1]", "[64:ff9b::7f00:1]", "224.0.0.1"],
)  # fmt: skip
def test_addresses_of_this_machine_are_no_sources(host, monkeypatch):
    monkeypatch.delenv(addresses.VARIABLE, raising=False)
    with pytest.raises(Refused) as refusal:
        list(read(wanted_of({"url": f"http://{host}:9/x", "tries": 1}), {}))
    assert refusal.value.code in ("address_forbidden", "host_unknown")


def test_the_address_that_is_checked_is_the_one_connected_to(interface, monkeypatch):
    """A name that first points to somewhere harmless and then to this machine."""
    import socket

    names = iter(["192.0.2.7", "127.0.0.1"])
    monkeypatch.setenv(addresses.VARIABLE, "")
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *args, **more: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(names), 0))],
    )
    tried: list[Any] = []

    def connect(address: Any, timeout: float) -> Any:
        tried.append(address[0])
        raise OSError("unreachable")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Refused) as refusal:
        list(read(wanted_of({"url": "http://name.example/x", "tries": 2}), {}, wait=lambda seconds: None))
    assert (refusal.value.code, tried) == ("address_forbidden", ["192.0.2.7"])


def test_nested_records_become_columns_and_what_is_no_record_is_kept(interface):
    interface.answer = lambda asked: (
        200,
        {},
        body({"data": {"list": [{"id": 1, "a": {"b": {"c": 2}}, "d": [3]}, 7]}}),
    )
    wanted = wanted_of({"url": interface.url, "record_path": "$.data.list"})
    assert preview(wanted, {}) == [{"id": 1, "a.b.c": 2, "d": [3]}]
    page = next(read(wanted, {}))
    assert [(row.position, row.code) for row in page.unread] == [(2, "not_a_record")]


def test_answers_in_gb18030_are_read(interface):
    interface.answer = lambda asked: (
        200,
        {"Content-Type": "application/json;charset=GBK"},
        '[{"名称": "周村"}]'.encode("gb18030"),
    )
    assert preview(wanted_of({"url": interface.url}), {}) == [{"名称": "周村"}]


def test_links_are_read_as_rfc_8288_has_them():
    assert link_next({"link": '<https://a/?x=1,2>; title="n,ext"; rel="prev next"'}) == "https://a/?x=1,2"
    assert link_next({"link": "<https://a/1>; rel=last"}) == ""


def test_retry_after_may_be_a_date():
    assert retry_after_s({"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}) > 1e6
    assert retry_after_s({"retry-after": "soon"}) == 0
