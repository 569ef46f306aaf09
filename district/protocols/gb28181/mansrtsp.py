"""Playback control in INFO bodies (MANSRTSP). GB/T 28181-2016 Annex B."""

from __future__ import annotations

import re

from .message import FrameError

COMMANDS = ("PLAY", "PAUSE", "TEARDOWN")
FIRST_LINE = re.compile(r"([A-Z]+)(?: \S+)? (?:RTSP|MANSRTSP)/1\.0")


def command_of(body: bytes) -> str:
    """PLAY, PAUSE or TEARDOWN, or the status of an answer. Raises FrameError bad_mansrtsp."""
    first = body.decode("utf-8", "replace").partition("\n")[0].strip()
    answered = re.fullmatch(r"(?:RTSP|MANSRTSP)/1\.0 (\d{3})(?: .*)?", first)
    if answered:
        return answered[1]
    found = FIRST_LINE.fullmatch(first)
    if not found or found[1] not in COMMANDS:
        raise FrameError("bad_mansrtsp", f"首行 {first[:60]!r}：应为 PLAY、PAUSE 或 TEARDOWN RTSP/1.0")
    return found[1]
