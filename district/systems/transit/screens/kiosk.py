"""电子站牌: the page that a browser at a stop shows for days, its programme, its media, and what it reports."""

from __future__ import annotations

import orjson
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from district.kernel.files import content_store
from district.kernel.files.models import StoredFile
from district.kernel.ui.live import door_url
from district.kernel.ui.offline import offline_worker
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..models import Screen
from ..public.limits import TooOften, hold_back
from ..public.words import script_words
from . import actions
from .queries import media_of, programme_of, software_version
from .words import screen_words

MOST_REPORT_BYTES = 256_000
MOST_REPORTS = 30
YEAR_S = 365 * 24 * 3600


@part(of="departures", path="screens/<slug:key>/")
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """The whole screen; kept by its service worker, and filled by script from what is kept or told."""
    found = _screen(key)
    return page(request, "transit/screens/kiosk.html", {
        "screen": found, "software": software_version(), "live_door": door_url(request),
        "script_words": script_words() | screen_words(),
    })  # fmt: skip


@part(of="departures", path="screens/<slug:key>/programme.json")
@never_cache
def screen_programme(request: HttpRequest, key: str) -> HttpResponse:
    programme = programme_of(_screen(key))
    tag = f'"{programme["version"]}-{programme["software"]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(orjson.dumps(programme), content_type="application/json", headers={"ETag": tag})


@part(of="departures", path="screens/<slug:key>/media/<int:file_id>/<slug:digest>")
def screen_media(request: HttpRequest, key: str, file_id: int, digest: str) -> HttpResponseBase:
    """A picture or video of what is released for the screen; its address tells its content."""
    found = _screen(key)
    file = get_object_or_404(StoredFile, pk=file_id)
    if not file.sha256.startswith(digest) or file_id not in media_of(found):
        raise Http404("not for this screen")
    try:
        content = content_store.path_of(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("the content is not there") from error
    headers = {"Cache-Control": f"private, max-age={YEAR_S}, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(content, content_type=file.media_type, headers=headers)


@part(of="departures", path="screens/<slug:key>/report", methods=("POST",))
@csrf_exempt
def screen_report(request: HttpRequest, key: str) -> HttpResponse:
    """A heartbeat with proofs of play: no cookie comes with it, the key in its address says who it is."""
    found = _screen(key)
    try:
        hold_back("screen", key, MOST_REPORTS, 60)
        told = orjson.loads(request.body[:MOST_REPORT_BYTES])
    except TooOften as late:
        return JsonResponse({"error": "too_often"}, status=429, headers={"Retry-After": str(late.wait_s)})
    except orjson.JSONDecodeError:
        return JsonResponse({"error": "not_json"}, status=400)
    if not isinstance(told, dict):
        return JsonResponse({"error": "not_object"}, status=400)
    return JsonResponse({"taken": actions.report(found, told)})


@part(of="departures", path="screens/<slug:key>/worker.js")
def screen_worker(request: HttpRequest, key: str) -> HttpResponseBase:
    return offline_worker()


def _screen(key: str) -> Screen:
    return get_object_or_404(Screen, key=key, is_active=True)
