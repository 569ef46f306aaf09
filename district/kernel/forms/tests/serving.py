"""The site behind a real socket, for clients that are used as they are."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def finish_request(self, request: Any, client_address: Any) -> None:
        try:
            super().finish_request(request, client_address)
        finally:
            connection.close()


def _unchunked(application: Callable[..., Any]) -> Callable[..., Any]:
    """What a server does before an application sees a body sent in chunks; that of the standard library does not."""

    def answered(environ: dict[str, Any], start_response: Any) -> Any:
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            source, parts = environ["wsgi.input"], []
            while size := int(source.readline().split(b";")[0], 16):
                parts.append(source.read(size))
                source.readline()
            source.readline()
            environ["wsgi.input"] = BytesIO(b"".join(parts))
        return application(environ, start_response)

    return answered


@contextmanager
def site() -> Iterator[str]:
    """Its address, `http://127.0.0.1:…`."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(_unchunked(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
