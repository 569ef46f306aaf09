"""What registered devices say: keep-alives, parts of lists, alarms, positions. GB/T 28181-2016 9.4–9.6, 9.11.

What carries data is committed before it is answered; what cannot be true is kept in quarantine and answered all the same.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from district.edges.gateway.gb28181.registrar import date_header
from district.edges.gateway.gb28181.registrations import Registration
from district.kernel import clock
from district.protocols.gb28181 import Body, FrameError, alarm_of, build_body, findings, moment, parse_body

if TYPE_CHECKING:
    from district.edges.gateway.gb28181.door import SipDoor, Turn

TOLERATED = frozenset(("count_mismatch",))
"""Wrong, yet a list must not stay open for ever because of it: the number received is counted anyway."""


class Intake:
    def __init__(self, door: SipDoor) -> None:
        self.door = door

    def hear(self, turn: Turn) -> None:
        """Answers one MESSAGE or NOTIFY."""
        registration = self._sender(turn)
        if registration is None:
            return
        if turn.message.content_type != "application/manscdp+xml":
            turn.refuse(
                "bad_content_type", "frame", f"Content-Type={turn.message.content_type or '（无）'}", 415
            )
            return
        try:
            body = parse_body(turn.message.body)
        except FrameError as error:
            turn.refuse(error.code, error.layer, error.detail, 400)
            return
        found = [each for each in findings(turn.message, body) if each.code not in TOLERATED]
        if found:
            details = "；".join(each.detail for each in found[:6])
            turn.refuse(found[0].code, found[0].layer, details, 400 if found[0].layer == "frame" else 200)
            return
        if body.root == "Notify" and not registration.owns(body.device_id):
            turn.refuse(
                "device_mismatch",
                "semantic",
                f"DeviceID={body.device_id} 不是 {registration.known.code} 的通道",
                200,
            )
            return
        self.door.heard_from(registration, turn.peer)
        self._take(turn, registration, body)

    def _sender(self, turn: Turn) -> Registration | None:
        """The registration of who sends, from where it registered (its port may change behind a NAT)."""
        id = turn.message.from_id
        known = self.door.device(id)
        registration = self.door.registrations.get(known.id) if known else None
        if known is None:
            turn.refuse("unknown_device", "semantic", f"没有登记的设备 {id}", 403)
        elif registration is None:
            turn.refuse("not_registered", "semantic", f"设备 {id} 尚未注册", 403)
        elif registration.peer.source[0] != turn.peer.source[0]:
            detail = f"设备 {id} 从 {registration.peer.source[0]} 注册，报文来自 {turn.peer.source[0]}"
            turn.refuse("wrong_source", "semantic", detail, 403)
        else:
            return registration
        return None

    def _take(self, turn: Turn, registration: Registration, body: Body) -> None:
        if body.root == "Response":
            self.door.queries.heard(registration, body)
            turn.answer(200)
        elif body.command == "Keepalive":
            self._keepalive(turn, registration, body)
        elif body.command == "Alarm":
            self._alarm(turn, registration, body)
        elif body.command == "MobilePosition":
            self._position(turn, registration, body)
        else:
            if body.command == "Catalog":
                registration.catalogue_at_s = 0.0  # something has changed: ask for all of it
            turn.answer(200)

    def _keepalive(self, turn: Turn, registration: Registration, body: Body) -> None:
        told = body.tree.get("Info")
        faulty = frozenset(_texts(told.get("DeviceID")) if isinstance(told, dict) else ())
        if faulty == registration.faulty:
            turn.answer(200)
            return
        registration.faulty = faulty
        turn.report(registration.known, "faults", {"channels": sorted(faulty)[:500]})
        turn.answer_after_commit(200)

    def _alarm(self, turn: Turn, registration: Registration, body: Body) -> None:
        notice = alarm_of(body)
        at = notice.at or clock.now()
        payload: dict[str, Any] = {
            **asdict(notice), "at": at.isoformat(), "zh": notice.zh, "serial": body.serial,
            "has_device_time": notice.at is not None,
        }  # fmt: skip
        key = f"{turn.message.call_id[:60]}/{turn.message.cseq}/{body.serial}/{payload['at']}"
        turn.report(registration.known, "alarm", payload, notice.channel, at, key)
        turn.answer_after_commit(200, then=lambda: self._confirm(registration, body))

    def _confirm(self, registration: Registration, body: Body) -> None:
        """The application's answer to an alarm, in a MESSAGE of its own with the same serial number."""
        answer = build_body("Response", "Alarm", body.serial, body.device_id, {"Result": "OK"})
        self.door.start(self.door.client.tell(registration, answer))

    def _position(self, turn: Turn, registration: Registration, body: Body) -> None:
        at = moment(body.text("Time")) or clock.now()
        names = (
            ("lon", "Longitude"),
            ("lat", "Latitude"),
            ("speed_kmh", "Speed"),
            ("heading_deg", "Direction"),
        )
        payload = {name: float(body.text(field)) for name, field in names if body.text(field)}
        turn.report(registration.known, "position", payload, body.device_id, at)
        turn.answer_after_commit(200)

    def other(self, turn: Turn) -> None:
        """Requests that a server of this kind has no use for, or that need no thinking."""
        method = turn.message.method
        if method == "OPTIONS":
            turn.answer(200, more=(("Allow", "REGISTER, MESSAGE, NOTIFY, BYE, OPTIONS"),))
        elif method == "BYE":
            turn.answer(200 if self.door.prober.ended(turn.message.call_id) else 481)
        elif method == "CANCEL":
            turn.answer(481)
        elif method == "INFO":
            turn.answer(200 if self._sender(turn) is not None else 0)
        elif method == "INVITE":
            turn.answer(603)  # nobody here to talk to: voice to and from cameras is not offered
        elif method != "ACK":
            turn.answer(405, more=(date_header(),))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []
