"""What stands where, in one look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from district.kernel.ui.render import page


def overview(request: HttpRequest) -> HttpResponse:
    return page(request, "affairs/overview.html", {})
