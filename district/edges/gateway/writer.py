"""The thread that commits: a few groups, one transaction, and only then the word that replies may go out.

What has been taken is tried until it is stored: while the database is away the queue stays full, the loop reads no more,
and nothing is answered. When a connection dies in a COMMIT nobody has told how it ended: the number of the last
committed group stands in `devices_writerprogress`, so the outcome is looked up, not guessed.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import psycopg

from district.edges.gateway.database import AWAY, FIRST_PAUSE_S, connect, longer
from district.edges.gateway.directory import Directory
from district.edges.gateway.flood import FloodGate
from district.edges.gateway.group import (
    NO_PLACES,
    Credential,
    Group,
    Note,
    Refusal,
    Report,
    described,
    merged,
    part_out,
)
from district.kernel.devices.marks import DEVICE_BITS
from district.kernel.devices.position_storing import StoredPositions, position_partitions, store_positions
from district.kernel.devices.storing import Partitions, Rows, Stored, store
from district.kernel.files import content_store

log = logging.getLogger("district.gateway")

MAKE_SERIES = """
    INSERT INTO devices_series (device_id, item, statistic, period, unit, decimals, low, high, made_at)
    SELECT new.*, now() FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::smallint[], %s::float8[], %s::float8[]) AS new
    ON CONFLICT (device_id, item, statistic, period) DO UPDATE SET item = excluded.item
    RETURNING device_id, item, statistic, period, id
"""
PROGRESS = """
    INSERT INTO devices_writerprogress AS kept (writer, number, at) VALUES (%s, %s, now())
    ON CONFLICT (writer) DO UPDATE SET number = excluded.number, at = excluded.at
"""
QUARANTINE = """
    COPY devices_quarantinedmessage (received_at, protocol, port, remote, device_code, reason, layer, detail, raw, readings,
    repeats, state, note, made_at) FROM STDIN
"""
NOTE = """
    INSERT INTO devices_devicenote (device_id, at, item, name, text, received_at) VALUES (%s, %s, %s, %s, %s, now())
    ON CONFLICT (device_id, at, item, name) DO UPDATE SET text = excluded.text, received_at = excluded.received_at
"""
REPORT = """
    INSERT INTO devices_devicereport (device_id, protocol, kind, subject, key, at, received_at, payload, is_told)
    SELECT d.id, %s, %s, %s, %s, %s, %s, %s, false FROM devices_device d WHERE d.id = %s
    ON CONFLICT (key) DO NOTHING
"""
CREDENTIAL = """
    UPDATE devices_device SET password = CASE WHEN %s = '' THEN password ELSE %s END, attributes = attributes || %s::jsonb
    WHERE id = %s
