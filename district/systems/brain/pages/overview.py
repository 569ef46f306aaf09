"""One view per Page in the manifest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from district.kernel.ui.render import page
from district.systems.brain.manifest import SYSTEM


def overview(request: HttpRequest) -> HttpResponse:
    return page(request, "brain/overview.html", {"system": SYSTEM})
