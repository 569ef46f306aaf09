"""The open port: takes requests apart, sees that each is done once and answered, and hands them on."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from district.edges.gateway.directory import Known
from district.edges.gateway.gb28181.client import Client
from district.edges.gateway.gb28181.commands import SipCommands
from district.edges.gateway.gb28181.guard import Pace
from district.edges.gateway.gb28181.intake import Intake
from district.edges.gateway.gb28181.peers import Peer, TcpPeer, UdpPort, local_address_towards
from district.edges.gateway.gb28181.probe import Prober
from district.edges.gateway.gb28181.queries import Queries
from district.edges.gateway.gb28181.registrar import PROTOCOL, Registrar
from district.edges.gateway.gb28181.registrations import Registration
from district.edges.gateway.gb28181.settings import SipSettings
from district.edges.gateway.gb28181.tending import Tending
from district.edges.gateway.gb28181.transactions import Answered, Key
from district.edges.gateway.group import Group, Refusal, Report
from district.kernel import clock
from district.protocols.gb28181 import FrameError, SipMessage, parse, response, to_bytes

if TYPE_CHECKING:
    from district.edges.gateway.gateway import Gateway

log = logging.getLogger("district.gateway")

OFFLINE = "UPDATE devices_device SET is_online = false WHERE id = %s AND is_online"
MOST_WAITING = 20_000
"""Answers that wait for a commit; beyond it (the database is away) devices are told to come later."""


class SipDoor:
    """One per gateway. Lives in the event loop."""

    def __init__(self, gateway: Gateway, port: int, settings: SipSettings | None = None) -> None:
        self.gateway = gateway
        self.port = port
        self.bind = "127.0.0.1"
        self.settings = settings or SipSettings.from_environment()
        self.registrations: dict[int, Registration] = {}
        self.answered = Answered()
        self.pace = Pace(self.settings.messages_per_s, self.settings.messages_burst)
        self.device_pace = Pace(self.settings.device_messages_per_s, self.settings.device_messages_burst)
        self.registrar = Registrar(self)
        self.intake = Intake(self)
        self.client = Client(self.settings, port)
        self.queries = Queries(self)
        self.prober = Prober(self)
        self.tending = Tending(self)
        self.commands = SipCommands(self)
        self.waiting = 0
        self._connections: set[TcpPeer] = set()
        self._peers: dict[str, Peer] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._server: asyncio.Server | None = None
        self._datagrams: asyncio.DatagramTransport | None = None

    # ---- life

    async def start_listening(self, bind: str) -> None:
        """Opens UDP and TCP. Raises OSError when the port is taken."""
        loop = asyncio.get_running_loop()
        self.bind = bind
        host_of = lru_cache(maxsize=10_000)(local_address_towards)
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: UdpPort(self, host_of), (bind, self.port)
        )
        self._server = await loop.create_server(lambda: TcpPeer(self), bind, self.port, backlog=1024)
        self.start(self.tending.run())

    async def stop(self) -> None:
        """Nothing more is heard; what waits for its commit is still answered by the gateway."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            self._server.close()

    def close(self) -> None:
        """After the last answer."""
        for connection in list(self._connections):
            connection.close()
        if self._datagrams is not None:
            self._datagrams.close()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Runs it beside everything else; a failure is logged."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("视频信令任务出错（a task of the SIP server failed）", exc_info=task.exception())

    def state(self) -> dict[str, Any]:
        """For /health."""
        return {"registered": len(self.registrations), "connections": len(self._connections)}

    # ---- connections

    def admit(self, peer: TcpPeer) -> bool:
        if len(self._connections) >= self.settings.connections or self.gateway.is_stopping:
            self.gateway.counters.turned_away.inc()
            return False
        self._connections.add(peer)
        self.gateway.counters.opened.inc()
        return True

    def connection_lost(self, peer: TcpPeer) -> None:
        self._connections.discard(peer)
        for registration in list(self.registrations.values()):
            if registration.peer is peer and not self.gateway.is_stopping:
                self.lose(registration, "connection_closed")

    def close_quiet(self, now_s: float) -> None:
        for peer in list(self._connections):
            is_unfinished = peer.unfinished_at and now_s - peer.unfinished_at > self.settings.unfinished_s
            if is_unfinished or now_s - peer.heard_at > self.settings.idle_s:
                self.gateway.counters.closed.labels("unfinished" if is_unfinished else "idle").inc()
                peer.close()

    # ---- messages

    def received(self, raw: bytes, peer: Peer) -> None:
        """One whole message."""
        if not self.gateway.directory.is_loaded or self.gateway.is_stopping:
            return  # whoever sends will send again
        now_s = time.monotonic()
        known_peer = self._peers.get(peer.remote)
        if known_peer is not None and known_peer.is_same_place(peer):
            peer = known_peer
        pace = self.device_pace if peer.devices else self.pace
        if not pace.allows(peer.source[0], now_s):
            self.refuse_bytes(peer, raw, "too_many_messages", f"{peer.source[0]} 报文过快", "semantic")
            return
        try:
            message = parse(raw)
        except FrameError as error:
            self.refuse_bytes(peer, raw, error.code, error.detail)
            return
        if not message.is_request:
            self.client.heard(message)
            return
        key = self.answered.key(message, peer)
        if not self.answered.begins(key, now_s):
            before = self.answered.answer(key)
            if before is not None:
                peer.send(before)
            return
        self._dispatch(Turn(self, message, peer, key))

    def _dispatch(self, turn: Turn) -> None:
        try:
            if turn.message.method == "REGISTER":
                self.registrar.register(turn)
            elif turn.message.method in ("MESSAGE", "NOTIFY"):
                self.intake.hear(turn)
            else:
                self.intake.other(turn)
        except Exception as error:
            # A defect of ours must not end the server: the message is kept, its sender may try again.
            log.exception("一条 SIP 报文处理失败（a SIP message could not be processed）")
            turn.refuse("not_processed", "frame", f"{type(error).__name__}: {error}", 500)

    def refuse_bytes(
        self, peer: Peer, raw: bytes, code: str, detail: str, layer: str = "frame", device: str = ""
    ) -> None:
        """Keeps what cannot be answered."""
        group = self._group(1)
        refusal = Refusal(
            group.received_at, PROTOCOL, self.port, peer.remote, device, code, layer, detail, raw[:65536]
        )
        if self.gateway.keeps_from(refusal, peer.devices, peer.source[0]):
            group.refusals.append(refusal)
            self.gateway.hand_over(group)

    def _group(self, frames: int) -> Group:
        group = self.gateway.new_group(PROTOCOL)
        group.frames = frames
        return group

    # ---- devices

    def device(self, id: str) -> Known | None:
        known = self.gateway.directory.device(id)
        return known if known is not None and known.protocol == PROTOCOL else None

    def devices(self) -> Iterator[Known]:
        return (
            known
            for known in self.gateway.directory.by_number
            if known.protocol == PROTOCOL and known.is_active
        )

    def enter(self, registration: Registration) -> None:
        """It is registered from now on."""
        known = registration.known
        before = self.registrations.get(known.id)
        self.registrations[known.id] = registration
        self._settle(registration.peer, known)
        if before is not None and before is not registration:
            self._unsettle(before.peer, known)
        if before is not registration:
            self.gateway.tallies.connected(known, registration.peer, registration.registered_at)
        self.gateway.tallies.frames(known, 1)

    def _settle(self, peer: Peer, known: Known) -> None:
        """What comes from there next comes from somebody we know."""
        peer.devices[known.id] = known
        self._peers[peer.remote] = peer

    def _unsettle(self, peer: Peer, known: Known) -> None:
        current = self.registrations.get(known.id)
        if current is None or current.peer is not peer:
            peer.devices.pop(known.id, None)
        if not peer.devices and self._peers.get(peer.remote) is peer:
            del self._peers[peer.remote]

    def leave(self, id: int) -> None:
        registration = self.registrations.pop(id, None)
        if registration is not None:
            self._unsettle(registration.peer, registration.known)
            self.gateway.tallies.disconnected(registration.known, clock.now())
            self.gateway.flush_tallies()
            self.gateway.desk.execute(OFFLINE, [id])

    def lose(self, registration: Registration, reason: str) -> None:
        """It has gone without saying so."""
        self.leave(registration.known.id)
        self.report(registration.known, "lost", {"reason": reason})

    def heard_from(self, registration: Registration, peer: Peer) -> None:
        """A sign of life; behind a NAT the port may have changed."""
        registration.heard_at_s = time.monotonic()
        if peer.remote != registration.peer.remote:
            before, registration.peer = registration.peer, peer
            self._settle(peer, registration.known)
            self._unsettle(before, registration.known)
        self.gateway.tallies.frames(registration.known, 1)

    def report(self, known: Known, kind: str, payload: dict[str, Any], subject: str = "") -> None:
        """Something we found out ourselves."""
        group = self._group(0)
        group.reports.append(
            Report(known.id, PROTOCOL, kind, subject, uuid.uuid4().hex, clock.now(), payload)
        )
        self.gateway.hand_over(group)


