"""A camera or recorder that speaks GB/T 28181 over UDP: registers, keeps alive, answers questions, sends a picture."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from district.protocols.gb28181 import (
    MANSCDP,
    SDP,
    Body,
    Channel,
    FrameError,
    Sdp,
    SipMessage,
    authorization,
    build_body,
    build_sdp,
    catalogue_items,
    digest_response,
    fields_of,
    parse,
    parse_body,
    parse_sdp,
    request,
    response,
    to_bytes,
)
from district.systems.governance.video.simulator.picture import send_picture

log = logging.getLogger(__name__)

ITEMS_IN_ONE = 3
"""Of a catalogue in one message, so that it fits a datagram."""
EXPIRES_S = 3600


@dataclass
class Model:
    """What it is and how well it behaves. `blind` channels answer an INVITE and send nothing, `deaf` ones refuse it."""

    code: str
    password: str
    channels: list[Channel] = field(default_factory=list)
    interval_s: float = 60.0
    username: str = ""
    manufacturer: str = "SIMULATED"
    faulty: set[str] = field(default_factory=set)
    blind: set[str] = field(default_factory=set)
    deaf: set[str] = field(default_factory=set)
    wrong_ssrc: set[str] = field(default_factory=set)


class UserAgent(asyncio.DatagramProtocol):
    """`run` plays until cancelled. `is_silent` makes it say and answer nothing, like a device without power."""

    def __init__(self, model: Model, server: tuple[str, int], server_id: str) -> None:
        self.model = model
        self.server = server
        self.server_id = server_id
        self.domain = server_id[:10]
        self.is_silent = False
        self.is_registered = False
        self.alarm_answers: list[str] = []
        self._transport: asyncio.DatagramTransport | None = None
        self._waiting: dict[str, asyncio.Future[SipMessage]] = {}
        self._calls: dict[str, tuple[str, Sdp]] = {}
        self._streams: dict[str, asyncio.Task[None]] = {}
        self._call_id = secrets.token_hex(8)
        self._cseq = secrets.randbelow(1000)
        self._serial = 0

    # ---- what it does by itself

    async def run(self) -> None:
        """Registers, and again whenever that is lost; keeps alive in between."""
        await self.open()
        try:
            while True:
                if self.is_silent or not await self.register():
                    await asyncio.sleep(min(5.0, self.model.interval_s))
                    continue
                await self._keep_alive_until_lost()
        finally:
            self.close()

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, remote_addr=self.server)

    def close(self) -> None:
        for stream in self._streams.values():
            stream.cancel()
        if self._transport is not None:
            self._transport.close()

    async def _keep_alive_until_lost(self) -> None:
        missed = 0
        loop = asyncio.get_running_loop()
        renew_at = loop.time() + EXPIRES_S * 0.8
        while missed < 3 and self.is_registered and not self.is_silent:
            if loop.time() > renew_at:
                return
            status = await self.keep_alive()
            missed = missed + 1 if status is None else 0
            if status in (401, 403):
                self.is_registered = False
            await asyncio.sleep(self.model.interval_s)
        self.is_registered = False

    async def register(self, expires_s: int = EXPIRES_S) -> bool:
        """With the digest that is asked for; whether it was let in."""
        answer = await self.ask(self._register(expires_s))
        if answer is not None and answer.status == 401:
            answer = await self.ask(self._register(expires_s, answer))
        self.is_registered = answer is not None and answer.status == 200 and expires_s > 0
        return self.is_registered

    def _register(self, expires_s: int, challenged: SipMessage | None = None) -> SipMessage:
        contact = f"<sip:{self.model.code}@{self._address()}>"
        more: tuple[tuple[str, str], ...] = (("Contact", contact), ("Expires", str(expires_s)))
        uri = f"sip:{self.server_id}@{self.domain}"
        if challenged is not None:
            asked = fields_of(challenged.header("WWW-Authenticate") or "", "WWW-Authenticate")
            fields = {"username": self.model.username or self.model.code, "realm": asked["realm"], "nonce": asked["nonce"],
                      "uri": uri, "algorithm": asked.get("algorithm", "MD5")}  # fmt: skip
            fields["response"] = digest_response(**fields, password=self.model.password, method="REGISTER")
            more = (*more, ("Authorization", authorization(fields)))
        self._cseq += 1
        mine = f"<sip:{self.model.code}@{self.domain}>"
        return request("REGISTER", uri, via=self._via(), sender=f"{mine};tag={secrets.token_hex(4)}", receiver=mine,
                       call_id=self._call_id, cseq=self._cseq, more=more)  # fmt: skip

    async def keep_alive(self) -> int | None:
        """The status of the answer, None for none."""
        told: dict[str, Any] = {"Status": "OK"}
        if self.model.faulty:
            told["Info"] = {"DeviceID": sorted(self.model.faulty)}
        return await self.tell(build_body("Notify", "Keepalive", self.next_serial(), self.model.code, told))

    async def alarm(
        self, channel: str, priority: int, method: int, kind: int, at: str, words: str = ""
    ) -> int | None:
        """Sends an alarm; the status of the answer."""
        told = {"AlarmPriority": priority, "AlarmMethod": method, "AlarmTime": at, "AlarmDescription": words or None,
                "Info": {"AlarmType": kind}}  # fmt: skip
        return await self.tell(build_body("Notify", "Alarm", self.next_serial(), channel, told))

    async def tell(self, body: bytes) -> int | None:
        answer = await self.ask(self.message(body))
        return None if answer is None else answer.status

    def message(self, body: bytes) -> SipMessage:
        """A MESSAGE with this body."""
        return request(
            "MESSAGE", f"sip:{self.server_id}@{self.domain}", via=self._via(),
            sender=f"<sip:{self.model.code}@{self.domain}>;tag={secrets.token_hex(4)}",
            receiver=f"<sip:{self.server_id}@{self.domain}>", call_id=secrets.token_hex(8), cseq=20, body=body,
            content_type=MANSCDP,
        )  # fmt: skip

    async def ask(self, message: SipMessage, patience_s: float = 5.0) -> SipMessage | None:
        """Sends until answered."""
        waiting = self._waiting[message.branch] = asyncio.get_running_loop().create_future()
        data, pause = to_bytes(message), 0.5
        deadline = asyncio.get_running_loop().time() + patience_s
        try:
            while (left := deadline - asyncio.get_running_loop().time()) > 0:
                self._send(data)
                try:
                    return await asyncio.wait_for(asyncio.shield(waiting), min(pause, left))
                except TimeoutError:
                    pause *= 2
            return None
        finally:
            del self._waiting[message.branch]

    def next_serial(self) -> int:
        self._serial += 1
        return self._serial

    # ---- what it is asked

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        if self.is_silent:
            return
        try:
            message = parse(data)
        except FrameError as error:
            log.warning("%s: %s", self.model.code, error)
            return
        if message.is_request:
            self._answer(message)
            return
        waiting = self._waiting.get(message.branch)
        if waiting is not None and not waiting.done() and message.status >= 200:
            waiting.set_result(message)

    def error_received(self, exc: Exception) -> None:
        log.debug("%s: %s", self.model.code, exc)  # nobody listens just now; it will be tried again

    def _answer(self, message: SipMessage) -> None:
        handlers: dict[str, Callable[[SipMessage], None]] = {
            "MESSAGE": self._asked, "INVITE": self._invited, "ACK": self._acknowledged, "BYE": self._hung_up,
        }  # fmt: skip
        handlers.get(message.method, self._plain_yes)(message)

    def _plain_yes(self, message: SipMessage) -> None:
        self._send_response(message, 200)

    def _asked(self, message: SipMessage) -> None:
        self._send_response(message, 200)
        body = parse_body(message.body)
        if body.root == "Response":
            self.alarm_answers.append(body.serial)
        elif body.command == "Catalog":
            self._tell_catalogue(body)
        elif body.command == "DeviceInfo":
            told = {"Result": "OK", "DeviceName": "模拟视频设备", "Manufacturer": self.model.manufacturer, "Model": "SIM-1",
                    "Firmware": "V1.0", "Channel": len(self.model.channels)}  # fmt: skip
            self._reply(build_body("Response", "DeviceInfo", body.serial, body.device_id, told))
        elif body.command == "DeviceStatus":
            told = {"Result": "OK", "Online": "ONLINE", "Status": "OK"}
            self._reply(build_body("Response", "DeviceStatus", body.serial, body.device_id, told))
        elif body.command == "RecordInfo":
            records = {"Name": "record", "SumNum": 0}
            self._reply(
                build_body("Response", "RecordInfo", body.serial, body.device_id, records, [], "RecordList")
            )

    def _tell_catalogue(self, body: Body) -> None:
        items = catalogue_items(self.model.channels)
        for start in range(0, max(1, len(items)), ITEMS_IN_ONE):
            part = items[start : start + ITEMS_IN_ONE]
            self._reply(
                build_body("Response", "Catalog", body.serial, self.model.code, {"SumNum": len(items)}, part)
            )

    def _reply(self, body: bytes) -> None:
        self._start(self.ask(self.message(body)))

    def _invited(self, message: SipMessage) -> None:
        channel = message.to_id
        known = {each.id for each in self.model.channels} | {self.model.code}
        if channel not in known or channel in self.model.deaf:
            self._send_response(message, 404 if channel not in known else 486)
            return
        self._send_response(message, 100)
        offer = parse_sdp(message.body)
        agreed = Sdp("video", channel, "Play", self._address().rpartition(":")[0], 15060, offer.transport, (96,),
                     direction="sendonly", ssrc=offer.ssrc)  # fmt: skip
        self._calls[message.call_id] = (channel, offer)
        self._send_response(message, 200, build_sdp(agreed))

    def _acknowledged(self, message: SipMessage) -> None:
        channel, offer = self._calls.get(message.call_id, ("", None))
        if offer is None or channel in self.model.blind or message.call_id in self._streams:
            return
        ssrc = (offer.ssrc_number or 0) + (1 if channel in self.model.wrong_ssrc else 0)
        self._streams[message.call_id] = asyncio.get_running_loop().create_task(
            send_picture(offer.ip, offer.port, ssrc, is_tcp=offer.is_tcp)
        )

    def _hung_up(self, message: SipMessage) -> None:
        self._calls.pop(message.call_id, None)
        stream = self._streams.pop(message.call_id, None)
        if stream is not None:
            stream.cancel()
        self._send_response(message, 200)

    # ---- the wire

    def _send_response(self, asked: SipMessage, status: int, body: bytes = b"") -> None:
        answer = response(asked, status, source=self.server, to_tag="sim", body=body, content_type=SDP)
        self._send(to_bytes(answer))

    def _send(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing() and not self.is_silent:
            self._transport.sendto(data)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._streams[f"work-{id(task)}"] = task
        task.add_done_callback(lambda done: self._streams.pop(f"work-{id(done)}", None))

    def _address(self) -> str:
        assert self._transport is not None
        host, port = self._transport.get_extra_info("sockname")[:2]
        return f"{host}:{port}"

    def _via(self) -> str:
        return f"SIP/2.0/UDP {self._address()};rport;branch=z9hG4bK{secrets.token_hex(8)}"
