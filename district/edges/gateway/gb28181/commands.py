"""Requests of people to cameras (`devices.commands.ask`): fetch_catalogue, fetch_device_info, fetch_device_status,
fetch_records, probe. One at a time for each device."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import psycopg

from district.edges.gateway.commands import QUEUED, SAVE
from district.edges.gateway.gb28181.probe import outcome_json
from district.edges.gateway.gb28181.registrations import Registration
from district.edges.gateway.gb28181.tending import plain
from district.protocols.gb28181 import text_of_moment

if TYPE_CHECKING:
    from district.edges.gateway.gb28181.door import SipDoor

CLAIM = """
    UPDATE devices_devicecommand SET state = 'executing', sent_at = now(), attempts = 1
    WHERE id = %s AND state = 'queued' RETURNING id
"""
PLAIN = {
    "fetch_device_info": ("DeviceInfo", "device_info"),
    "fetch_device_status": ("DeviceStatus", "device_status"),
}
MOST_RECORDS = 2_000


class SipCommands:
    def __init__(self, door: SipDoor) -> None:
        self.door = door
        self._busy: set[int] = set()

    def look_for(self, connection: psycopg.Connection[Any]) -> None:
        """In the desk's thread: claims what is queued for registered devices."""
        registered = list(self.door.registrations)
        if not registered:
            return
        for row in connection.execute(QUEUED, [registered]).fetchall():
            if row[1] in self._busy or connection.execute(CLAIM, [row[0]]).fetchone() is None:
                continue
            self._busy.add(row[1])
            loop = self.door.gateway.loop
            assert loop is not None
            loop.call_soon_threadsafe(self._begin, row)

    def _begin(self, row: tuple[Any, ...]) -> None:
        self.door.start(self._carry_out(row))

    async def _carry_out(self, row: tuple[Any, ...]) -> None:
        id, device_id, name, parameters = row[:4]
        registration = self.door.registrations.get(device_id)
        state, detail = "failed", "设备未注册"
        result: dict[str, Any] = {}
        try:
            if registration is not None:
                state, detail, result = await self._do(registration, name, parameters)
        except (KeyError, ValueError) as error:
            detail = f"参数不对：{error}"
        finally:
            self._busy.discard(device_id)
            self._save(id, state, detail, result)

    async def _do(
        self, registration: Registration, name: str, given: dict[str, Any]
    ) -> tuple[str, str, dict[str, Any]]:
        tending = self.door.tending
        if name == "probe":
            outcome = await tending.look(registration, str(given["channel"]))
            return ("done" if outcome.is_playable else "failed"), outcome.reason, outcome_json(outcome)
        if name == "fetch_catalogue":
            reply = await tending.fetch_catalogue(registration)
            return _ended(
                reply.trouble, {"received": len(reply.collector.items), "total": reply.collector.total}
            )
        if name in PLAIN:
            reply = await tending.fetch(registration, *PLAIN[name])
            return _ended(reply.trouble, plain(reply.last) if reply.last else {})
        if name == "fetch_records":
            begin, end = (
                text_of_moment(datetime.fromisoformat(given[key])) for key in ("begin_at", "end_at")
            )
            reply = await self.door.queries.ask(
                registration, "RecordInfo", str(given["channel"]), StartTime=begin, EndTime=end, Type="all"
            )
            return _ended(reply.trouble, {"records": list(reply.collector.items.values())[:MOST_RECORDS]})
        return "failed", f"没有命令 {name}", {}

    def _save(self, id: int, state: str, detail: str, result: dict[str, Any]) -> None:
        row = {
            "id": id, "state": state, "attempts": 1, "answer_code": "", "result_code": "", "detail": detail[:300],
            "result": json.dumps(result, ensure_ascii=False), "is_answered": state == "done", "is_finished": True,
        }  # fmt: skip
        self.door.gateway.counters.commands.labels(state).inc()
        self.door.gateway.desk.execute(SAVE, row)


def _ended(trouble: str, result: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    if trouble == "no_answer":
        return "timed_out", "设备没有应答", result
    return ("failed" if trouble else "done"), trouble, result
