"""The event loop's side: links, turns of decoding, groups under way, replies after their commit."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from district.edges.gateway.commands import Commands
from district.edges.gateway.counters import Counters
from district.edges.gateway.desk import Desk
from district.edges.gateway.directory import Directory, Known, Snapshot
from district.edges.gateway.flood import FloodGate
from district.edges.gateway.gb28181.commands import SipCommands
from district.edges.gateway.gb28181.door import SipDoor
from district.edges.gateway.group import Group, Refusal
from district.edges.gateway.hj212 import Hj212
from district.edges.gateway.jt808 import Jt808
from district.edges.gateway.jt808.asking import ask_for_parts
from district.edges.gateway.jt808.commands import TerminalCommands
from district.edges.gateway.jt808.udp import UdpPort
from district.edges.gateway.jt1078.door import MediaDoor, NoCommands
from district.edges.gateway.limits import Limits
from district.edges.gateway.link import Link
from district.edges.gateway.tallies import Tallies
from district.edges.gateway.writer import Writer
from district.kernel import clock
from district.kernel.devices.series_facts import NO_FACTS

log = logging.getLogger("district.gateway")

DIALECTS: dict[str, Any] = {"hj212": Hj212, "jt808": Jt808}
"""Streams of frames: bytes of many connections → one group."""
DATAGRAMS = {"jt808": UdpPort}
"""Of these, those that are spoken over UDP too."""
DOORS: dict[str, Any] = {"gb28181": SipDoor, "jt1078": MediaDoor}
"""Protocols that keep state and speak first: they open their ports themselves."""
MOST_UNDER_WAY = 3_600_000
"""Bytes decoded and not yet committed: what one transaction takes, and what is ready to follow it."""
ENOUGH_TO_GO_ON = 96 * 1024
"""So many bytes are decoded at once; fewer wait a little for more."""
LONGER_GATHERING = 4
"""While a transaction runs there is time to gather: nothing can be committed before it ends."""
SWEEP_S = 5.0
FLUSH_S = 1.0


class Gateway:
    """`listens`: (protocol, port) to open. `intake(system)` gives the pure module that knows a system's data."""

    def __init__(
        self, listens: list[tuple[str, int]], intake: Callable[[str], ModuleType | None], limits: Limits
    ) -> None:
        self.listens = listens
        self.limits = limits
        self.counters = Counters()
        self.directory = Directory()
        self.tallies = Tallies(clock.now())
        self.gate = FloodGate()
        self.dialects = {
            protocol: DIALECTS[protocol](self.directory, limits, intake)
            for protocol in {name for name, _ in listens if name in DIALECTS}
        }
        self.doors = [DOORS[protocol](self, port) for protocol, port in listens if protocol in DOORS]
        self.links: set[Link] = set()
        self.link_of: dict[int, Link] = {}
        self.paused: set[Link] = set()
        self.dirty: dict[str, dict[Link, None]] = {protocol: {} for protocol in self.dialects}
        self.buffered = 0
        self.under_way = 0
        self.is_stopping = False
        self.servers: list[asyncio.Server] = []
        self.datagram_ports: list[UdpPort] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        self._number = 0
        self._turn: asyncio.TimerHandle | asyncio.Handle | None = None
        self._intake = intake
        self.writer = Writer(self.directory, self._facts, self._done_in_writer)
        self.desk = Desk(self)
        self.commands = Commands(self)
        self.terminal_commands = TerminalCommands(self)
        self.askers: list[Commands | SipCommands | NoCommands] = [
            self.commands, self.terminal_commands, *(door.commands for door in self.doors)
        ]  # fmt: skip

    # ---- life

    async def start(self, bind: str) -> None:
        """Opens the ports. Reading begins when the devices are known."""
        self.loop = asyncio.get_running_loop()
        self.writer.start()
        self.desk.start()
        for protocol, port in self.listens:
            if protocol not in DIALECTS:
                continue
            server = await self.loop.create_server(
                partial(Link, self, protocol, port), bind, port, backlog=4096
            )
            self.servers.append(server)
            if protocol in DATAGRAMS:
                _, opened = await self.loop.create_datagram_endpoint(
                    partial(DATAGRAMS[protocol], self, protocol, port), (bind, port)
                )
                self.datagram_ports.append(opened)
        for door in self.doors:
            await door.start_listening(bind)
        self.loop.call_later(SWEEP_S, self._sweep)
        self.loop.call_later(FLUSH_S, self._flush)

    async def stop(self) -> None:
        """No new connections; what has come is decoded, committed and answered; then all are closed."""
        self.is_stopping = True
        for server in self.servers:
            server.close()
        for link in self.links:
            link.pause()
        for door in self.doors:
            await door.stop()
        deadline = time.monotonic() + self.limits.drain_s
        while time.monotonic() < deadline and (self.under_way or self._has_whole_work()):
            self._plan()
            await asyncio.sleep(0.01)
        for link in list(self.links):
            link.close()
        for datagram_port in self.datagram_ports:
            datagram_port.close()
        for door in self.doors:
            door.close()
        await asyncio.sleep(0.05)
        self._write_last_sums()
        self._flush()
        self.writer.groups.put(None)
        await asyncio.to_thread(self.writer.join, max(1.0, deadline - time.monotonic()))
        self.writer.give_up()
        await asyncio.to_thread(self.desk.finish, 3.0)

    def _has_whole_work(self) -> bool:
        return any(self.dirty.values()) and self.writer.is_connected

    def _write_last_sums(self) -> None:
        sums = self.gate.sums(time.monotonic(), is_final=True)
        if sums:
            group = self.new_group(self.listens[0][0])
            group.refusals = sums
            self.hand_over(group)

    # ---- links

    def admit(self, link: Link) -> bool:
        if len(self.links) >= self.limits.connections or self.is_stopping:
            self.counters.turned_away.inc()
            return False
        self.links.add(link)
        self.counters.opened.inc()
        self.counters.connections.set(len(self.links))
        return True

    def lost(self, link: Link) -> None:
        self.links.discard(link)
        self.paused.discard(link)
        self.counters.connections.set(len(self.links))
        now = clock.now()
        for known in link.devices.values():
            if self.link_of.get(known.id) is link:
                del self.link_of[known.id]
                self.tallies.disconnected(known, now)
        if link.buffer:
            self.dirty[link.protocol][link] = None
            self._plan()

    def has_data(self, link: Link, size: int) -> None:
        self.buffered += size
        self.counters.received.inc(size)
        self.dirty[link.protocol][link] = None
        if len(link.buffer) > self.limits.buffer or self.buffered > self.limits.all_buffers:
            self._pause(link)
        if self._turn is None:
            self._plan()

    def meets(self, link: Link, known: Known) -> None:
        """A device speaks over this link for the first time."""
        link.devices[known.id] = known
        self.link_of[known.id] = link
        self.tallies.connected(known, link, clock.now())
        if self.limits.sync_clock and known.protocol == "hj212":
            self.commands.set_clock(known)
        self.commands_for(known.protocol).pump(known.id)

    def leaves(self, link: Link, known: Known) -> None:
        """A device says that it goes; its connection may stay."""
        link.devices.pop(known.id, None)
        if self.link_of.get(known.id) is link:
            del self.link_of[known.id]
            self.tallies.disconnected(known, clock.now())

    def commands_for(self, protocol: str) -> Commands:
        """Who asks the devices of a protocol that speaks in streams."""
        return self.terminal_commands if protocol == "jt808" else self.commands

    def keeps(self, refusal: Refusal, link: Link) -> bool:
        """Whether a refusal is kept byte by byte; counted it is in any case."""
        return self.keeps_from(refusal, link.devices, link.remote.rpartition(":")[0])

    def keeps_from(self, refusal: Refusal, devices: dict[int, Known], host: str) -> bool:
        """The same for a sender that is no link: the devices that have proved themselves there, and its address."""
        self.counters.refusals.labels(refusal.reason).inc()
        known = self.directory.device(refusal.device_code)
        is_device = known is not None and known.id in devices
        if is_device and known is not None:
            self.tallies.refused(known)
        return self.gate.admit(refusal, refusal.device_code if is_device else host, is_device, time.monotonic())

    def may_resume(self, link: Link) -> None:
        if self.is_stopping or link not in self.paused:
            return
        if len(link.buffer) <= self.limits.buffer // 2 and self.buffered <= self.limits.all_buffers // 2:
            wait = link.spend(0, time.monotonic(), self.limits.frames_per_s, self.limits.burst_frames)
            if wait > 0:
                self._resume_later(link, wait)
                return
            link.resume()
            if not link.is_paused:
                self.paused.discard(link)

    def _pause(self, link: Link) -> None:
        link.pause()
        self.paused.add(link)

    def _resume_later(self, link: Link, wait_s: float) -> None:
        assert self.loop is not None
        self._pause(link)
        self.loop.call_later(min(wait_s, 5.0), self.may_resume, link)

    # ---- turns

    def _plan(self) -> None:
        """Sets the next turn, if there is work and room for it."""
        if self._turn is not None or self.loop is None or not self.directory.is_loaded:
            return
        if self.under_way >= MOST_UNDER_WAY or not any(self.dirty.values()):
            return
        wait = self.limits.gather_s * (LONGER_GATHERING if self.under_way else 1)
        self._turn = self.loop.call_later(0.0 if self.buffered >= ENOUGH_TO_GO_ON else wait, self._take_turn)

    def _take_turn(self) -> None:
        self._turn = None
        for protocol, dirty in self.dirty.items():
            if dirty and self.under_way < MOST_UNDER_WAY:
                self._decode(protocol, dirty)
        self._plan()

    def _decode(self, protocol: str, dirty: dict[Link, None]) -> None:
        links, chunks, total = [], [], 0
        share = self.limits.turn_share
        most = min(self.limits.turn_bytes, self.dialects[protocol].turn_bytes)
        for link in list(dirty):
            if total >= most:
                break
            del dirty[link]
            buffer = link.buffer
            chunk = bytes(buffer) if len(buffer) <= share else bytes(memoryview(buffer)[:share])
            if len(chunk) < len(buffer):
                dirty[link] = None  # at the end: the others have their turn first
            links.append(link)
            chunks.append(chunk)
            total += len(chunk)
        try:
            self._read(protocol, links, chunks)
        except Exception:
            # A defect of ours must not stop the others: each connection by itself, the culprit's bytes are kept.
            log.exception("一批报文解码失败，逐个连接重试（decoding failed, trying each connection by itself）")
            for link, chunk in zip(links, chunks, strict=True):
                self._read_alone(protocol, link, chunk)

    def _read_alone(self, protocol: str, link: Link, chunk: bytes) -> None:
        try:
            self._read(protocol, [link], [chunk])
        except Exception as error:
            group = self.new_group(protocol)
            refusal = Refusal(
                group.received_at, protocol, link.port, link.remote, "", "not_processed", "frame",
                f"{type(error).__name__}: {error}", chunk,
            )  # fmt: skip
            if self.keeps(refusal, link):
                group.refusals.append(refusal)
            self._account(group, [link], np.array([len(chunk)]))
            self.hand_over(group)

    def _read(self, protocol: str, links: list[Link], chunks: list[bytes]) -> None:
        group = self.new_group(protocol)
        taken = self.dialects[protocol].read(group, links, chunks)
        self._account(group, links, taken)
        self.hand_over(group)

    def hand_over(self, group: Group) -> None:
        """To the writer if there is anything to store; what is to be said is said afterwards."""
        group.refusals += self.gate.sums(time.monotonic())
        self.counters.frames.inc(group.frames)
        if group.has_rows:
            self.under_way += group.size
            self.writer.groups.put(group)
        else:
            self._deliver(group)

    def new_group(self, protocol: str) -> Group:
        self._number += 1
        return Group(self._number, protocol, clock.now(), decoded_at=time.monotonic())

    def _account(self, group: Group, links: list[Link], taken: np.ndarray) -> None:
        """Lets go of the bytes that are decoded, and of the links that may be read again."""
        now = time.monotonic()
        limits = self.limits
        group.size = max(1, int(taken.sum()))
        for link, size in zip(links, taken.tolist(), strict=True):
            if size:
                del link.buffer[:size]
                self.buffered -= size
                link.heard_at = now
                link.unfinished_at = 0.0
                wait = link.spend(size // 200 + 1, now, limits.frames_per_s, limits.burst_frames)
                if wait > 0 and not link.is_lost:
                    self._resume_later(link, wait)
            if link.is_lost:
                self._finish_lost(group, link, size)
            elif link.buffer and not link.unfinished_at and link.buffer != self.dialects[link.protocol].border:
                link.unfinished_at = now
            if link.wrong_passwords >= limits.wrong_passwords and not link.is_lost:
                self._pause(link)
                group.unwelcome.append(link)
            elif link in self.paused:
                self.may_resume(link)

    def _finish_lost(self, group: Group, link: Link, size: int) -> None:
        """What a closed connection leaves behind and is no frame is kept too."""
        if link in self.dirty[link.protocol]:
            return
        rest = bytes(link.buffer)
        self.buffered -= len(rest)
        link.buffer.clear()
        if rest.strip() and rest != self.dialects[link.protocol].border:
            refusal = Refusal(
                group.received_at, link.protocol, link.port, link.remote, "", "truncated", "frame",
                "连接在报文中途断开", rest[:16384],
            )  # fmt: skip
            if self.keeps(refusal, link):
                group.refusals.append(refusal)

    # ---- after the commit

    def _done_in_writer(self, groups: list[Group]) -> None:
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self._committed, groups)

    def _committed(self, groups: list[Group]) -> None:
        self.counters.commits.inc()
        self.counters.commit_seconds.observe(self.writer.commit_s)
        for group in groups:
            self.under_way -= group.size
            self._deliver(group)
        self._plan()
        for group in groups:
            self._note(group)

    def _note(self, group: Group) -> None:
        """What is done with a committed group once everybody has been answered."""
        self.counters.observations.inc(len(group.stored))
        self.counters.resent.inc(len(group.repeated))
        if group.has_new_series:
            self.desk.alarming.is_stale = True  # their rules are not bound yet
        if len(group.repeated):
            self._note_resends(group)
        if len(group.stored):
            self._tell(group)
        if len(group.places):
            self._tell_places(group)

    def _deliver(self, group: Group) -> None:
        for link, data in group.replies:
            link.send(data)
        self.counters.acknowledged.inc(group.acknowledged)
        for link in group.unwelcome:
            self._close(link, "strangers")
        for heard in group.heard:
            self.commands_for(group.protocol).heard(heard)
        for known in group.clock_wanted:
            self.commands.set_clock(known)

    def _note_resends(self, group: Group) -> None:
        readings, series = group.readings, self.directory.series
        pairs = np.unique(series.device[readings.series[group.repeated]] << 32 | readings.frame[group.repeated])
        devices, counts = np.unique(pairs >> 32, return_counts=True)
        self.tallies.resent(zip(devices.tolist(), counts.tolist(), strict=True))

    def _tell(self, group: Group) -> None:
        """Counts per device, and hands the values on to the alarms and the live pages."""
        readings = group.readings.at(group.stored)
        series = self.directory.series
        devices, counts = np.unique(series.device[readings.series], return_counts=True)
        per_device = dict(zip(devices.tolist(), counts.tolist(), strict=True))
        self.tallies.observations(per_device.items())
        if self.commands.running:
            numbers, counts = np.unique(readings.series, return_counts=True)
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
                self.commands.stored(series.keys[number], count)
        self.desk.stored(series.ids[readings.series], readings, set(per_device))

    def _tell_places(self, group: Group) -> None:
        """Counts per device, and hands the places on to the live pages."""
        places = group.places
        self.counters.positions.inc(len(group.placed))
        self.counters.positions_resent.inc(len(group.replaced))
        for rows, tell in ((group.placed, self.tallies.observations), (group.replaced, self.tallies.resent)):
            devices, counts = np.unique(places.rows.device[rows], return_counts=True)
            tell(zip(devices.tolist(), counts.tolist(), strict=True))
        self.desk.live.add_places(self.directory, places.rows.at(group.placed))

    # ---- now and then

    def _flush(self) -> None:
        assert self.loop is not None
        self.flush_tallies()
        self.counters.queue.set(self.writer.groups.qsize())
        self.counters.buffered.set(self.buffered)
        self.counters.database.set(float(self.writer.is_connected))
        self.commands.tick(time.monotonic())
        self.terminal_commands.tick(time.monotonic())
        ask_for_parts(self, list(self.links), time.monotonic())
        if not self.is_stopping:
            self.loop.call_later(FLUSH_S, self._flush)

    def flush_tallies(self) -> None:
        """Hands what has been counted to the desk, before whatever is handed to it next."""
        portion = self.tallies.portion(clock.now())
        if not portion.is_empty:
            self.desk.write(portion)

    def _sweep(self) -> None:
        """Closes links that say nothing, nothing right, or never finish a frame."""
        assert self.loop is not None
        now, limits = time.monotonic(), self.limits
        for link in list(self.links):
            if link.is_paused:
                continue  # it is us who do not read
            if link.unfinished_at and now - link.unfinished_at > limits.unfinished_s:
                self._close(link, "unfinished")
            elif not link.has_spoken and now - link.made_at > limits.silent_s:
                self._close(link, "silent")
            elif now - link.heard_at > (limits.terminal_idle_s if link.protocol == "jt808" else limits.idle_s):
                self._close(link, "idle")
        if self.gate.has_due(now) and not self.is_stopping:
            group = self.new_group(self.listens[0][0])
            group.refusals = self.gate.sums(now)
            self.hand_over(group)
        if not self.is_stopping:
            self.loop.call_later(SWEEP_S, self._sweep)

    def _close(self, link: Link, why: str) -> None:
        self.counters.closed.labels(why).inc()
        link.close()

    # ---- what other threads call

    def learned(self, snapshot: Snapshot) -> None:
        """From the desk's thread: devices and series have been read."""
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self._apply, snapshot)

    def _apply(self, snapshot: Snapshot) -> None:
        self.directory.apply(snapshot)
        self._plan()

    def _facts(self, key: tuple[int, str, str, str]) -> Any:
        device, item, statistic, period = key
        known = self.directory.by_id(device)
        module = self._intake(known.system) if known else None
        facts = module.series_facts(item, statistic, period) if module else NO_FACTS
        unit = known.units.get(item) if known else None
        return facts if unit is None else facts.in_unit(unit)

    def state(self) -> dict[str, Any]:
        """For /health."""
        return {
            "status": "ok" if self.writer.is_connected and self.directory.is_loaded else "fail",
            "reason": self.writer.trouble or ("" if self.directory.is_loaded else "devices not read yet"),
            "connections": len(self.links), "devices": len(self.directory.by_code), "queue": self.writer.groups.qsize(),
            "decoder": {name: dialect.scanner.engine for name, dialect in self.dialects.items()},
            "doors": {str(door.port): door.state() for door in self.doors},
            "ports": dict((str(port), protocol) for protocol, port in self.listens),
        }  # fmt: skip
