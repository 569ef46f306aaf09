"""What a request carries, read within limits whatever way it was sent."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest

from district.kernel.forms.central import problems
from district.kernel.forms.central.problems import Problem

CHUNK = 1 << 16


def body_of(request: HttpRequest, most: int) -> bytes:
    """All bytes. Sent in chunks there is no length beforehand, and Django reads nothing by itself."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    source: Any = (
        request.META["wsgi.input"] if is_chunked and not request.META.get("CONTENT_LENGTH") else request
    )
    parts, size = [], 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise Problem(413.1, f"The request is larger than {most} bytes.", most=most)
        parts.append(chunk)
    return b"".join(parts)


MOST_JSON = 20 * 1024 * 1024


def json_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body; empty when there is none."""
    content = body_of(request, MOST_JSON)
    if not content:
        return {}
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise problems.unparseable("json", len(content)) from error
    if not isinstance(found, dict):
        raise problems.bad_type(type(found).__name__, "object")
    return found


def text_in(given: dict[str, Any], field: str) -> str:
    """A text that must be there."""
    value = given.get(field)
    if value is None or value == "":
        raise problems.missing(field)
    if not isinstance(value, str):
        raise problems.bad_type(value, "string")
    return value


def is_true(request: HttpRequest, name: str) -> bool:
    return request.GET.get(name, "").lower() == "true"


def whole_number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name)
    if value is None or value == "":
        return None
    if not value.isdigit() or len(value) > 15:
        raise problems.bad_type(value, "integer")
    return int(value)
