"""The first page: how the six 全 of the clause stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from district.kernel.ui.render import page
from district.systems.governance.manifest import SYSTEM


def overview(request: HttpRequest) -> HttpResponse:
    return page(request, "governance/overview.html", {"system": SYSTEM})
