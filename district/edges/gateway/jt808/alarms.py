"""Alarm bits of positions: told once when they begin and once when they end. JT/T 808-2013 table 24, 2019 table 24."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from district.edges.gateway.directory import Directory
from district.edges.gateway.group import Group, Places, Report
from district.kernel.clock import CHINA

PROTOCOL = "jt808"
UNTIL_ANSWERED = 1 << 0 | 1 << 3 | 1 << 20 | 1 << 21 | 1 << 22 | 1 << 27 | 1 << 28
"""Bits that a terminal keeps until it has been answered."""


class Alarms:
    """Compares each position with the one before it of the same terminal. Lives in the loop."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def look(self, group: Group, places: Places) -> list[int]:
        """Adds the reports of what has changed; gives the frames whose alarms wait for an answer."""
        rows, kept = places.rows, self.directory.whereabouts
        alarm = rows.alarm
        before_late: dict[int, int] = {}
        concerned = np.union1d(places.number[alarm != 0], places.number[kept.alarm[places.number] != 0])
        changed = np.flatnonzero(np.isin(places.number, concerned)) if len(concerned) else concerned
        for row in changed[np.lexsort((rows.at_us[changed], places.number[changed]))].tolist():
            number, at_us, bits = int(places.number[row]), int(rows.at_us[row]), int(alarm[row])
            if at_us >= kept.told_us[number]:
                before, kept.alarm[number] = int(kept.alarm[number]), bits
                self._report(group, places, row, bits & ~before, before & ~bits)
            else:
                # Of an earlier time, from an area without a line: what has been told since stays the present state.
                before = before_late.get(number, 0)
                before_late[number] = bits
                self._report(group, places, row, bits & ~before, before & ~bits)
        np.maximum.at(kept.told_us, places.number, rows.at_us)
        waiting = np.unique(places.frame[(alarm & UNTIL_ANSWERED) != 0])
        return [int(frame) for frame in waiting]

    def _report(self, group: Group, places: Places, row: int, begun: int, ended: int) -> None:
        if not begun and not ended:
            return
        rows = places.rows
        at = datetime.fromtimestamp(int(rows.at_us[row]) / 1e6, CHINA)
        payload = {
            "begun": bits_of(begun), "ended": bits_of(ended), "bits": int(rows.alarm[row]), "lon": float(rows.lon[row]),
            "lat": float(rows.lat[row]), "speed_kmh": float(rows.speed_kmh[row]), "mark": int(rows.mark[row]),
        }  # fmt: skip
        key = f"jt808/{rows.device[row]}/alarm/{rows.at_us[row] // 1_000_000}/{rows.digest[row]:x}"
        group.reports.append(Report(int(rows.device[row]), PROTOCOL, "alarm", "", key, at, payload))


def bits_of(word: int) -> list[int]:
    """The numbers of the bits that are set."""
    return [bit for bit in range(32) if word >> bit & 1]
