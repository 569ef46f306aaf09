"""All frames of all chunks."""

from __future__ import annotations

from ..layout import READ, UNUSUAL
from .area import read_area
from .borders import NONE, WAIT, add_junk, find_header, frame_end, settled_end
from .header import COMMAND, read_header
from .jit import compiled


@compiled
def is_uploaded(command):
    """Real-time, minute, hour, day data, states and hours of running."""
    return command == 2011 or command == 2051 or command == 2061 or command == 2031 or command == 2021 or command == 2041


@compiled
def read_frame(data, at, stop, row, count, readings, lookup):
    """One frame whose envelope is right into its row. Gives the new count of readings."""
    end = stop - 8
    row[2] = UNUSUAL
    row[14] = row[15] = count
    area = read_header(data, at + 6, end, row)
    if area < 0 or data[end] != 38 or data[end + 1] != 38 or not is_uploaded(row[COMMAND]):
        return count
    more = read_area(data, area, end, row, count, readings, lookup)
    if more < 0:
        return count
    row[2] = READ
    row[15] = more
    return more


@compiled
def scan_chunk(data, done, end, chunk, frames, count, readings, lookup, read):
    """One chunk. Gives (pieces, readings, where what is left begins); pieces -1 when `frames` has too little room."""
    at = find_header(data, done, end)
    while at >= 0:
        stop = frame_end(data, at, end)
        if stop == NONE:
            at = find_header(data, at + 1, end)
            continue
        if done < at:
            count = add_junk(data, done, at, end, chunk, frames, count)
        if stop == WAIT or count < 0:
            return count, read, at
        if count >= len(frames):
            return -1, read, at
        row = frames[count]
        row[0] = at
        row[1] = stop - at
        row[3] = chunk
        read = read_frame(data, at, stop, row, read, readings, lookup)
        count += 1
        done = stop
        at = find_header(data, done, end)
    settled = settled_end(data, done, end)
    if done < settled:
        count = add_junk(data, done, settled, end, chunk, frames, count)
    return count, read, settled


@compiled
def scan(data, starts, ends, taken, frames, readings, lookup):
    """All chunks. Gives (pieces, readings), pieces -1 when `frames` has too little room; `taken` the bytes used of each.

    `readings` and `lookup` are `layout.Readings` and `layout.Lookup`.
    """
    count = 0
    read = 0
    for chunk in range(len(starts)):
        count, read, done = scan_chunk(data, starts[chunk], ends[chunk], chunk, frames, count, readings, lookup, read)
        if count < 0:
            break
        taken[chunk] = done - starts[chunk]
    return count, read
