"""An HTTP interface on this machine, which the operator has allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from district.kernel.connectors import addresses

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Interface:
    port: int
    answer: Callable[[Asked], Reply] = lambda asked: (404, {}, b"")
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/rows"


@pytest.fixture(scope="session")
def _server() -> Iterator[Interface]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(
                self.command, parts.path, dict(parse_qsl(parts.query)), headers, self.rfile.read(size)
            )
            made.asked.append(asked)
            status, headers, body = made.answer(asked)
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Interface(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def interface(_server: Interface, monkeypatch: pytest.MonkeyPatch) -> Interface:
    monkeypatch.setenv(addresses.VARIABLE, f"127.0.0.1:{_server.port}")
    _server.asked.clear()
    return _server
