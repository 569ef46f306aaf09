"""The code a passenger asks with: reckoned from the number of the case, kept nowhere."""

from __future__ import annotations

import hmac

from district.kernel import home

DIGITS = 6


def query_code(number: str) -> str:
    """Six figures that only this installation can reckon."""
    digest = hmac.digest(home.secret("transit_feedback").encode(), number.encode(), "sha256")
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def is_query_code(number: str, given: str) -> bool:
    return hmac.compare_digest(query_code(number).encode(), given.strip().encode())
