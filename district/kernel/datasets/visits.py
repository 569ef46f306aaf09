"""How often one address may ask for open data: generous for people and harvesters, a wall for a loop gone wild.

Counted in the database, so that all processes count together; the table is not written to the log, so that a count
waits for no disk. Who is signed in is known by name and not counted.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address

from django.db import connection
from django.http import HttpRequest

from district.kernel.people.request_address import client_address

MINUTE_S = 60
COUNT = """
    INSERT INTO datasets_visits AS known (mark, minute, count) VALUES (%s, %s, 1)
    ON CONFLICT (mark, minute) DO UPDATE SET count = known.count + 1 RETURNING count
"""


class TooOften(Exception):
    """`wait_s` is how long until it may ask again, in whole seconds."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too often, wait {wait_s} s")
        self.wait_s = wait_s


def count_visit(request: HttpRequest, what: str, most: int) -> None:
    """Raises TooOften from the one after `most` in a minute."""
    if request.user.is_authenticated:
        return
    now_s = int(time.time())
    minute = now_s // MINUTE_S
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{what}:{place_of(client_address(request))}", minute])
        (count,) = cursor.fetchone()
    if count > most:
        raise TooOften((minute + 1) * MINUTE_S - now_s)


def place_of(address: str | None) -> str:
    """An address, of IPv6 the network of one customer: he has 2^64 of them."""
    if address is None:
        return "?"
    found = ip_address(address)
    return str(IPv6Address(int(found) >> 64 << 64)) if isinstance(found, IPv6Address) else str(found)


def forget_old_visits() -> int:
    """Counts of minutes gone by; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM datasets_visits WHERE minute < %s", [int(time.time()) // MINUTE_S - 2])
        return cursor.rowcount
