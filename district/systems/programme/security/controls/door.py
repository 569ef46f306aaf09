"""The web door of the platform as anybody on the network meets it: real requests to the port it listens at."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode

from district.kernel import home

TIMEOUT_S = 10


class DoorClosed(Exception):
    """Nothing answers there; what it was to show stays unknown."""


@dataclass(frozen=True)
class Answer:
    """Header names in lower case; `cookies` are the whole Set-Cookie lines."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: str


class Door(Protocol):
    def get(self, path: str) -> Answer: ...

    def post(self, path: str, form: Mapping[str, str]) -> Answer: ...


class WebDoor:
    """Keeps the cookies it is given, follows no redirect."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or home.port()
        self.jar: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(form))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Accept": "text/html"}
        if self.jar:
            headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in self.jar.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read(500_000).decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise DoorClosed(f"127.0.0.1:{self.port} {error}") from error
        finally:
            connection.close()
        cookies = tuple(answer.headers.get_all("Set-Cookie") or ())
        for line in cookies:
            self.jar.load(line)
        return Answer(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, cookies, text
        )
