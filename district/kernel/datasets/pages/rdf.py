"""The catalogue as DCAT: what is open for anybody, all that is published for staff."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from district.kernel.datasets.dcat.negotiation import FORMS, WRITERS, wanted_form
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.open_rows import OPEN
from district.kernel.datasets.pages.limits import at_most
from district.kernel.datasets.posts import visible_resources
from district.kernel.datasets.queries import with_figures
from district.kernel.people.access import allow, live_duties

PAGE_SIZE = 100
GRAPHS_A_MINUTE = 240


@allow("public")
@require_safe
@at_most(GRAPHS_A_MINUTE, "dcat")
def dcat(request: HttpRequest, form: str = "") -> HttpResponseBase:
    """`catalog.ttl`, `.jsonld`, `.rdf`, or `catalog` by Accept; `?page=` from 1, linked by hydra."""
    chosen = form or wanted_form(request.headers.get("Accept", ""))
    if chosen is None:
        return _not_acceptable()
    if chosen not in FORMS:
        raise Http404(chosen)
    from district.kernel.datasets.dcat.graph import Paging, catalogue_graph

    asked = request.GET.get("page", "1")
    found = _entries(request).order_by("code")
    paging = Paging(
        chosen, int(asked) if asked.isdecimal() and len(asked) < 9 else 1, PAGE_SIZE, found.count()
    )
    if not 1 <= paging.number <= paging.last:
        raise Http404(f"page {asked}")
    start = (paging.number - 1) * PAGE_SIZE
    entries = list(found[start : start + PAGE_SIZE])
    return _answer(request, catalogue_graph(_names(request), entries, paging, _delivered(entries)), chosen)


@allow("public")
@require_safe
@at_most(GRAPHS_A_MINUTE, "dcat")
def dcat_resource(request: HttpRequest, name: str, form: str = "") -> HttpResponseBase:
    """One entry."""
    chosen = form or wanted_form(request.headers.get("Accept", ""))
    if chosen is None:
        return _not_acceptable()
    from district.kernel.datasets.dcat.graph import dataset_graph

    entry = _entries(request).filter(name=name).first()
    if entry is None:
        raise Http404(name)
    return _answer(
        request, dataset_graph(_names(request), entry, is_delivered=bool(_delivered([entry]))), chosen
    )


def _entries(request: HttpRequest) -> QuerySet[Resource]:
    if live_duties(request.user):
        seen = visible_resources(request.user).filter(shelf=Shelf.PUBLISHED)
    else:
        seen = Resource.objects.filter(OPEN)
    return with_figures(seen).prefetch_related("items", "related")


def _delivered(entries: list[Resource]) -> frozenset[int]:
    """Those whose files anybody may take."""
    return frozenset(
        entry.pk for entry in entries
        if getattr(entry, "is_delivered", False) and entry.is_open_to_public and entry.share != "closed"
    )  # fmt: skip


def _names(request: HttpRequest) -> Any:
    from district.kernel.datasets.dcat.names import Names

    return Names(request.build_absolute_uri("/"))


def _answer(request: HttpRequest, graph: Any, form: str) -> HttpResponse:
    answer = HttpResponse(
        graph.serialize(format=WRITERS[form], encoding="utf-8"), content_type=f"{FORMS[form]}; charset=utf-8"
    )
    answer["Vary"] = "Accept, Cookie"
    answer["Access-Control-Allow-Origin"] = "*"
    if not request.user.is_authenticated:
        answer["Cache-Control"] = "public, max-age=60"
    return answer


def _not_acceptable() -> HttpResponse:
    return HttpResponse("406: " + ", ".join(FORMS.values()), status=406, content_type="text/plain")
