"""Our own requests to devices: sent again over UDP until answered, matched by branch. RFC 3261 section 17.1."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import replace

from district.edges.gateway.gb28181.peers import Peer
from district.edges.gateway.gb28181.registrations import Registration
from district.edges.gateway.gb28181.settings import SipSettings
from district.protocols.gb28181 import MANSCDP, SDP, Sdp, SipMessage, build_body, build_sdp, request, to_bytes

FIRST_REPEAT_S = 0.5
LONGEST_REPEAT_S = 4.0
MOST_GIVEN_UP = 1_000


class Client:
    """`ask` gives the final answer, or None when none has come in time."""

    def __init__(self, settings: SipSettings, port: int) -> None:
        self.settings = settings
        self.port = port
        self._waiting: dict[tuple[str, str], asyncio.Queue[SipMessage]] = {}
        self._acks: dict[str, tuple[Peer, bytes]] = {}
        self._given_up: OrderedDict[str, tuple[Registration, SipMessage]] = OrderedDict()
        self._endings: set[asyncio.Task[bool]] = set()
        self._serial = secrets.randbelow(100_000)
        self._stream = secrets.randbelow(10_000)

    def next_serial(self) -> int:
        self._serial = self._serial % 999_999 + 1
        return self._serial

    def next_stream(self) -> int:
        """A number for an SSRC: unique among the last ten thousand."""
        self._stream = (self._stream + 1) % 10_000
        return self._stream

    def heard(self, answer: SipMessage) -> bool:
        """Hands an answer to whoever waits; a repeated 200 to an INVITE gets its ACK again."""
        queue = self._waiting.get((answer.branch, answer.cseq_method))
        if queue is not None:
            queue.put_nowait(answer)
            return True
        if answer.cseq_method == "INVITE" and answer.call_id in self._acks:
            peer, ack = self._acks[answer.call_id]
            peer.send(ack)
            return True
        late = self._given_up.pop(answer.call_id, None) if answer.cseq_method == "INVITE" else None
        if late is not None and answer.status < 300:
            self._end_late(*late, answer)
        return late is not None

    def _end_late(self, registration: Registration, invite: SipMessage, answer: SipMessage) -> None:
        """A yes that came after we had given up: it is ended, else the device would send for ever."""
        self.acknowledge(registration, invite, answer)
        task = asyncio.get_running_loop().create_task(self.hang_up(registration, invite, answer))
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)

    def our_uri(self, peer: Peer) -> str:
        return f"<sip:{self.settings.id}@{self.host(peer)}:{self.port}>"

    def host(self, peer: Peer) -> str:
        return self.settings.address or peer.our_host

    def made(
        self, registration: Registration, method: str, target: str, *, call_id: str = "", cseq: int = 1, to_tag: str = "",
        from_tag: str = "", more: tuple[tuple[str, str], ...] = (), body: bytes = b"", content_type: str = "",
        branch: str = "",
    ) -> SipMessage:  # fmt: skip
        """A request to a device or a channel behind it, sent to where the device really is."""
        peer, domain = registration.peer, self.settings.domain
        host = self.host(peer)
        return request(
            method, f"sip:{target}@{peer.source[0]}:{peer.source[1]}",
            via=f"SIP/2.0/{peer.transport_name} {host}:{self.port};rport;branch={branch or _branch()}",
            sender=f"<sip:{self.settings.id}@{domain}>;tag={from_tag or secrets.token_hex(4)}",
            receiver=f"<sip:{target}@{domain}>" + (f";tag={to_tag}" if to_tag else ""),
            call_id=call_id or f"{secrets.token_hex(12)}@{host}", cseq=cseq,
            more=(("Contact", self.our_uri(peer)), *more), body=body, content_type=content_type,
        )  # fmt: skip

    async def ask(
        self, registration: Registration, message: SipMessage, patience_s: float
    ) -> SipMessage | None:
        """Sends until a final answer comes. A provisional one ends the repeating."""
        key = (message.branch, message.method)
        queue: asyncio.Queue[SipMessage] = asyncio.Queue()
        self._waiting[key] = queue
        data, peer = to_bytes(message), registration.peer
        loop = asyncio.get_running_loop()
        deadline, pause, repeats = loop.time() + patience_s, FIRST_REPEAT_S, peer.transport_name == "UDP"
        try:
            if not peer.send(data):
                return None
            while (left := deadline - loop.time()) > 0:
                try:
                    answer = await asyncio.wait_for(queue.get(), min(left, pause) if repeats else left)
                except TimeoutError:
                    if repeats and loop.time() < deadline:
                        peer.send(data)
                        pause = min(LONGEST_REPEAT_S, pause * 2)
                    continue
                if answer.status >= 200:
                    return answer
                repeats = False
            return None
        finally:
            del self._waiting[key]

    async def tell(self, registration: Registration, body: bytes, target: str = "") -> SipMessage | None:
        """A MESSAGE with a MANSCDP body."""
        message = self.made(
            registration, "MESSAGE", target or registration.known.code, body=body, content_type=MANSCDP
        )
        return await self.ask(registration, message, self.settings.answer_s)

    def query(self, command: str, serial: int, target: str, **conditions: object) -> bytes:
        return build_body("Query", command, serial, target, conditions)

    async def invite(
        self, registration: Registration, channel: str, offer: Sdp
    ) -> tuple[SipMessage, SipMessage | None]:
        """The INVITE and its final answer. A refusal is acknowledged here; silence is followed by a CANCEL."""
        subject = f"{channel}:{offer.ssrc},{self.settings.id}:0"
        invite = self.made(
            registration,
            "INVITE",
            channel,
            more=(("Subject", subject),),
            body=build_sdp(offer),
            content_type=SDP,
        )
        answer = await self.ask(registration, invite, self.settings.invite_s)
        if answer is None:
            self._given_up[invite.call_id] = (registration, invite)
            while len(self._given_up) > MOST_GIVEN_UP:
                self._given_up.popitem(last=False)
            await self._cancel(registration, invite)
        elif answer.status >= 300:
            registration.peer.send(to_bytes(self._ack(registration, invite, answer, branch=invite.branch)))
        return invite, answer

    def _ack(
        self, registration: Registration, invite: SipMessage, answer: SipMessage, branch: str = ""
    ) -> SipMessage:
        return self.made(
            registration, "ACK", invite.to_id, call_id=invite.call_id, cseq=invite.cseq, to_tag=answer.to_tag,
            from_tag=invite.from_tag, branch=branch,
        )  # fmt: skip

    def acknowledge(self, registration: Registration, invite: SipMessage, answer: SipMessage) -> None:
        """ACK of a 200: a transaction of its own, kept in case the 200 is repeated."""
        ack = to_bytes(self._ack(registration, invite, answer))
        self._acks[invite.call_id] = (registration.peer, ack)
        registration.peer.send(ack)

    async def hang_up(self, registration: Registration, invite: SipMessage, answer: SipMessage) -> bool:
        """BYE; whether the device said yes."""
        bye = self.made(
            registration, "BYE", invite.to_id, call_id=invite.call_id, cseq=invite.cseq + 1, to_tag=answer.to_tag,
            from_tag=invite.from_tag,
        )  # fmt: skip
        said = await self.ask(registration, bye, self.settings.answer_s)
        self._acks.pop(invite.call_id, None)
        return said is not None and said.status < 300

    async def _cancel(self, registration: Registration, invite: SipMessage) -> None:
        cancel = self.made(
            registration, "CANCEL", invite.to_id, call_id=invite.call_id, cseq=invite.cseq, from_tag=invite.from_tag,
            branch=invite.branch,
        )  # fmt: skip
        without_contact = replace(
            cancel, headers=tuple(each for each in cancel.headers if each[0] != "Contact")
        )
        await self.ask(registration, without_contact, 2.0)


def _branch() -> str:
    return f"z9hG4bK{secrets.token_hex(8)}"