"""
TELL_REPORTS = "SELECT pg_notify('device_reports', '')"
FORGET_OLD = "DELETE FROM devices_writerprogress WHERE at < now() - interval '7 days'"


PING_S = 1.0
MOST_BYTES = 1_200_000
"""Of frames in one transaction: about 3,000. Larger ones are no faster, and everybody waits for them."""


class Writer(threading.Thread):
    """`facts(system_key)` gives unit, decimals and bounds of a new series; `done(groups)` is called after each commit."""

    def __init__(
        self, directory: Directory, facts: Callable[[tuple[int, str, str, str]], Any], done: Callable[[list[Group]], None]
    ) -> None:
        super().__init__(name="writer", daemon=True)
        self.directory = directory
        self.facts = facts
        self.done = done
        self.groups: queue.Queue[Group | None] = queue.Queue()
        self.name_in_database = uuid.uuid4().hex
        self.gate = FloodGate()
        self.is_connected = False
        self.trouble = ""
        self.commit_s = 0.0
        self.is_stopped = threading.Event()
        self._is_ending = False
        self._partitions = Partitions()
        self._position_partitions = position_partitions()
        self._connection: psycopg.Connection[Any] | None = None

    def run(self) -> None:
        self._ping()
        while not self.is_stopped.is_set():
            groups = self._next_groups()
            if groups and not self._until_stored(groups):
                break
            if self._is_ending:
                break
            if not groups:
                self._ping()
        if self._connection is not None:
            self._connection.close()

    def give_up(self) -> None:
        """Ends the trying: what is not committed is not answered, and will be sent again."""
        self.is_stopped.set()

    def _next_groups(self) -> list[Group]:
        """All that has been decoded while the last transaction ran, up to a size: they share the next one."""
        groups: list[Group] = []
        try:
            item = self.groups.get(timeout=PING_S)
            while item is not None:
                groups.append(item)
                if sum(each.weight for each in groups) >= MOST_BYTES:
                    return groups
                item = self.groups.get_nowait()
            self._is_ending = True
        except queue.Empty:
            pass  # no more for now; none at all within PING_S gives an empty list
        return groups

    def _until_stored(self, groups: list[Group]) -> bool:
        """Tries until these groups are committed. False when told to give up."""
        whole = merged(groups)
        pause, is_careful, attempts = FIRST_PAUSE_S, False, 0
        while not self.is_stopped.is_set():
            try:
                self._store_once(whole, is_careful)
                part_out(whole, groups)
                self.trouble = ""
                self.done(groups)
                return True
            except AWAY as error:
                self._lose(str(error).strip().splitlines()[0] if str(error) else type(error).__name__)
                self.is_stopped.wait(pause)
                pause = longer(pause)
            except psycopg.Error as error:
                self._roll_back()
                if is_careful and len(groups) > 1:
                    return all(self._until_stored([each]) for each in groups)  # only one of them is to blame
                if is_careful:
                    attempts += 1
                    log.error("一组报文无法入库，转入隔离（a group cannot be stored, it goes to quarantine）: %s", error)
                    self._set_aside(whole, str(error), attempts)
                is_careful = True
        return False

    def _store_once(self, group: Group, is_careful: bool) -> None:
        if self._connection is None:
            self._connect()
            if self._is_committed(group):
                # Which of its rows were new is not known any more; those who listen bear to hear of one twice.
                group.stored, group.placed = np.arange(len(group.readings)), np.arange(len(group.places))
                return
        started = time.perf_counter()
        self._store(group, is_careful)
        self.commit_s = time.perf_counter() - started

    def _ping(self) -> None:
        """While nothing comes: is the database there?"""
        try:
            if self._connection is None:
                self._connect()
            assert self._connection is not None
            self._connection.execute("SELECT 1")
            self._connection.rollback()
            self.trouble = ""
        except AWAY as error:
            self._lose(str(error).strip().splitlines()[0] if str(error) else type(error).__name__)

    def _connect(self) -> None:
        self._connection = connect("gateway writer")
        self._forget_partitions()
        self._connection.execute(FORGET_OLD)
        self._connection.commit()
        self.is_connected = True

    def _lose(self, trouble: str) -> None:
        if not self.trouble:
            log.warning("数据库不可用，停止应答（the database is away, no replies until it returns）: %s", trouble)
        self.trouble, self.is_connected = trouble, False
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _forget_partitions(self) -> None:
        self._partitions.known.clear()
        self._position_partitions.known.clear()

    def _roll_back(self) -> None:
        self._forget_partitions()
        if self._connection is not None:
            try:
                self._connection.rollback()
            except AWAY as error:
                self._lose(str(error))

    def _is_committed(self, group: Group) -> bool:
        assert self._connection is not None
        row = self._connection.execute(
            "SELECT number FROM devices_writerprogress WHERE writer = %s", [self.name_in_database]
        ).fetchone()
        self._connection.rollback()
        return row is not None and row[0] == group.number

    def _store(self, group: Group, is_careful: bool) -> None:
        assert self._connection is not None
        for sha256, content in group.contents:
            content_store.write(sha256, content)
        with self._connection.cursor() as cursor:
            made = self._make_series(cursor, group)
            refusals = list(group.refusals)
            stored = None
            if len(group.readings):
                stored = self._store_readings(cursor, group, made, is_careful)
                refusals += self._conflicts(group, stored)
            placed = self._store_places(cursor, group, is_careful) if len(group.places) else None
            _quarantine(cursor, refusals)
            _write_notes(cursor, group.notes)
            _write_reports(cursor, group.reports, group.received_at)
            _write_credentials(cursor, group.credentials)
            cursor.execute(PROGRESS, [self.name_in_database, group.number])
        self._connection.commit()
        series = self.directory.series
        series.made(made)
        group.has_new_series = bool(made)
        if stored is not None:
            group.stored, group.repeated = stored.stored, stored.repeated
            series.stored(group.readings.series[stored.stored], group.readings.at_us[stored.stored])
        if placed is not None:
            group.placed, group.replaced = placed.stored, placed.repeated
            self.directory.whereabouts.stored(group.places.number, group.places.rows.at_us)

    def _make_series(self, cursor: psycopg.Cursor[Any], group: Group) -> dict[int, int]:
        """Rows for the series seen for the first time: number → id."""
        series = self.directory.series
        numbers = np.unique(group.readings.series)
        numbers = numbers[series.ids[numbers] == 0]
        if not len(numbers):
            return {}
        keys = [series.keys[number] for number in numbers.tolist()]
        facts = [self.facts(key) for key in keys]
        columns = [list(column) for column in zip(*keys, strict=True)]
        columns += [[getattr(each, name) for each in facts] for name in ("unit", "decimals", "low", "high")]
        cursor.execute(MAKE_SERIES, columns)
        return {series.place[row[:4]]: row[4] for row in cursor.fetchall()}

    def _store_readings(
        self, cursor: psycopg.Cursor[Any], group: Group, made: dict[int, int], is_careful: bool
    ) -> Stored:
        readings, series = group.readings, self.directory.series
        ids = series.ids[readings.series]
        if made:
            lacking = np.flatnonzero(ids == 0)
            ids[lacking] = [made[number] for number in readings.series[lacking].tolist()]
        is_new = readings.at_us > series.last_us[readings.series]
        if is_careful:
            is_new[:] = False
        rows = Rows(ids, readings.at_us, readings.value, readings.mark)
        return store(cursor, rows, is_new, group.received_at, self._partitions)

    def _store_places(self, cursor: psycopg.Cursor[Any], group: Group, is_careful: bool) -> StoredPositions:
        places = group.places
        is_new = places.rows.at_us > self.directory.whereabouts.last_us[places.number]
        if is_careful:
            is_new[:] = False
        return store_positions(cursor, places.rows, is_new, self._position_partitions)

    def _conflicts(self, group: Group, stored: Stored) -> list[Refusal]:
        """A value that contradicts the one we have is kept aside: which of them is right, a person decides."""
        readings, kept = group.readings, []
        for row, value in zip(stored.conflicting.tolist(), stored.kept_values.tolist(), strict=True):
            key = self.directory.series.keys[int(readings.series[row])]
            new = float(readings.value[row])
            refusal = group.source(int(readings.frame[row]))
            refusal.reason, refusal.layer = "conflict", "semantic"
            refusal.detail = f"{key[1]}-{key[2]}={new:g}：同一时刻已有 {value:g}"
            told = described(key, int(readings.at_us[row]), new, int(readings.mark[row]) & DEVICE_BITS)
            refusal.readings = [told | {"kept_value": value}]
            if self.gate.admit(refusal, str(key[0]), True, time.monotonic()):
                kept.append(refusal)
        return kept + self.gate.sums(time.monotonic())

    def _set_aside(self, group: Group, trouble: str, attempts: int) -> None:
        """The database refuses the group for good (never seen; a defect): its frames stay visible, byte by byte."""
        frames = np.union1d(group.readings.frame, group.places.frame).tolist()
        for frame in frames:
            refusal = group.source(frame)
            refusal.reason, refusal.layer, refusal.detail = "not_stored", "semantic", trouble[:500]
            group.refusals.append(refusal)
        group.readings, group.places = group.readings.at(slice(0, 0)), NO_PLACES
        if attempts > 1:
            group.notes.clear()
            group.reports.clear()
        if attempts > 2:
            log.critical("隔离也无法写入（the quarantine cannot be written either）: %s", trouble)
            self.is_stopped.wait(1.0)


def _quarantine(cursor: psycopg.Cursor[Any], refusals: list[Refusal]) -> None:
    if not refusals:
        return
    with cursor.copy(QUARANTINE) as copy:
        for each in refusals:
            copy.write_row((
                each.received_at, each.protocol, each.port, each.remote, _plain(each.device_code)[:64], each.reason[:40],
                each.layer[:10], _plain(each.detail), each.raw, _plain(json.dumps(each.readings, ensure_ascii=False)),
                each.repeats, "pending", "", each.received_at,
            ))  # fmt: skip


def _write_notes(cursor: psycopg.Cursor[Any], notes: list[Note]) -> None:
    for note in notes:
        cursor.execute(NOTE, [note.device_id, note.at, _plain(note.item)[:40], _plain(note.name)[:40], _plain(note.text)])


def _write_reports(cursor: psycopg.Cursor[Any], reports: list[Report], received_at: datetime) -> None:
    for each in reports:
        payload = _plain(json.dumps(each.payload, ensure_ascii=False))
        cursor.execute(
            REPORT,
            [each.protocol, each.kind[:24], _plain(each.subject)[:64], _plain(each.key)[:160], each.at, received_at, payload,
             each.device_id],
        )  # fmt: skip
    if reports:
        cursor.execute(TELL_REPORTS)


def _write_credentials(cursor: psycopg.Cursor[Any], credentials: list[Credential]) -> None:
    for each in sorted(credentials, key=lambda each: each.device_id):
        told = _plain(json.dumps(each.attributes, ensure_ascii=False))
        cursor.execute(CREDENTIAL, [each.sealed, each.sealed, told, each.device_id])


def _plain(text: str) -> str:
    """PostgreSQL's texts hold no NUL, and JSON none in the form of an escape."""
    return text.replace("\x00", "␀").replace("\\u0000", "␀")
