"""Which ports this machine listens at, read from the kernel, and which the platform says it opens."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from district.kernel import home, registry

LISTENING = "0A"
TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


def listening() -> list[tuple[int, bool]] | None:
    """Port and whether only this machine reaches it; None where there is no such table (not Linux)."""
    there = [table for table in TABLES if table.exists()]
    return [found for table in there for found in read_table(table.read_text())] if there else None


def read_table(text: str) -> list[tuple[int, bool]]:
    """`/proc/net/tcp`: address and port in hexadecimal, the bytes of each word of the address turned round."""
    found = []
    for line in text.splitlines()[1:]:
        parts = line.split()
        if len(parts) > 3 and parts[3] == LISTENING:
            address, port = parts[1].split(":")
            found.append((int(port, 16), is_loopback(address)))
    return found


def is_loopback(address: str) -> bool:
    """`0100007F` is 127.0.0.1; `…01000000` after zeros is ::1; `FFFF0000` before a loopback address is a mapped one."""
    if len(address) == 8:
        return address.endswith("7F")
    return address == "0" * 24 + "01000000" or (address[16:24] == "FFFF0000" and address.endswith("7F"))


def declared_ports() -> set[int]:
    """Of the web, the live door, the gateway's health, the field protocols and the database."""
    web = home.port()
    live = int(os.environ.get("DISTRICT_LIVE_PORT") or web + 1)
    gateway = int(os.environ.get("DISTRICT_GATEWAY_HTTP") or web + 2)
    offset = int(os.environ.get("DISTRICT_PORT_OFFSET") or 0)
    fields = {listen.port + offset for _system, listen in registry.listens()}
    database = urlsplit(home.database_url()).port
    return {web, live, gateway, *fields, *({database} if database else ())}
