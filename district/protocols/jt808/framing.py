"""From a stream of bytes, cut anywhere, to frames. Bounded in memory; a bad frame does not cost the next one.

Bytes before the first 7e are noise. A 7e closes a frame; the next frame may begin with the same 7e (some terminals send
one between two) or with one of its own: `7e 7e` is an empty frame, which is nothing.
"""

from __future__ import annotations

from .layout import LONGEST_FRAME


class Framer:
    """Takes the chunks of one connection, gives frames with both flags, or noise (bytes that no flag opened)."""

    def __init__(self) -> None:
        self._held = b""
        self._is_open = False

    @property
    def held_bytes(self) -> int:
        return len(self._held)

    def feed(self, chunk: bytes) -> list[bytes]:
        """The pieces that are complete now; whatever is no frame comes without an opening 7e."""
        parts = (self._held + chunk).split(b"\x7e")
        self._held = parts.pop()
        pieces: list[bytes] = []
        for part in parts:
            if part:
                pieces.append(b"\x7e" + part + b"\x7e" if self._is_open else part)
            self._is_open = True
        if len(self._held) > LONGEST_FRAME:
            pieces.append((b"\x7e" if self._is_open else b"") + self._held)
            self._held, self._is_open = b"", False
        return pieces

    def rest(self) -> list[bytes]:
        """What is left when the connection ends."""
        held, self._held = self._held, b""
        return [(b"\x7e" if self._is_open else b"") + held] if held else []
