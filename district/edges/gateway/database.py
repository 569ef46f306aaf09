"""Connections of the gateway, and how long it waits before it tries again."""

from __future__ import annotations

from typing import Any

import psycopg

from district.kernel import home

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0

AWAY = (psycopg.OperationalError, psycopg.InterfaceError)
"""What psycopg raises when the database is away, shuts down, or has no room: try again later."""


def connect(name: str, autocommit: bool = False) -> psycopg.Connection[Any]:
    """A connection that notices within seconds when the other end is gone. RuntimeError before `make up`."""
    connection = psycopg.connect(
        home.database_url(), autocommit=autocommit, connect_timeout=5, application_name=f"district {name}",
        keepalives_idle=10, keepalives_interval=5, keepalives_count=3, tcp_user_timeout=20_000,
    )  # fmt: skip
    connection.prepare_threshold = 1
    return connection


def longer(pause_s: float) -> float:
    return min(LONGEST_PAUSE_S, pause_s * 2)
