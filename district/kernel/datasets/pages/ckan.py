"""`/api/3/action/…`: CKAN's Action API over the open catalogue, to be read by anybody."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from district.kernel.datasets.ckan.errors import ApiError, Invalid, NotAuthorized
from district.kernel.datasets.ckan.parameters import Parameters
from district.kernel.datasets.ckan.reading import ACTIONS, is_writing
from district.kernel.datasets.pages.limits import at_most
from district.kernel.people.access import allow

MOST_BYTES = 100_000
MOST_A_MINUTE = 600


def _too_many(request: HttpRequest, text: str) -> HttpResponseBase:
    return _json({"success": False, "error": {"__type": "Too Many Requests", "message": text}}, 429)


# Nothing is changed here and no session is asked for, so there is nothing a forged request could do.
@csrf_exempt
@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(MOST_A_MINUTE, "ckan", _too_many)
def ckan(request: HttpRequest, action: str) -> HttpResponseBase:
    """Answers `{"help", "success", "result"}`, or `"error"` with CKAN's types and statuses."""
    site = request.build_absolute_uri("/")
    help_address = f"{site}api/3/action/help_show?name={action}"
    try:
        if is_writing(action):
            raise NotAuthorized("Access denied: this catalogue is read-only")
        if action not in ACTIONS:
            return _json(f"Bad request - Action name not known: {action}", 400)
        result = ACTIONS[action](Parameters(_given(request)), site)
    except ApiError as error:
        return _json({"help": help_address, "error": error.body(), "success": False}, error.status)
    return _json({"help": help_address, "success": True, "result": result}, 200)


@allow("public")
def ckan_root(request: HttpRequest) -> HttpResponseBase:
    """Which version of the API this is."""
    return _json({"version": 3}, 200)


def _given(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        return {name: request.GET[name] for name in request.GET}
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given = {name: request.POST[name] for name in request.POST}
        # CKAN takes a whole JSON text sent as a form too.
        if len(given) != 1 or "" not in given.values():
            return given
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise Invalid("JSON Error: the request is too large")
    try:
        found = orjson.loads(request.body or b"{}")
    except orjson.JSONDecodeError as error:
        raise Invalid(f"JSON Error: Error decoding JSON data: {error}") from error
    if not isinstance(found, dict):
        raise Invalid("JSON Error: Request data JSON decoded is not a dict")
    return found


def _json(body: Any, status: int) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(body), status=status, content_type="application/json;charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
