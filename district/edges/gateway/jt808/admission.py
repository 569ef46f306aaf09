"""Who may speak: registration (0x0100), authentication (0x0102), and what is said to those who have done neither.

A terminal of a known number gets its code, made at need and stored before it is told. The first terminal that registers
under a number holds it: another one is turned away until an operator frees the number.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Any

from district.edges.gateway.directory import Known
from district.edges.gateway.group import Credential, Report
from district.edges.gateway.jt808.sessions import PROTOCOL, Session, talk_of
from district.kernel.devices.seal import seal
from district.protocols.jt808 import Header, Message, encode

if TYPE_CHECKING:
    from district.edges.gateway.jt808.messages import Messages
    from district.edges.gateway.link import Link

REGISTERED, NO_VEHICLE, OTHER_TERMINAL, NO_TERMINAL = 0, 2, 3, 4
FAILED = 1
CODE_BYTES = 16
GENERAL_REPLY = 0x0001


class Admission:
    def __init__(self, messages: Messages) -> None:
        self.messages = messages
        self.turn = messages.turn
        self.register_of_all = messages.register

    # ---- 0x0100

    def register(self, frame: int, message: Message) -> None:
        header, told = message.header, message.body
        if told is None:
            self.turn.refuse(frame, "unexpected_parts", "semantic", "注册消息不得分包", header.phone)
            return
        known = self.register_of_all.find(header.phone)
        fault = self._fault(known, told)
        if fault or known is None:
            reason, detail, result = fault or (
                "unknown_device",
                f"没有登记的终端 {header.phone}",
                NO_TERMINAL,
            )
            self._count(self.messages.link_of(frame), known)
            self.turn.refuse(frame, reason, "semantic", detail, known.code if known else header.phone)
            self._answer(frame, header, result)
            return
        self._answer(frame, header, REGISTERED, self._enter(known, header, told))

    def _fault(self, known: Known | None, told: dict[str, Any]) -> tuple[str, str, int] | None:
        if known is None:
            return None
        if not known.is_active:
            return "device_not_active", f"终端 {known.code} 已暂停或停用", NO_VEHICLE
        held = (known.attributes.get("terminal") or {}).get("terminal_id")
        if held and told["terminal_id"] and held != told["terminal_id"]:
            return (
                "other_terminal",
                f"终端号码 {known.code} 已由终端 {held} 注册，来者为 {told['terminal_id']}",
                OTHER_TERMINAL,
            )
        return None

    def _enter(self, known: Known, header: Header, told: dict[str, Any]) -> str:
        """The code; what is new about the terminal is stored before it is answered."""
        code, sealed = self.register_of_all.code_of(known).decode(), ""
        if not code:
            code = secrets.token_hex(CODE_BYTES)
            sealed = seal(code)
            self.register_of_all.give(known, code.encode())
        about = {
            name: told[name] for name in ("manufacturer", "model", "terminal_id", "plate_colour", "plate")
        }
        about["version"] = header.version
        if sealed or known.attributes.get("terminal") != about:
            known.attributes = known.attributes | {"terminal": about}
            group = self.messages.group
            group.credentials.append(Credential(known.id, sealed, {"terminal": about}))
            key = f"jt808/{known.id}/registered/{group.received_at.timestamp():.3f}"
            group.reports.append(Report(known.id, PROTOCOL, "registered", "", key, group.received_at, about))
        return code

    def _answer(self, frame: int, header: Header, result: int, code: str = "") -> None:
        self.messages.say(frame, header, 0x8100, encode.registration_reply(header, result, code))

    # ---- 0x0102

    def authenticate(self, frame: int, message: Message) -> None:
        header, link = message.header, self.messages.link_of(frame)
        known = self.register_of_all.find(header.phone)
        told = str((message.body or {}).get("auth_code", "")).encode()
        code = self.register_of_all.code_of(known) if known else b""
        if known is None or not known.is_active or not code or not hmac.compare_digest(told, code):
            reason, detail = _why_not(known, header)
            self._count(link, known)
            self.turn.refuse(frame, reason, "semantic", detail, known.code if known else header.phone)
            self.messages.answer(frame, header, FAILED)
            return
        self._replace(link, known)
        begun = self.messages.group.number, frame
        talk_of(link).sessions[bytes.fromhex(header.phone)] = Session(known, code, header, begun)
        self.turn.note_device(link, known, 1)
        if known.id not in link.devices or link.gateway.link_of.get(known.id) is not link:
            link.gateway.meets(link, known)
        self._note_module(known, message.body or {})
        self.messages.answer(frame, header)

    def _replace(self, link: Link, known: Known) -> None:
        """The same terminal somewhere else: the new connection counts, the old one ends with it."""
        before = link.gateway.link_of.get(known.id)
        if before is None or before is link:
            return
        for phone, session in list(talk_of(before).sessions.items()):
            if session.known.id == known.id:
                del talk_of(before).sessions[phone]
        before.devices.pop(known.id, None)
        if not before.devices:
            self.messages.group.unwelcome.append(before)

    def _note_module(self, known: Known, told: dict[str, Any]) -> None:
        """IMEI and software version, which 2019 tells with the code."""
        about = {name: told[name] for name in ("imei", "software_version") if told.get(name)}
        if about and known.attributes.get("module") != about:
            known.attributes = known.attributes | {"module": about}
            self.messages.group.credentials.append(Credential(known.id, "", {"module": about}))

    # ---- neither

    def turn_away(self, frame: int, header: Header) -> None:
        """Somebody who has not authenticated: nothing of it is taken. Clause 7.4."""
        known = self.register_of_all.find(header.phone)
        reason, detail = _why_not(known, header)
        if reason == "wrong_auth_code":
            reason, detail = (
                "not_authenticated",
                f"终端 {header.phone} 未鉴权即发送 0x{header.message_id:04X}",
            )
        self._count(self.messages.link_of(frame), known)
        self.turn.refuse(frame, reason, "semantic", detail, known.code if known else header.phone)
        if header.message_id != GENERAL_REPLY:
            self.messages.answer(frame, header, FAILED)

    def _count(self, link: Link, known: Known | None) -> None:
        if known is None or known.is_active:
            link.wrong_passwords += 1


def _why_not(known: Known | None, header: Header) -> tuple[str, str]:
    if known is None:
        return "unknown_device", f"没有登记的终端 {header.phone}"
    if not known.is_active:
        return "device_not_active", f"终端 {known.code} 已暂停或停用"
    return "wrong_auth_code", f"终端 {header.phone} 的鉴权码不对"
