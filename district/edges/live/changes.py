"""Changes of shared rows as a stream: `GET /stream/<resource>` with the bearer token of a program.

Server-sent events: `id` is the number of the change (a client that comes back says `Last-Event-ID`), `event` put or
removed, `data` the change as the interface `/api/feeds/v1/` tells it. `event: ended` says why the stream is over:
the grant is asked again before each piece.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from django.db import close_old_connections, connection
from django.http import HttpRequest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from district.edges.live.fan_out import FanOut
from district.edges.live.readers import in_django
from district.kernel.datasets.models import Resource
from district.kernel.feeds import reading
from district.kernel.feeds.changes import topic_of
from district.kernel.grants import rules
from district.kernel.grants.entering import Entered, enter
from district.kernel.grants.refused import Refused

LOOK_AGAIN_S = 15.0
PIECE = 200


async def stream(request: Request, fan_out: FanOut) -> Response:
    """401, 403, 404 and 429 as problems; otherwise a stream that lasts as long as the grant."""
    try:
        entered, after = await in_django(_entered, request)
    except Refused as refused:
        body = {"title": str(refused), "code": refused.code, "status": refused.status}
        return Response(orjson.dumps(body), refused.status, media_type="application/problem+json")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_pieces(entered, after, fan_out), media_type="text/event-stream", headers=headers)


async def _pieces(entered: Entered, after: int, fan_out: FanOut) -> AsyncIterator[bytes]:
    reader = fan_out.join([topic_of(entered.resource.pk)])
    try:
        yield b"retry: 3000\n\n"
        while True:
            try:
                page = await in_django(_page, entered, after)
            except Refused as refused:
                yield b"event: ended\ndata: " + orjson.dumps({"code": refused.code, "title": str(refused)}) + b"\n\n"
                return
            after = page.next
            yield b"".join(map(_event, page.changes)) or b": alive\n\n"
            if not page.has_more:
                await _notice(reader.waiting)
    finally:
        fan_out.leave(reader)


async def _notice(waiting: asyncio.Queue[str]) -> None:
    """Until something is told, or it is time to look whether the grant still counts. What is told meanwhile is one."""
    try:
        await asyncio.wait_for(waiting.get(), LOOK_AGAIN_S)
    except TimeoutError:
        return
    while not waiting.empty():
        waiting.get_nowait()


def _event(change: dict[str, Any]) -> bytes:
    data = orjson.dumps(change, default=str)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (change["sequence"], change["op"].encode(), data)


def _entered(request: Request) -> tuple[Entered, int]:
    _fresh()
    asked = HttpRequest()
    asked.META = {
        "HTTP_AUTHORIZATION": request.headers.get("authorization", ""),
        "REMOTE_ADDR": request.client.host if request.client else "",
    }
    entered = enter(asked, request.path_params["resource"])
    if entered.rule.grant_id is None:
        raise Refused("no_grant", "变更只向有授权的应用提供", status=403)
    last = request.headers.get("last-event-id") or request.query_params.get("after") or ""
    resource = Resource.objects.get(pk=entered.resource.pk)
    return entered, int(last) if last.isdigit() else reading.newest(resource)


def _page(entered: Entered, after: int) -> reading.Page:
    _fresh()
    resource = Resource.objects.get(pk=entered.resource.pk)
    rule = rules.columns_and_rows(entered.viewer, resource)
    if rule is None or rule.grant_id is None:
        raise Refused("no_grant", "授权已收回、暂停或到期", status=403)
    return reading.changes_after(entered.viewer, rule, resource, after, PIECE)


def _fresh() -> None:
    if not connection.in_atomic_block:  # a test holds its own connection
        close_old_connections()
