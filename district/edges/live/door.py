"""The live door: server-sent events for the pages, beside the web process (see docs/adr/0004).

`GET /live?topics=a,b` is a stream of `data: {"topic": …, "data": …}`; `event: missed` says that notices were lost
and the page should read again; `event: refused` names topics this reader may not hear. `GET /health` for monitoring.
`GET /stream/<resource>` are changes of shared rows for programs, see `live.changes`; `GET /stream/<system>/<name>` what many
read alike, see `live.shared`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from district.edges import ports
from district.edges.live import changes
from district.edges.live.fan_out import FanOut, Reader
from district.edges.live.readers import topics_heard
from district.edges.live.shared import Rooms

HEARTBEAT_S = 15.0
CHECK_AGAIN_S = 60.0
MOST_TOPICS = 50
MOST_READERS = int(os.environ.get("DISTRICT_LIVE_READERS") or 5_000)

fan_out = FanOut()
rooms = Rooms(fan_out)


async def live(request: Request) -> Response:
    """A stream for the topics this reader may hear; 403 when there is none, 503 when the house is full."""
    origin = request.headers.get("origin", "")
    if origin and not is_ours(origin, request.headers.get("host", "")):
        return JSONResponse({"error": "wrong_origin", "detail": f"不接受来自 {origin} 的请求"}, status_code=403)
    headers = cors(origin)
    topics = frozenset(filter(None, request.query_params.get("topics", "").split(",")))
    if not topics or len(topics) > MOST_TOPICS:
        detail = f"topics：{len(topics)} 个，应为 1 至 {MOST_TOPICS} 个"
        return JSONResponse({"error": "bad_topics", "detail": detail}, status_code=400, headers=headers)
    if fan_out.count >= MOST_READERS:
        return JSONResponse({"error": "full", "detail": "连接数已满"}, status_code=503, headers=headers)
    session_key = request.cookies.get(settings.SESSION_COOKIE_NAME, "")
    heard = await topics_heard(session_key, topics)
    if not heard:
        return JSONResponse({"error": "not_allowed", "detail": "无权接收这些主题"}, status_code=403, headers=headers)
    stream = _stream(session_key, heard, topics - heard)
    headers |= {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(session_key: str, heard: frozenset[str], refused: frozenset[str]) -> AsyncIterator[bytes]:
    reader = fan_out.join(heard)
    loop = asyncio.get_running_loop()
    check_at = loop.time() + CHECK_AGAIN_S
    try:
        yield b"retry: 3000\n\n"
        if refused:
            yield b"event: refused\ndata: " + orjson.dumps(sorted(refused)) + b"\n\n"
        while True:
            yield await _next(reader)
            if loop.time() >= check_at:
                # Signed out, duty ended, session too old: the stream ends with what allowed it.
                if await topics_heard(session_key, heard) != heard:
                    return
                check_at = loop.time() + CHECK_AGAIN_S
    finally:
        fan_out.leave(reader)


async def _next(reader: Reader) -> bytes:
    """The next piece of a reader's stream: a notice, a loss, or a sign of life."""
    if reader.has_missed and reader.waiting.empty():
        reader.has_missed = False
        return b"event: missed\ndata: {}\n\n"
    try:
        payload = await asyncio.wait_for(reader.waiting.get(), HEARTBEAT_S)
    except TimeoutError:
        return b": alive\n\n"
    return b"data: " + payload.replace("\n", " ").encode() + b"\n\n"


async def stream(request: Request) -> Response:
    """Changes of shared rows for programs, see `live.changes`."""
    if fan_out.count >= MOST_READERS:
        return JSONResponse({"error": "full", "detail": "连接数已满"}, status_code=503)
    return await changes.stream(request, fan_out)


async def shared(request: Request) -> Response:
    """What many read alike, see `live.shared`."""
    if fan_out.count + rooms.count >= MOST_READERS:
        return JSONResponse({"error": "full", "detail": "连接数已满"}, status_code=503)
    return await rooms.serve(request)


async def health(request: Request) -> Response:
    """200 while it hears the database, 503 otherwise."""
    body = {"status": "ok" if fan_out.is_listening else "fail", "readers": fan_out.count + rooms.count, "heard": fan_out.heard}
    return JSONResponse(body, status_code=200 if fan_out.is_listening else 503)


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of ours asks: the same host on the web's port, or an origin the settings name."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    asking, here = urlsplit(origin), urlsplit(f"//{host}")
    if asking.hostname is None or asking.hostname != here.hostname:
        return False
    port = asking.port or {"http": 80, "https": 443}.get(asking.scheme)
    return port in (ports.web_port(), here.port)


def cors(origin: str) -> dict[str, str]:
    """The door has a port of its own, so to a browser it is another origin; the cookie must come along."""
    if not origin:
        return {}
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", "Vary": "Origin"}


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    fan_out.start()
    yield
    await fan_out.stop()


application = Starlette(
    routes=[Route("/live", live), Route("/stream/{resource}", stream), Route("/stream/{system}/{name}", shared),
            Route("/health", health)], lifespan=_lifespan
)
