"""A run of an acceptance list as it came out, and its file for whoever checks the digest."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404

from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import AcceptanceItem, AcceptanceRun
from ..actions.accepting import digest_of
from ..queries import projects_visible_to


def _seen(account: Any, key: UUID) -> AcceptanceRun:
    seen = projects_visible_to(account)
    return get_object_or_404(
        AcceptanceRun.objects.select_related("project", "by").filter(project__in=seen), key=key
    )


@part(of="projects", path="projects/runs/<uuid:key>/")
def run(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = _seen(request.user, key)
    return page(
        request,
        "programme/projects/run.html",
        {
            "run": found,
            "is_whole": digest_of(found) == found.digest,
            "kinds": dict(AcceptanceItem.Kind.choices),
            "acceptance": getattr(found, "acceptance", None),
            "asks_of": lambda asks: "，".join(f"{name}={value}" for name, value in asks.items()),
        },
    )


@part(of="projects", path="projects/runs/<uuid:key>/run.json")
def run_file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = _seen(request.user, key)
    answer = JsonResponse(
        {
            "key": str(found.key),
            "project": found.project.number,
            "at": found.at.astimezone(UTC).isoformat(),
            "results": found.results,
            "is_passed": found.is_passed,
            "by": found.by.username,
            "previous": found.previous,
            "digest": found.digest,
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.key}.json"'
    return answer
