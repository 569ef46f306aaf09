"""Who has fallen silent, and how much of what a device owes has arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from district.kernel import clock
from district.kernel.clock import day_bounds
from district.kernel.devices.marks import EXCLUDED

MISSED_INTERVALS = 3
SHORTEST_SILENCE_S = 180
DAY_S = 86_400

MARK_OFFLINE = """
    WITH silent AS (
        SELECT id FROM devices_device
        WHERE is_online AND last_seen_at < %(now)s - make_interval(secs => greatest(%(shortest)s, %(missed)s * interval_s))
        ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE devices_device d SET is_online = false FROM silent WHERE d.id = silent.id RETURNING d.id
"""
CAPTURED = """
    SELECT d.id, d.interval_s, coalesce(c.instants, 0), coalesce(c.counted, 0)
    FROM devices_device d
    LEFT JOIN (
        SELECT s.device_id, count(DISTINCT o.at) AS instants,
               count(DISTINCT o.at) FILTER (WHERE o.mark & %(excluded)s = 0) AS counted
        FROM devices_observation o JOIN devices_series s ON s.id = o.series_id
        WHERE s.period = %(period)s AND o.at >= %(start)s AND o.at < %(end)s
        GROUP BY s.device_id
    ) c ON c.device_id = d.id
    WHERE d.status = 'active' ORDER BY d.id
"""


def is_silent(last_seen_at: datetime | None, interval_s: float, now: datetime) -> bool:
    """Whether a device counts as offline: three of its intervals missed, and three minutes at least."""
    if last_seen_at is None:
        return True
    return (now - last_seen_at).total_seconds() > max(SHORTEST_SILENCE_S, MISSED_INTERVALS * interval_s)


def mark_offline() -> list[int]:
    """Marks devices that have fallen silent; gives their ids. The gateway marks them online again."""
    with connection.cursor() as cursor:
        cursor.execute(
            MARK_OFFLINE, {"now": clock.now(), "shortest": SHORTEST_SILENCE_S, "missed": MISSED_INTERVALS}
        )
        return [id for (id,) in cursor.fetchall()]


@dataclass(frozen=True)
class Capture:
    """What a device delivered on a day: instants expected by its interval, received, and received with a valid mark."""

    device_id: int
    expected: int
    received: int
    counted: int

    @property
    def rate(self) -> float:
        """Share of the expected instants that came, 0 to 1."""
        return min(1.0, self.received / self.expected) if self.expected else 0.0


def expected_instants(interval_s: float, start: datetime, end: datetime) -> int:
    """How many reports of that interval a span holds."""
    return max(0, int((end - start) / timedelta(seconds=interval_s)))


def capture_rates(day: date, period: str = "realtime") -> list[Capture]:
    """The capture of every active device on a day; of today, up to now. Other periods than realtime are fixed."""
    start, end = day_bounds(day)
    end = min(end, max(start, clock.now()))
    fixed = {"minute": 600, "hour": 3600, "day": DAY_S}.get(period)
    with connection.cursor() as cursor:
        cursor.execute(CAPTURED, {"excluded": EXCLUDED, "period": period, "start": start, "end": end})
        return [
            Capture(id, expected_instants(fixed or interval_s, start, end), received, counted)
            for id, interval_s, received, counted in cursor.fetchall()
        ]
