"""The real site with one address more: the same page of rows without any rule, for `bench.delivery`."""

from __future__ import annotations

import hashlib
import os

import django
import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
django.setup()

from district.edges.web.api import api  # noqa: E402 - Django must be set up first
from district.kernel import clock  # noqa: E402
from district.kernel.grants import prepared  # noqa: E402
from district.kernel.grants.entering import bearer  # noqa: E402
from district.kernel.people.access import allow  # noqa: E402

WHO = """
    SELECT c.id FROM oauth2_provider_accesstoken t JOIN grants_client c ON c.application_id = t.application_id
    WHERE t.token_checksum = %(token)s AND t.expires > %(now)s AND c.is_active
"""
COLUMNS = ("id", "name", "number", "phone", "address", "town", "amount", "born_on")
ROWS = f"""
    SELECT {", ".join(COLUMNS)} FROM bench_people
    WHERE starts_with(town, %(town)s) AND id >= %(least)s ORDER BY id LIMIT 101
"""
router = Router()


@router.get("/rows")
@decorate_view(allow("public"))
def rows(request: HttpRequest) -> HttpResponse:
    token = hashlib.sha256(bearer(request).encode()).hexdigest()
    if prepared.one(WHO, {"token": token, "now": clock.now()}) is None:
        return HttpResponse(status=401)
    values = {"town": request.GET["town.prefix"], "least": int(request.GET["id.ge"])}
    found = prepared.every(ROWS, values)
    body = orjson.dumps(
        {"rows": [dict(zip(COLUMNS, row, strict=True)) for row in found[:100]], "next": str(found[-1][0])},
        default=str,
    )
    return HttpResponse(body, content_type="application/json")


api.add_router("/bare", router)

from district.edges.web.wsgi import application  # noqa: E402 - after the address was added

__all__ = ["application"]
