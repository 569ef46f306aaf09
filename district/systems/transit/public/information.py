"""资讯: announcements, news, services of the town, weather and shops near a stop, for passengers' phones."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from district.kernel.files import content_store
from district.kernel.ui.routing import part

from ..notices.queries import bulletins_shown, services_found, shops_near, topics_shown, weather_now
from .board import alerts_in_force
from .light import light_page
from .network import network_in_force

MOST_SHOWN = 30


def information(request: HttpRequest) -> HttpResponse:
    """`?q=`, `?topic=` search 市政信息; `?stop=` shops near it."""
    network = network_in_force()
    asked, chosen = request.GET.get("q", "")[:40], request.GET.get("topic", "")[:40]
    stop = network.schedule.stops.get(request.GET.get("stop", "")) if network else None
    context: dict[str, Any] = {
        "tab": "information", "alerts": alerts_in_force(), "weather": weather_now(), "asked": asked, "chosen": chosen,
        "notices": bulletins_shown("notice")[:MOST_SHOWN], "news": bulletins_shown("news")[:MOST_SHOWN],
        "services": services_found(asked, chosen), "topics": topics_shown(), "stop": stop,
        "shops": shops_near([(stop.lon, stop.lat)]) if stop else [],
    }  # fmt: skip
    return light_page(request, "transit/public/information.html", context, kept_s=60)


@part(of="information", path="information/<int:pk>/")
def public_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(bulletins_shown(), pk=pk)
    return light_page(
        request, "transit/public/bulletin.html", {"tab": "information", "bulletin": found}, kept_s=60
    )


@part(of="information", path="information/<int:pk>/picture")
def public_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of what is released, and only while it is."""
    found = get_object_or_404(bulletins_shown().select_related("picture"), pk=pk, picture__isnull=False)
    file: Any = found.picture
    try:
        content = content_store.path_of(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("the content is not there") from error
    return FileResponse(
        content, content_type=file.media_type, headers={"Cache-Control": "public, max-age=600"}
    )
