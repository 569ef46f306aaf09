"""Numbers of cases: prefix, day, serial of the day. No number is given twice and none is left out."""

from __future__ import annotations

from datetime import date

from district.kernel.cases.statements import Statement

NEXT = """
    INSERT INTO cases_casecounter AS counter (prefix, "on", last) VALUES (%s, %s, %s)
    ON CONFLICT (prefix, "on") DO UPDATE SET last = counter.last + excluded.last RETURNING last
"""


def counting(prefix: str, day: date, count: int) -> Statement:
    """Takes the next `count` serials and gives the last. In the transaction that uses them: rolled back, they are
    given again. Others who number with the same prefix wait for the end of that transaction, so ask late.
    """
    return NEXT, [prefix, day, count]


def numbers(prefix: str, day: date, last: int, count: int) -> list[str]:
    """The `count` numbers up to the serial `last`."""
    return [f"{prefix}{day:%Y%m%d}{serial:05d}" for serial in range(last - count + 1, last + 1)]
