"""A receiver of messages as a department would write one: checks the signature, remembers the ids it has seen."""

from __future__ import annotations

import json
import random
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from district.kernel.feeds import signing


class Receiver:
    """Listens on a free port of the loopback address. `fails` is the share of messages it answers with 500, half of
    them after it has taken them. `taken` are the messages it has taken, each id once, in order."""

    def __init__(self, secret: str = "", fails: float = 0.0, seed: int = 1, status: int = 500) -> None:
        self.secret, self.fails, self.status = secret, fails, status
        self.chance = random.Random(seed)
        self.taken: list[dict[str, Any]] = []
        self.ids: set[str] = set()
        self.repeats = 0
        self.unsigned = 0
        self.posts = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/changes"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def receive(self, headers: dict[str, str], body: bytes) -> int:
        with self.lock:
            self.posts += 1
            try:
                message_id = signing.verify(self.secret, headers, body, int(time.time()))
            except signing.BadSignature:
                self.unsigned += 1
                return 401
            fails = self.chance.random() < self.fails
            if fails and self.chance.random() < 0.5:
                return self.status
            if message_id in self.ids:
                self.repeats += 1
            else:
                self.ids.add(message_id)
                self.taken.append(json.loads(body)["data"] | {"type": json.loads(body)["type"]})
            return self.status if fails else 204

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if len(body) < int(self.headers["Content-Length"]):  # the sender was killed while it sent
                    return
                status = receiver.receive({name.lower(): value for name, value in self.headers.items()}, body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def handle_one_request(self) -> None:
                with suppress(ConnectionError):  # the sender was killed
                    return super().handle_one_request()
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
