"""What is to be asked of an HTTP interface: the settings of a source of kind `http`, checked. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from district.kernel.connectors.refused import Refused

AUTHORIZATIONS = ("none", "api_key", "bearer", "basic", "oauth2")
PAGINGS = ("none", "page", "offset", "cursor", "link", "next_url")
RESUMABLE = ("cursor", "link", "next_url")
"""Numbered pages shift when records come or go, so a reading by them begins again with the first page."""


@dataclass(frozen=True)
class Paging:
    """Names of parameters and JSONPaths into the answer; which of them matter depends on `style`."""

    style: str = "none"
    page_param: str = "page"
    first_page: int = 1
    offset_param: str = "offset"
    size_param: str = ""
    size: int = 100
    total_path: str = ""
    cursor_param: str = "cursor"
    cursor_path: str = "$.next_cursor"
    next_path: str = "$.next"


@dataclass(frozen=True)
class Incremental:
    """`param` carries the largest value seen in field `column` of the records; `start` is sent the first time."""

    param: str = ""
    column: str = ""
    start: str = ""


@dataclass(frozen=True)
class Wanted:
    url: str
    method: str = "GET"
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    authorization: str = "none"
    key_name: str = "X-API-Key"
    key_place: str = "header"
    user: str = ""
    client_id: str = ""
    token_url: str = ""
    scope: str = ""
    record_path: str = ""
    paging: Paging = Paging()
    incremental: Incremental = Incremental()
    per_minute: float = 120.0
    timeout_s: float = 30.0
    tries: int = 5
    most_mb: float = 64.0
    most_pages: int = 10_000
    is_conditional: bool = True


def wanted_of(settings: Mapping[str, Any]) -> Wanted:
    """Raises Refused naming the setting that is wrong."""
    url = checked_url(str(settings.get("url", "")), "url")
    authorization = str(settings.get("authorization") or "none")
    if authorization not in AUTHORIZATIONS:
        raise _wrong("authorization", authorization)
    paging = dict(settings.get("paging") or {})
    if paging.get("style", "none") not in PAGINGS:
        raise _wrong("paging.style", paging.get("style"))
    if authorization == "oauth2":
        checked_url(str(settings.get("token_url", "")), "token_url")
    method = str(settings.get("method") or "GET").upper()
    if method not in ("GET", "POST"):
        raise _wrong("method", method)
    given = {name: settings[name] for name in _PLAIN if settings.get(name) not in (None, "")}
    for name, (least, most) in _RANGES.items():
        if name in given and not least <= float(given[name]) <= most:
            raise _wrong(name, given[name])
    return Wanted(
        url=url, method=method, authorization=authorization,
        params={str(k): str(v) for k, v in dict(settings.get("params") or {}).items()},
        headers=_headers(settings.get("headers") or {}), body=settings.get("body") or None,
        paging=Paging(**{k: v for k, v in paging.items() if k in Paging.__dataclass_fields__ and v not in (None, "")}),
        incremental=Incremental(**{
            k: str(v) for k, v in dict(settings.get("incremental") or {}).items()
            if k in Incremental.__dataclass_fields__ and v not in (None, "")
        }),
        **given,
    )  # fmt: skip


_PLAIN = (
    "key_name", "key_place", "user", "client_id", "token_url", "scope", "record_path", "per_minute", "timeout_s",
    "tries", "most_mb", "most_pages", "is_conditional",
)  # fmt: skip
_RANGES = {
    "per_minute": (0.1, 6000),
    "timeout_s": (1, 600),
    "tries": (1, 10),
    "most_mb": (0.01, 1024),
    "most_pages": (1, 1_000_000),
}
_FORBIDDEN_HEADERS = {"host", "content-length", "transfer-encoding", "connection", "authorization", "cookie"}


def checked_url(url: str, setting: str) -> str:
    """An address that can be asked. Raises Refused."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise _wrong(setting, "") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise Refused(
            "url_wrong", "地址应以 http:// 或 https:// 开头并写明主机", field=setting, value=parts.scheme
        )
    if parts.username or parts.password:
        raise Refused("secret_in_url", "地址里不得写用户名和密码，请填在认证设置里", field=setting)
    return url.strip()


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: those an answer may send us on to."""
    parts = urlsplit(url)
    return (
        parts.scheme,
        (parts.hostname or "").lower(),
        parts.port or (443 if parts.scheme == "https" else 80),
    )


def _headers(given: Mapping[str, Any]) -> dict[str, str]:
    headers = {str(name).strip(): str(value).strip() for name, value in given.items()}
    for name, value in headers.items():
        if name.lower() in _FORBIDDEN_HEADERS or any(mark in name + value for mark in "\r\n\x00"):
            raise Refused("header_wrong", f"请求头“{name}”不能在这里设置", field="headers", value=name)
    return headers


def _wrong(name: str, value: Any) -> Refused:
    return Refused("setting_wrong", f"设置“{name}”的值不对", field=name, value=str(value)[:80])
