"""Seconds of the service day as GTFS writes them."""

from __future__ import annotations


def hhmmss(seconds: float) -> str:
    """`HH:MM:SS`, to the whole second; may pass 24:00:00."""
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
