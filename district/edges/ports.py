"""The ports of one installation, all counted from DISTRICT_PORT."""

from __future__ import annotations

import os

from district.kernel import home


def web_port() -> int:
    return home.port()


def live_port() -> int:
    """The door of server-sent events."""
    return int(os.environ.get("DISTRICT_LIVE_PORT") or home.port() + 1)


def gateway_http_port() -> int:
    """Health and metrics of the gateway, on the loopback address only."""
    return int(os.environ.get("DISTRICT_GATEWAY_HTTP") or home.port() + 2)


def field_port(declared: int) -> int:
    """The port of a field protocol; DISTRICT_PORT_OFFSET moves them all, for a second installation."""
    return declared + int(os.environ.get("DISTRICT_PORT_OFFSET") or 0)
