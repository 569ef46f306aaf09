"""Requests to devices: one at a time for each, sent over its live connection, followed until answered. HJ 212-2017 5.4.

A request is sent again after its timeout, as often as it says; then it has timed out. A device answers at once whether
it will (9011), sends data if asked for any, and says at the end how it went (9012).
"""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from district.edges.gateway.group import Heard
from district.kernel import clock
from district.kernel.devices.seal import SealBroken, seal, unseal
from district.protocols.hj212 import REQUESTS, request_frame

if TYPE_CHECKING:
    from district.edges.gateway.directory import Known, SeriesKey
    from district.edges.gateway.gateway import Gateway

log = logging.getLogger("district.gateway")

QUEUED = """
    SELECT id, device_id, command, parameters, timeout_s, retries FROM devices_devicecommand
    WHERE state = 'queued' AND device_id = ANY(%s) ORDER BY asked_at, id LIMIT 1000
"""
EXPIRE = """
    UPDATE devices_devicecommand SET state = 'timed_out', finished_at = now(), detail = '有效期内设备没有连接'
    WHERE state = 'queued' AND expires_at < now()
"""
FORGET = """
    UPDATE devices_devicecommand SET state = 'timed_out', finished_at = now(), detail = '等待应答时网关重启，结果不明'
    WHERE state IN ('sent', 'executing')
"""
CLAIM = """
    UPDATE devices_devicecommand SET state = 'sent', sent_at = now(), attempts = 1, message_id = %s
    WHERE id = %s AND state = 'queued' RETURNING id
"""
SAVE = """
    UPDATE devices_devicecommand SET state = %(state)s, attempts = %(attempts)s, answer_code = %(answer_code)s,
        result_code = %(result_code)s, result = %(result)s, detail = %(detail)s,
        answered_at = coalesce(answered_at, CASE WHEN %(is_answered)s THEN now() END),
        finished_at = CASE WHEN %(is_finished)s THEN now() END
    WHERE id = %(id)s
"""
SET_INTERVAL = "UPDATE devices_device SET interval_s = %s WHERE id = %s"
SET_PASSWORD = "UPDATE devices_device SET password = %s WHERE id = %s"  # noqa: S105 - a statement
SET_KEY = "UPDATE devices_device SET cipher_key = %s WHERE id = %s"

EXECUTION_S = 120.0
"""A device that has said yes may take so long to say how it went; every piece of data starts the time anew."""
SEALED = ("password", "key")
INSTANTS = ("at", "begin_at", "end_at")
HISTORY_PERIODS = {"fetch_days": "day", "fetch_hours": "hour", "fetch_minutes": "minute", "fetch_run_hours": "runtime",
                   "start_realtime": "realtime", "start_state": "state"}  # fmt: skip


@dataclass(slots=True)
class Command:
    """One request under way. `id` is 0 for one of the gateway's own (clock)."""

    id: int
    device: Known
    name: str
    parameters: dict[str, Any]
    timeout_s: float
    retries: int
    state: str = "queued"
    message_id: str = ""
    frame: bytes = b""
    attempts: int = 0
    deadline: float = 0.0
    answer_code: str = ""
    result_code: str = ""
    detail: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    observations: int = 0


