"""公交开放数据: where to get what we tell; and the feeds of others that we take in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from google.protobuf.json_format import MessageToDict
from google.transit import gtfs_realtime_pb2 as realtime

from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.wording import term

from ..editions import queries as editions
from .building import KINDS
from .publishing import RENEWED, published

PROTOBUF = "application/x-protobuf"
WORDS = {
    "trip-updates": term("到站预报、取消与加开班次、不停靠站点"), "vehicle-positions": term("车辆位置、下一站、载客率"),
    "alerts": term("临时调整提示（中文、英文）"), "all": term("以上全部"),
    "trip-modifications": term("绕行：改走的路线、临时站点（试行规范，单独提供）"),
}  # fmt: skip


def open_data(request: HttpRequest) -> HttpResponse:
    """Addresses, licence and rules for those who build on our data."""
    edition = editions.in_force()
    feeds = [
        {
            "kind": kind, "words": WORDS[kind], "pb": request.build_absolute_uri(_address(kind, "pb")),
            "json": request.build_absolute_uri(_address(kind, "json")),
        }
        for kind in KINDS
    ]  # fmt: skip
    context = {"feeds": feeds, "edition": edition, "seconds": int(RENEWED.total_seconds())}
    return page(request, "transit/feeds/open_data.html", context)


@part(of="open_data", path="gtfs-rt/<slug:kind>.pb", methods=("GET", "HEAD"))
def realtime_feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A whole feed as protobuf; asked conditionally it answers 304 while nothing is newer."""
    return _answer(request, kind, lambda body: HttpResponse(body, content_type=PROTOBUF))


@part(of="open_data", path="gtfs-rt/<slug:kind>.json", methods=("GET", "HEAD"))
def realtime_json(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same as JSON, to look at."""
    return _answer(request, kind, lambda body: JsonResponse(_plain(body), json_dumps_params={"ensure_ascii": False}))


def _answer(request: HttpRequest, kind: str, made: Any) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404(kind)
    feed = published(kind)
    etag, modified = f'"{feed.etag}"', int(feed.made_at.timestamp())
    answer = get_conditional_response(request, etag, modified) or made(bytes(feed.body))
    answer["ETag"], answer["Last-Modified"] = etag, http_date(modified)
    answer["Cache-Control"] = "public, max-age=5"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _plain(body: bytes) -> dict[str, Any]:
    message = realtime.FeedMessage.FromString(body)
    return MessageToDict(message, preserving_proto_field_name=True)


def _address(kind: str, ending: str) -> str:
    return reverse("transit:realtime_feed" if ending == "pb" else "transit:realtime_json", args=[kind])


__all__ = ["open_data", "realtime_feed", "realtime_json"]
