"""A TCP stream → whole messages, by Content-Length. RFC 3261 section 18.3."""

from __future__ import annotations

from .message import FrameError
from .parse import LONGEST_HEAD, _header, _text, _unfolded, content_length


class SipFramer:
    """`feed` gives the bytes of each whole message. A FrameError means that the rest of the stream cannot be trusted."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def waiting(self) -> int:
        """Bytes of a message that has not ended yet."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[bytes]:
        """Whole messages in order; blank lines between them (pings of RFC 5626) are passed over."""
        self._buffer += data
        found = []
        while (size := self._size()) is not None:
            found.append(bytes(self._buffer[:size]))
            del self._buffer[:size]
        return found

    def _size(self) -> int | None:
        while self._buffer[:2] == b"\r\n" or self._buffer[:1] == b"\n":
            del self._buffer[: 2 if self._buffer[:1] == b"\r" else 1]
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > LONGEST_HEAD:
                raise FrameError("too_long", f"头部超过 {LONGEST_HEAD} 字节仍未结束")
            return None
        _, *lines = _unfolded(_text(bytes(self._buffer[:end])))
        length = content_length(tuple(_header(line) for line in lines))
        size = end + 4 + (length or 0)
        return size if len(self._buffer) >= size else None
