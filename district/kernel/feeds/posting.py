"""One POST of one message, to an address that was checked. No Django."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from district.kernel.connectors import addresses
from district.kernel.connectors.refused import Refused
from district.kernel.feeds import signing
from district.kernel.feeds.bodies import Message

TIMEOUT_S = 10.0
LONGEST_ANSWER = 4_096
LONGEST_PAUSE_S = 3_600.0
GONE = 410


@dataclass(frozen=True)
class Answer:
    """`status` None: no answer came. 2xx is taken; a redirect is not followed, since it was not checked."""

    status: int | None
    error: str = ""
    retry_after_s: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == GONE


class Address:
    """Where a receiver listens. Keeps a connection for each thread; the address that was checked is connected to."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.scheme, self.host = parts.scheme, parts.hostname or ""
        self.port = parts.port or (443 if parts.scheme == "https" else 80)
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._own = threading.local()

    def post(self, secret: str, message: Message) -> Answer:
        """Never raises for what the other side or the network does."""
        headers = signing.headers(secret, message.id, int(time.time()), message.body)
        headers |= {"Content-Type": "application/json; charset=utf-8", "User-Agent": "District-Webhooks/1"}
        was_kept = getattr(self._own, "connection", None) is not None
        answer = self._tried(message.body, headers)
        if answer.status is None and was_kept:
            # A kept connection may have been closed meanwhile: that says nothing about the receiver.
            answer = self._tried(message.body, headers)
        return answer

    def _tried(self, body: bytes, headers: dict[str, str]) -> Answer:
        try:
            return self._sent(body, headers)
        except Refused as error:
            return Answer(None, f"{error.code}：{error}")
        except (http.client.HTTPException, OSError) as error:
            return Answer(None, f"连接失败：{type(error).__name__}")

    def _sent(self, body: bytes, headers: dict[str, str]) -> Answer:
        connection = self._connection()
        try:
            connection.request("POST", self.path, body, headers)
            answer = connection.getresponse()
            answer.read(LONGEST_ANSWER)
        except BaseException:
            self._drop()
            raise
        if not answer.isclosed():  # a longer answer than anybody reads: the connection cannot be used again
            self._drop()
        error = "" if 200 <= answer.status < 300 else f"接收方答复 {answer.status}"
        return Answer(answer.status, error, _pause(answer.getheader("Retry-After") or ""))

    def _connection(self) -> http.client.HTTPConnection:
        known: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if known is not None:
            return known
        made = self._connected()
        self._own.connection = made
        return made

    def _connected(self) -> http.client.HTTPConnection:
        [address, *_] = addresses.resolve(self.host, self.port)
        plain = socket.create_connection((address, self.port), timeout=TIMEOUT_S)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_S)
        if self.scheme == "https":
            made.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        else:
            made.sock = plain
        return made

    def _drop(self) -> None:
        known: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        self._own.connection = None
        if known is not None:
            known.close()


def _pause(text: str) -> float:
    """Retry-After in seconds; its other form, a date, is left out."""
    return min(float(text), LONGEST_PAUSE_S) if text.isdigit() else 0.0
