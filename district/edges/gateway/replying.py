"""Answers to uploads in their thousands: HJ 212-2017 6.6.3 (9014), byte for byte what `hj212.reply` gives.

The end of such an answer is the same for all messages of a device and version, so it is made once, with its part of
the check sum: the sum is a fold of eight lanes of bytes counted from the end (see `protocols.hj212.crc`).
"""

from __future__ import annotations

from district.protocols.hj212.crc import crc16


class Answers:
    """Makes 9014 frames. One per process; remembers the endings of the devices it has answered."""

    def __init__(self) -> None:
        self._endings: dict[tuple[bytes, bytes, int], tuple[bytes, bytes]] = {}

    def data_answer(self, code: bytes, password: bytes, flag: int, number: bytes) -> bytes:
        """The 9014 to a message. `number`: its request number as sent, empty when it had none; `flag` its Flag."""
        version = flag >> 2
        ending = self._endings.get((code, password, version))
        if ending is None:
            ending = self._endings[code, password, version] = _ending(code, password, version)
        if version:
            segment = b"QN=" + number + ending[0] if number else ending[0][1:]
        else:
            segment = ending[0] + (b"QN=" + number if number else b"") + ending[1]
        return b"##%04d%b%04X\r\n" % (len(segment), segment, crc16(segment))


def _ending(code: bytes, password: bytes, version: int) -> tuple[bytes, bytes]:
    head = b"ST=91;CN=9014;PW=%b;MN=%b;Flag=%d;CP=&&" % (password, code, version << 2)
    return (b";" + head + b"&&", b"") if version else (head, b"&&")