class Commands:
    """Lives in the loop; what touches the database is handed to the desk. `protocol`: of the devices it asks."""

    protocol = "hj212"

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.waiting: dict[int, deque[Command]] = {}
        self.running: dict[int, Command] = {}
        self._known: set[int] = set()

    # ---- in the desk's thread

    def look_for(self, connection: psycopg.Connection[Any]) -> None:
        """Finds queued commands for devices that are connected."""
        connection.execute(EXPIRE)
        connected = [id for id, link in list(self.gateway.link_of.items()) if link.protocol == self.protocol]
        if not connected:
            return
        found = connection.execute(QUEUED, [connected]).fetchall()
        if found and self.gateway.loop is not None:
            self.gateway.loop.call_soon_threadsafe(self._offer, found)

    def forget_unfinished(self, connection: psycopg.Connection[Any]) -> None:
        """After a start: whoever waited for an answer before us will not get it."""
        if not self.running and not self.gateway.terminal_commands.running:
            connection.execute(FORGET)

    # ---- in the loop

    def _offer(self, rows: list[tuple[Any, ...]]) -> None:
        for id, device_id, name, parameters, timeout_s, retries in rows:
            known = self.gateway.directory.by_id(device_id)
            if known is None or id in self._known:
                continue
            self._known.add(id)
            command = Command(id, known, name, parameters, timeout_s, retries)
            self.waiting.setdefault(device_id, deque()).append(command)
            self.pump(device_id)

    def set_clock(self, known: Known) -> None:
        """Sends the time (1012), as a device may ask for and a first connection calls for (HJ 212-2017 6.7)."""
        queue = self.waiting.setdefault(known.id, deque())
        if not any(each.name == "set_clock" and each.id == 0 for each in queue):
            queue.append(Command(0, known, "set_clock", {"at": None}, 10.0, 3))
        self.pump(known.id)

    def pump(self, device_id: int) -> None:
        """Begins the next command of a device if none is running and it is connected."""
        queue = self.waiting.get(device_id)
        if not queue or device_id in self.running or device_id not in self.gateway.link_of:
            return
        command = queue.popleft()
        try:
            self._build(command)
        except (KeyError, ValueError, SealBroken) as error:
            command.state, command.detail = "failed", str(error)[:300]
            self._finish(command)
            return
        self.running[device_id] = command
        if command.id:
            self.gateway.desk.do(lambda connection: self._claim(connection, command))
        else:
            self._send(command)

    def _claim(self, connection: psycopg.Connection[Any], command: Command) -> None:
        is_ours = connection.execute(CLAIM, [command.message_id, command.id]).fetchone() is not None
        assert self.gateway.loop is not None
        self.gateway.loop.call_soon_threadsafe(self._send if is_ours else self._withdraw, command)

    def _withdraw(self, command: Command) -> None:
        """Somebody has cancelled it."""
        self.running.pop(command.device.id, None)
        self._known.discard(command.id)
        self.pump(command.device.id)

    def _build(self, command: Command) -> None:
        known, directory = command.device, self.gateway.directory
        flag = int(directory.flags[known.number])
        version = {0: 2005, 1: 2017}.get(flag >> 2, 2025)
        request = REQUESTS[command.name]
        sent_at = clock.now()
        command.frame, command.message_id = request_frame(
            command.name, _values(command.parameters, sent_at), device_code=known.code, password=known.password.decode(),
            system_kind=f"{int(directory.systems[known.number]) or 32:02d}", sent_at=sent_at,
            version=max(version, request.since), key=known.cipher_key if version == 2025 else None,
        )  # fmt: skip

    def _send(self, command: Command) -> None:
        link = self.gateway.link_of.get(command.device.id)
        command.attempts += 1
        command.state = "sent"
        command.deadline = time.monotonic() + command.timeout_s
        if link is not None:
            link.send(command.frame)
        if command.attempts > 1:
            self._save(command)
        elif command.id:
            self._tell(command)

    def heard(self, heard: Heard) -> None:
        """What a device said, when it concerns the command it is working on."""
        command = self.running.get(heard.device.id)
        if command is None:
            return
        if heard.kind == "upload":
            self._note_upload(command, heard)
            return
        if heard.message_id and heard.message_id != command.message_id:
            return  # an answer to something older
        if heard.kind == "accepted":
            self._note_answer(command, heard)
        elif heard.kind == "result":
            command.result_code = heard.code
            command.state = "done" if heard.is_good else "failed"
            command.detail = heard.text if not heard.is_good else ""
            self._note_success(command)
            self._finish(command)
        elif heard.kind == "notice" and REQUESTS[command.name].is_notice:
            command.state = "done"
            self._finish(command)

    def _note_answer(self, command: Command, heard: Heard) -> None:
        command.answer_code = heard.code
        if heard.is_good:
            command.state = "executing"
            command.deadline = time.monotonic() + EXECUTION_S
            self._save(command)
        else:
            command.state, command.detail = "refused", heard.text
            self._finish(command)

    def _note_upload(self, command: Command, heard: Heard) -> None:
        if command.state not in ("sent", "executing") or heard.command != REQUESTS[command.name].command:
            return
        command.fields.update({name: text for name, text in heard.fields.items() if name != "DataTime"})
        command.deadline = max(command.deadline, time.monotonic() + EXECUTION_S)

    def stored(self, key: SeriesKey, count: int) -> None:
        """Observations of a series have been committed: perhaps those that were asked for."""
        command = self.running.get(key[0])
        if command is not None and HISTORY_PERIODS.get(command.name) == key[3]:
            command.observations += count
            command.deadline = max(command.deadline, time.monotonic() + EXECUTION_S)

    def tick(self, now: float) -> None:
        """Sends again what was not answered in time, and gives up what has been sent often enough."""
        for command in list(self.running.values()):
            if command.state == "queued" or now < command.deadline:
                continue
            if command.state == "sent" and command.attempts <= command.retries:
                self._send(command)
                continue
            what = "没有应答" if command.state == "sent" else "没有报告结果"
            command.detail = f"发送 {command.attempts} 次后设备{what}"
            command.state = "timed_out"
            self._finish(command)

    def _finish(self, command: Command) -> None:
        self.running.pop(command.device.id, None)
        self._known.discard(command.id)
        self.gateway.counters.commands.labels(command.state).inc()
        self._save(command)
        self.pump(command.device.id)

    def _note_success(self, command: Command) -> None:
        """What the device now has, the register must have too: else it would be turned away next time."""
        if command.state != "done":
            return
        id, given = command.device.id, command.parameters
        if command.name == "set_password":
            sealed = seal(_opened(given["password"]))
            self.gateway.desk.execute(SET_PASSWORD, [sealed, id])
        elif command.name == "set_encryption_key":
            sealed = seal(_opened(given["key"]))
            self.gateway.desk.execute(SET_KEY, [sealed, id])
        elif command.name == "set_realtime_interval":
            interval_s = int(given["interval_s"])
            self.gateway.desk.execute(SET_INTERVAL, [interval_s, id])

    def _save(self, command: Command) -> None:
        if not command.id:
            return
        is_finished = command.state not in ("queued", "sent", "executing")
        row = {
            "id": command.id, "state": command.state, "attempts": command.attempts, "answer_code": command.answer_code,
            "result_code": command.result_code, "detail": command.detail[:300], "is_finished": is_finished,
            "result": json.dumps({"fields": command.fields, "observations": command.observations}, ensure_ascii=False),
            "is_answered": bool(command.answer_code or command.result_code) or command.state == "done",
        }  # fmt: skip
        self.gateway.desk.execute(SAVE, row)
        self._tell(command)

    def _tell(self, command: Command) -> None:
        told = {"id": command.id, "device": command.device.id, "state": command.state}
        self.gateway.desk.tell(f"{command.device.system}.commands", told)


def _values(parameters: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Parameters as the protocol takes them: instants as datetimes (none means now), secrets opened."""
    values = dict(parameters)
    for name in INSTANTS:
        if name in values:
            values[name] = datetime.fromisoformat(values[name]) if values[name] else now + timedelta(milliseconds=500)
    for name in SEALED:
        if name in values:
            values[name] = _opened(values[name])
    return values


def _opened(sealed: str) -> str:
    return unseal(sealed)
