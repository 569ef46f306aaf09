"""Asking another supplier for its feed: conditionally, with its keys, never more than is sensible. No Django."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests

from district.kernel.connectors.http.guarded import session
from district.kernel.connectors.refused import Refused
from district.kernel.wording import Sentence, term

CONNECT_S, READ_S, WHOLE_S = 5.0, 10.0, 20.0
MOST_BYTES = 32 * 1024 * 1024
STATUS = Sentence("对方返回状态码 %(status)s")
SLOW = Sentence("超过 %(seconds)s 秒没有收完")
LARGE = Sentence("内容超过 %(mb)s MB")
NO_ANSWER = Sentence("连接失败：%(error)s")


class NoAnswer(ValueError):
    """Nothing usable came. `retry_after_s`: what the other side asks us to wait, 0 nothing."""

    def __init__(self, code: str, words: str, *, status: int = 0, retry_after_s: float = 0.0) -> None:
        super().__init__(words)
        self.code = code
        self.status = status
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class Answer:
    """`body` None: not changed since the last time."""

    status: int
    body: bytes | None
    etag: str = ""
    last_modified: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(url: str, headers: Mapping[str, str], etag: str = "", last_modified: str = "") -> Answer:
    """Raises NoAnswer. Redirects are not followed: keys in `headers` go to the address that was registered only."""
    asked = {"Accept": "application/x-protobuf, application/octet-stream, */*", "User-Agent": "district-transit", **headers}
    if etag:
        asked["If-None-Match"] = etag
    if last_modified:
        asked["If-Modified-Since"] = last_modified
    try:
        with session() as asking, asking.get(url, headers=asked, stream=True, timeout=(CONNECT_S, READ_S),
                                             allow_redirects=False) as answer:  # fmt: skip
            return _read(answer)
    except Refused as refused:
        raise NoAnswer(refused.code, str(refused)) from refused
    except requests.Timeout as error:
        raise NoAnswer("timeout", SLOW(seconds=round(READ_S))) from error
    except requests.RequestException as error:
        raise NoAnswer("no_connection", NO_ANSWER(error=type(error).__name__)) from error


def _read(answer: requests.Response) -> Answer:
    status = answer.status_code
    marks = (answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:60])
    if status == 304:
        return Answer(status, None, *marks)
    if 300 <= status < 400:
        raise NoAnswer("redirected", term("对方要求转到另一地址，请登记最终地址"), status=status)
    if status in (401, 403):
        raise NoAnswer("forbidden", term("对方拒绝访问，请核对密钥"), status=status)
    if status != 200:
        raise NoAnswer("bad_status", STATUS(status=status), status=status, retry_after_s=_retry_after(answer))
    begun, parts, size = time.monotonic(), [], 0
    for part in answer.iter_content(65_536):
        size += len(part)
        if size > MOST_BYTES:
            raise NoAnswer("too_large", LARGE(mb=MOST_BYTES // 1024**2), status=status)
        if time.monotonic() - begun > WHOLE_S:
            raise NoAnswer("timeout", SLOW(seconds=round(WHOLE_S)), status=status)
        parts.append(part)
    return Answer(status, b"".join(parts), *marks)


def _retry_after(answer: requests.Response) -> float:
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isdigit() else 0.0


def headers_of(text: str) -> dict[str, str]:
    """`Name: value` lines. Raises ValueError for a line that is none, or a name that is ours to set."""
    found = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        is_name = bool(name) and all(each.isalnum() or each in "-_" for each in name) and name.isascii()
        if not (colon and is_name and value.isprintable() and value.isascii()):
            raise ValueError(term("请求头每行应为“名称: 值”"))
        if name.lower() in ("host", "content-length", "transfer-encoding", "connection"):
            raise ValueError(term("这个请求头不能设置"))
        found[name] = value
    return found
