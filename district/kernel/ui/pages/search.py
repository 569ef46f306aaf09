"""The search page, and the list under the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from district.kernel.people.access import allow
from district.kernel.ui import search as district_search
from district.kernel.ui.render import page

SHOWN_UNDER_THE_BOX = 10


@allow("public")
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """`?q=`: what of it this reader may see."""
    query = request.GET.get("q", "")[:100]
    hits = district_search.find(query, request.user)
    if request.headers.get("HX-Target") == "d-hits":
        context = {"hits": hits[:SHOWN_UNDER_THE_BOX], "more": len(hits) > SHOWN_UNDER_THE_BOX, "query": query}
        answer = page(request, "ui/_hits.html", context)
    else:
        answer = page(request, "ui/search.html", {"hits": hits, "query": query})
    patch_vary_headers(answer, ["HX-Target"])
    return answer
