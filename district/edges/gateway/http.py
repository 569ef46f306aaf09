"""`/health` and `/metrics` on the loopback address. HTTP/1.0 in a few lines: nobody but our own asks."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from district.edges.gateway.gateway import Gateway

REASONS = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 503: "Service Unavailable"}
PATIENCE_S = 5.0


class Endpoint:
    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def start(self, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", port, limit=8192)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
            method, path, *_ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ") + [""]
            status, kind, body = self._answer(method, path.partition("?")[0])
            writer.write(
                f"HTTP/1.0 {status} {REASONS[status]}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
                "Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode() + (b"" if method == "HEAD" else body)
            )
            await asyncio.wait_for(writer.drain(), PATIENCE_S)
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass  # the asker has gone, or was none; nobody is left to be told
        finally:
            writer.close()

    def _answer(self, method: str, path: str) -> tuple[int, str, bytes]:
        if method not in ("GET", "HEAD"):
            return 405, "text/plain", b"GET only\n"
        if path == "/health":
            state = self.gateway.state()
            body = json.dumps(state, ensure_ascii=False).encode()
            return (200 if state["status"] == "ok" else 503), "application/json; charset=utf-8", body
        if path == "/metrics":
            return 200, "text/plain; version=0.0.4; charset=utf-8", self.gateway.counters.text()
        return 404, "text/plain", b"/health, /metrics\n"
