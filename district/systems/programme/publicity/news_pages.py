"""宣传 in public: what was released, for anybody, with no cookie and nothing noted of who reads."""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.files.models import FileLink
from district.kernel.files.pages import file_response
from district.kernel.ui.map import Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..models import Article
from .pages import FILES_OF
from .queries import articles_public, events_public
from .reach import count_view, is_reader, way_of

PER_PAGE = 12


def news(request: HttpRequest) -> HttpResponseBase:
    """Newest first, by section; events with their places."""
    section = request.GET.get("section", "")
    found = articles_public()
    if section in Article.Category.values:
        found = found.filter(category=section)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    events = list(events_public()[:10])
    features = [
        {"type": "Feature", "id": event.pk, "geometry": {"type": "Point", "coordinates": [event.lon, event.lat]},
         "properties": {"name": event.title, "place": event.place}}
        for event in events if event.lon is not None
    ]  # fmt: skip
    places = Map(
        "events",
        layers=[Layer("events", _("宣传活动"), data={"type": "FeatureCollection", "features": features})],
    )
    return page(request, "programme/publicity/news.html", {
        "shown": shown, "section": section, "sections": Article.Category.choices, "events": events,
        "places": places if features else None,
    })  # fmt: skip


@part(of="news", path="news/<int:pk>/")
def news_article(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Counted when a person without an account of ours seems to read it."""
    found = get_object_or_404(articles_public(), pk=pk)
    is_counted = request.method == "GET" and not request.user.is_authenticated
    if is_counted and is_reader(request.headers.get("User-Agent", ""), request.headers):
        count_view(found.pk, today(), way_of(request.headers.get("Referer", ""), request.get_host()))
    answer = page(request, "programme/publicity/article.html", {
        "article": found, "crumbs": [(_("宣传专栏"), reverse("programme:news"))],
    })  # fmt: skip
    answer["Cache-Control"] = "no-cache"
    return answer


@part(of="news", path="news/<int:pk>/picture")
def news_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(articles_public().filter(picture__isnull=False), pk=pk)
    link = FileLink.objects.select_related("file").filter(
        file=found.picture_id, subject_kind=FILES_OF, subject=str(found.pk)
    ).first()  # fmt: skip
    if link is None:
        raise Http404("no picture")
    return file_response(link, is_shown=True)


@part(of="news", path="news/feed.xml")
def news_feed(request: HttpRequest) -> HttpResponseBase:
    """Atom (RFC 4287), the newest twenty."""
    found = list(articles_public()[:20])
    home = request.build_absolute_uri(reverse("programme:news"))
    updated = found[0].published_at.isoformat() if found else "1970-01-01T00:00:00+00:00"
    entries = "".join(
        f'<entry><id>{escape(address)}</id><title>{escape(each.title)}</title><link href="{escape(address)}"/>'
        f"<updated>{each.published_at.isoformat()}</updated><author><name>{escape(each.source)}</name></author>"
        f"<summary>{escape(each.summary)}</summary></entry>"
        for each in found
        for address in [request.build_absolute_uri(reverse("programme:news_article", args=[each.pk]))]
    )
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>{escape(home)}</id>'
        f"<title>{escape(_('智慧周村宣传专栏'))}</title>"
        f'<link href="{escape(home)}"/><updated>{updated}</updated>{entries}</feed>'
    )
    return HttpResponse(
        body, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": "max-age=300"}
    )
