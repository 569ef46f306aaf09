"""Requests of people to terminals (`devices.commands.ask`), one at a time for each, followed until answered.

JT/T 808-2013 clause 7.2: what is not answered is sent again after T(n+1) = T(n) × (n+1).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from district.edges.gateway.commands import Command, Commands
from district.edges.gateway.gb28181.peers import local_address_towards
from district.edges.gateway.group import Heard
from district.edges.gateway.jt808.requests import REQUESTS
from district.edges.gateway.jt808.sessions import PROTOCOL, Session, talk_of
from district.edges.gateway.jt1078.door import MediaDoor
from district.protocols.jt808 import encode

if TYPE_CHECKING:
    from district.edges.gateway.gateway import Gateway
    from district.edges.gateway.link import Link


class TerminalCommands(Commands):
    """The queue and the claims are those of every protocol; what is said is this one's."""

    protocol = PROTOCOL

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.videos: dict[tuple[int, int], float] = {}
        """When a picture was asked for, by device and channel."""

    def _session(self, command: Command) -> tuple[Link, Session]:
        link = self.gateway.link_of.get(command.device.id)
        if link is not None:
            for session in talk_of(link).sessions.values():
                if session.known.id == command.device.id:
                    return link, session
        raise ValueError("终端未鉴权")

    def _build(self, command: Command) -> None:
        link, session = self._session(command)
        request = REQUESTS.get(command.name)
        if request is None:
            raise ValueError(f"没有命令 {command.name}")
        body = request.body(session.header.version, command.parameters | self._ours(link))
        if command.name == "start_video":
            self.videos[command.device.id, int(command.parameters["channel"])] = time.monotonic()
        parts = max(1, -(-len(body) // encode.LONGEST_BODY))
        serial = talk_of(link).next_serial(parts)
        frames = encode.frames_of(encode.reply_header(session.header, request.message_id, serial), body)
        command.frame = b"".join(frames)
        # A terminal answers the serial of the last part, or that of the first: both are understood.
        command.message_id = str((serial + parts - 1) % encode.SERIALS)
        command.fields = {"first_serial": serial}

    def _ours(self, link: Link) -> dict[str, Any]:
        """Where the probe of streams is, as this terminal can reach it."""
        port = next((door.port for door in self.gateway.doors if isinstance(door, MediaDoor)), 0)
        return {"our_host": local_address_towards(link.remote.rpartition(":")[0]), "our_port": port}

    def _send(self, command: Command) -> None:
        super()._send(command)
        command.deadline = time.monotonic() + command.timeout_s * command.attempts

    def heard(self, heard: Heard) -> None:
        """What a terminal said, when it concerns the command it is working on."""
        command = self.running.get(heard.device.id)
        if command is None:
            return
        request = REQUESTS[command.name]
        is_unnumbered = heard.message_id is None and heard.command == request.answer
        serials = (command.message_id, str(command.fields.get("first_serial")))
        if not is_unnumbered and heard.message_id not in serials:
            return
        if heard.kind == "parts_asked":
            self._send_parts(command, heard)
        elif heard.kind == "reply":
            self._replied(command, heard, request.answer)
        elif heard.command == request.answer:
            command.fields |= heard.fields
            command.state = "done"
            self._finish(command)

    def _replied(self, command: Command, heard: Heard, answer: str) -> None:
        command.answer_code = heard.code
        if not heard.is_good:
            command.state, command.detail = "refused", RESULTS.get(heard.code, f"结果 {heard.code}")
            self._finish(command)
        elif answer:
            command.state = "executing"
            command.deadline = time.monotonic() + max(30.0, command.timeout_s)
            self._save(command)
        else:
            command.state = "done"
            self._finish(command)

    def _send_parts(self, command: Command, heard: Heard) -> None:
        """0x0005: the parts named, as they were."""
        frames = [b"\x7e" + each + b"\x7e" for each in command.frame.split(b"\x7e") if each]
        wanted = [frames[index - 1] for index in heard.fields.get("indexes", []) if 1 <= index <= len(frames)]
        link = self.gateway.link_of.get(command.device.id)
        if link is not None and wanted:
            link.send(b"".join(wanted))


RESULTS = {"1": "终端执行失败", "2": "终端认为消息有误", "3": "终端不支持"}
