"""Where frames begin and end in a buffer: `framing` once more, compiled."""

from __future__ import annotations

import numpy as np

from ..crc import START, TABLE
from ..envelope import CIPHER
from ..framing import LONGEST_CIPHER, LONGEST_JUNK
from ..layout import NO_FRAME
from .jit import compiled
from .words import digits_of, hex_of

CRC_TABLE = np.array(TABLE, dtype=np.uint16)
OPENING = np.frombuffer(CIPHER, dtype=np.uint8).copy()
WAIT = -1
NONE = 0


@compiled
def crc_of(data, start, end):
    """The folding of `crc.crc16`: eight lanes, counted from the end."""
    if end == start:
        return np.int64(START)
    first = start + (end - start) % 8
    a = b = c = d = e = f = g = h = np.uint8(0)
    for at in range(first, end, 8):
        a ^= data[at]
        b ^= data[at + 1]
        c ^= data[at + 2]
        d ^= data[at + 3]
        e ^= data[at + 4]
        f ^= data[at + 5]
        g ^= data[at + 6]
        h ^= data[at + 7]
    register = np.uint16(0xFF00)
    for at in range(start, first):
        register = CRC_TABLE[(register >> 8) ^ data[at]]
    for lane in (a, b, c, d, e, f, g, h):
        register = CRC_TABLE[(register >> 8) ^ lane]
    return np.int64(register)


@compiled
def find_header(data, at, end):
    while at + 1 < end:
        if data[at] == 35 and data[at + 1] == 35:
            return at
        at += 1
    return -1


@compiled
def is_end(data, at, end):
    """`&&`, four hexadecimal digits, CR LF."""
    if at + 8 > end or data[at] != 38 or data[at + 1] != 38:
        return False
    return data[at + 6] == 13 and data[at + 7] == 10 and hex_of(data, at + 2) >= 0


@compiled
def cipher_at(data, body, end):
    """Where `CP=&&{0x` stands among the first 400 bytes, -1 if nowhere."""
    for at in range(body, min(body + 400, end) - 7):
        k = 0
        while k < 8 and data[at + k] == OPENING[k]:
            k += 1
        if k == 8:
            return at
    return -1


@compiled
def cipher_end(data, body, end):
    opening = cipher_at(data, body, end)
    if opening < 0:
        return NONE
    limit = min(end, body + LONGEST_CIPHER)
    for at in range(opening + 8, limit - 7):
        if is_end(data, at, limit):
            return at + 8
    if find_header(data, opening, end) >= 0 or end >= body + LONGEST_CIPHER:
        return NONE
    return WAIT


@compiled
def is_cut_short(data, body, end):
    """Whether a frame's end with the next header behind it stands somewhere from `body` on."""
    for at in range(body, end - 9):
        if data[at] == 38 and is_end(data, at, end) and data[at + 8] == 35 and data[at + 9] == 35:
            return True
    return False


@compiled
def is_proven(data, body, stop):
    """CR LF in its place and a CRC that fits."""
    if data[stop - 2] != 13 or data[stop - 1] != 10:
        return False
    crc = hex_of(data, stop - 6)
    return crc >= 0 and crc == crc_of(data, body, stop - 6)


@compiled
def frame_end(data, at, end):
    """As `framing.frame_end`, within one chunk that ends at `end`."""
    known = min(at + 6, end)
    for k in range(at + 2, known):
        if data[k] < 48 or data[k] > 57:
            return NONE
    if known < at + 6:
        return WAIT
    body = at + 6
    stop = body + digits_of(data, at + 2, 4) + 6
    if stop <= end:
        if is_proven(data, body, stop):
            return stop
    elif cipher_at(data, body, end) < 0:
        return NONE if is_cut_short(data, body, end) else WAIT
    return cipher_end(data, body, end)


@compiled
def is_border(data, start, at, limit):
    """Whether junk that begins at `start` is cut before `at`: a header stands there, or a CR LF ends before it."""
    if data[at] == 35 and at + 1 < limit and data[at + 1] == 35:
        return True
    return at - start >= 2 and data[at - 2] == 13 and data[at - 1] == 10


@compiled
def add_junk(data, start, end, limit, chunk, frames, count):
    """The pieces of bytes that are no frame, cut as `framing` cuts them. Gives the new count, -1 without room.

    `limit` is the end of the chunk: the byte behind the junk belongs to the border.
    """
    while start < end:
        stop = min(end, start + LONGEST_JUNK)
        for at in range(start + 1, stop):
            if is_border(data, start, at, limit):
                stop = at
                break
        if count >= len(frames):
            return -1
        row = frames[count]
        row[:] = 0
        row[0] = start
        row[1] = stop - start
        row[2] = NO_FRAME
        row[3] = chunk
        count += 1
        start = stop
    return count


@compiled
def settled_end(data, start, end):
    """Up to where trailing junk will not change any more: its last run waits, unless it is ended or too long."""
    if end - start >= 2 and data[end - 2] == 13 and data[end - 1] == 10:
        return end
    run = start
    for at in range(start + 1, end):
        if is_border(data, start, at, end):
            run = at
    return end - (end - run) % LONGEST_JUNK if end - run >= LONGEST_JUNK else run
