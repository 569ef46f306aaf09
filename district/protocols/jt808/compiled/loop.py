"""All frames of all chunks. Where the flags stand is found beforehand, by numpy."""

from __future__ import annotations

import numpy as np

from ..layout import LONGEST_FRAME, NO_FRAME, READ, UNUSUAL
from .jit import compiled
from .position import read_position

ESCAPE = 0x7D


@compiled
def folded(part):
    """The XOR of all bytes, and above it a bit that says whether an escape is among them. One pass, many bytes at once."""
    value = np.uint8(0)
    escapes = np.uint8(0)
    for at in range(len(part)):
        value ^= part[at]
        escapes |= np.uint8(part[at] == ESCAPE)
    return np.int64(value) | np.int64(escapes) << 8


@compiled
def unescape(content, at, end, to):
    """Copies behind what there is, without escapes; the end of the copy, -1 for a bad escape or checksum."""
    checksum = np.uint8(0)
    while at < end:
        value = content[at]
        if value == ESCAPE:
            at += 1
            if at >= end or content[at] == 0 or content[at] > 2:
                return -1
            value = np.uint8(ESCAPE if content[at] == 1 else ESCAPE + 1)
        content[to] = value
        checksum ^= value
        to += 1
        at += 1
    return to if checksum == 0 else -1


@compiled
def read_batch(content, body, stop, frame, positions, place, items, count):
    """The positions of a 0x0704. Gives the new counts, -1 when something is wrong with one."""
    wanted = np.int64(content[body]) << 8 | np.int64(content[body + 1])
    at = body + 3
    for _number in range(wanted):
        if at + 2 > stop:
            return -1, count
        length = np.int64(content[at]) << 8 | np.int64(content[at + 1])
        if at + 2 + length > stop:
            return -1, count
        count = read_position(content, at + 2, at + 2 + length, frame, positions, place, items, count)
        if count < 0:
            return -1, count
        place += 1
        at += 2 + length
    return place, count


@compiled
def read_frame(content, begin, end, frame, row, positions, place, items, count):
    """A whole, plain 0x0200 or 0x0704 into columns. Gives the new counts; the same when it is left to `decode`."""
    if end - begin < 13:
        return place, count
    head = content[begin : begin + 4]
    message = np.int64(head[0]) << 8 | np.int64(head[1])
    attributes = np.int64(head[2]) << 8 | np.int64(head[3])
    phone, digits = (begin + 5, 10) if attributes & 0x4000 else (begin + 4, 6)
    body, stop = phone + digits + 2, end - 1
    if attributes & 0x3C00 or stop - body != attributes & 0x3FF:
        return place, count
    row[4], row[5] = begin, end - begin
    row[6], row[7] = message, 2019 if attributes & 0x4000 else 2013
    row[8] = np.int64(content[body - 2]) << 8 | np.int64(content[body - 1])
    row[9], row[10], row[11] = phone, digits, 0
    row[12] = row[13] = place
    if message == 0x0200:
        more = read_position(content, body, stop, frame, positions, place, items, count)
        if more >= 0:
            row[2] = READ
            row[13] = place + 1
            return place + 1, more
    elif message == 0x0704 and stop - body >= 3:
        last, more = read_batch(content, body, stop, frame, positions, place, items, count)
        if last >= 0:
            row[2] = READ
            row[11] = content[body + 2]
            row[13] = last
            return last, more
    return place, count


@compiled
def read_between(content, flag, close, used, frame, row, positions, place, items, count):
    """What stands between two flags. Gives (positions, items, bytes of content used)."""
    checksum = folded(content[flag + 1 : close])
    if checksum == 0:
        place, count = read_frame(content, flag + 1, close, frame, row, positions, place, items, count)
        return place, count, used
    if checksum < 256:
        return place, count, used
    stop = unescape(content, flag + 1, close, used)
    if stop < 0:
        return place, count, used
    place, count = read_frame(content, used, stop, frame, row, positions, place, items, count)
    return place, count, stop if row[2] == READ else used


@compiled
def begin_row(row, at, length, status, chunk):
    for column in range(4, len(row)):
        row[column] = 0
    row[0], row[1], row[2], row[3] = at, length, status, chunk


@compiled
def scan_chunk(content, at, end, flags, first, last, chunk, used, frames, found, positions, place, items, count):
    """One chunk, whose flags are `flags[first:last]`. Gives (frames, positions, items, content used, what is left from)."""
    flag = flags[first] if first < last else end
    if flag == end and end - at < LONGEST_FRAME:
        return found, place, count, used, at
    if flag > at:
        begin_row(frames[found], at, flag - at, NO_FRAME, chunk)
        found += 1
    for number in range(first + 1, last + 1):
        close = flags[number] if number < last else end
        if close == end and end - flag <= LONGEST_FRAME:
            break
        if close > flag + 1:
            row = frames[found]
            begin_row(row, flag, min(close + 1, end) - flag, UNUSUAL, chunk)
            if close < end:
                place, count, used = read_between(content, flag, close, used, found, row, positions, place, items, count)
            found += 1
        flag = close
    return found, place, count, used, flag


@compiled
def scan(content, flags, starts, ends, firsts, taken, frames, positions, items):
    """All chunks. Gives (frames, positions, items, bytes of content used).

    content: the bytes that came, and as much room again for frames without their escapes. flags: where every 7e stands;
    those of chunk n are `flags[firsts[n]:firsts[n + 1]]`. A chunk begins at a frame's border: what stands before its
    first flag is no frame. `taken`: bytes used of each chunk.
    """
    found = place = count = 0
    used = ends[-1] if len(ends) else 0
    for chunk in range(len(starts)):
        found, place, count, used, left = scan_chunk(
            content, starts[chunk], ends[chunk], flags, firsts[chunk], firsts[chunk + 1], chunk, used, frames, found,
            positions, place, items, count,
        )  # fmt: skip
        taken[chunk] = left - starts[chunk]
    return found, place, count, used