class Turn:
    """One request and its answer. What it brings is stored in one transaction, and answered after it where it must."""

    def __init__(self, door: SipDoor, message: SipMessage, peer: Peer, key: Key) -> None:
        self.door = door
        self.message = message
        self.peer = peer
        self._key = key
        self._then: Callable[[], None] | None = None
        self._group = door._group(1)
        self._tag = secrets.token_hex(4)

    def report(
        self, known: Known, kind: str, payload: dict[str, Any], subject: str = "", at: datetime | None = None, key: str = ""
    ) -> None:  # fmt: skip
        """A row of the device reports. With a `key`, the same thing told again, even after a restart, is the same row."""
        whole = f"{known.code}/{kind}/{key}" if key else uuid.uuid4().hex
        self._group.reports.append(
            Report(known.id, PROTOCOL, kind, subject, whole, at or self._group.received_at, payload)
        )

    def answer(self, status: int, more: tuple[tuple[str, str], ...] = ()) -> None:
        """At once. Status 0: no answer is due any more."""
        if status:
            self.send(self._bytes(status, more))
        self.door.gateway.counters.frames.inc()

    def answer_after_commit(
        self, status: int, more: tuple[tuple[str, str], ...] = (), then: Callable[[], None] | None = None
    ) -> None:
        if self.door.waiting >= MOST_WAITING:
            self.answer(503, (("Retry-After", "30"),))
            return
        self.door.waiting += 1
        self._then = then
        self._group.size = len(self.message.raw)
        self._group.acknowledged = 1
        self._group.replies.append((_AfterCommit(self), self._bytes(status, more)))
        self.door.gateway.hand_over(self._group)

    def refuse(self, reason: str, layer: str, detail: str, status: int) -> None:
        """Into quarantine with it, and the sender is told."""
        refusal = Refusal(
            self._group.received_at, PROTOCOL, self.door.port, self.peer.remote, self.message.from_id, reason, layer,
            detail, self.message.raw,
        )  # fmt: skip
        if self.door.gateway.keeps_from(refusal, self.peer.devices, self.peer.source[0]):
            self._group.refusals.append(refusal)
            self.answer_after_commit(status)
        else:
            self.answer(status)

    def _bytes(self, status: int, more: tuple[tuple[str, str], ...]) -> bytes:
        return to_bytes(response(self.message, status, source=self.peer.source, to_tag=self._tag, more=more))

    def send(self, data: bytes) -> bool:
        self.door.answered.keep(self._key, data)
        return self.peer.send(data)

    def committed(self, data: bytes) -> bool:
        self.door.waiting -= 1
        is_sent = self.send(data)
        if self._then is not None:
            self._then()
        return is_sent


class _AfterCommit:
    """What the gateway calls once a group is committed."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def send(self, data: bytes) -> bool:
        return self._turn.committed(data)
