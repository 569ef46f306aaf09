"""Once a second: who has fallen silent, whose catalogue is due, which camera is to be looked at next."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from district.edges.gateway.gb28181.probe import Outcome, outcome_json
from district.edges.gateway.gb28181.queries import Reply
from district.edges.gateway.gb28181.registrations import Registration
from district.protocols.gb28181 import Body

if TYPE_CHECKING:
    from district.edges.gateway.gb28181.door import SipDoor

log = logging.getLogger("district.gateway")

TICK_S = 0.5
MOST_CHANNELS_TOLD = 20_000
NEVER_HEARD = "not_heard_since_start"


class Tending:
    def __init__(self, door: SipDoor) -> None:
        self.door = door
        self.settings = door.settings
        self._queries = asyncio.Semaphore(door.settings.queries_at_once)
        self._started_s = time.monotonic()
        self._awaited: set[int] | None = None

    async def run(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            try:
                self._look_around(time.monotonic())
            except Exception:
                # Whatever one device has led to, the others must be looked after.
                log.exception("视频设备巡查出错（tending of cameras failed, it goes on）")

    def _look_around(self, now_s: float) -> None:
        for registration in list(self.door.registrations.values()):
            reason = self._lost(registration, now_s)
            if reason:
                self.door.lose(registration, reason)
            else:
                self._ask(registration, now_s)
        self._miss_the_absent(now_s)
        self.door.close_quiet(now_s)

    def _lost(self, registration: Registration, now_s: float) -> str:
        current = self.door.device(registration.known.code)
        if current is None or not current.is_active:
            return "device_not_active"
        registration.known = current
        if now_s > registration.expires_at_s:
            return "registration_expired"
        if now_s - registration.heard_at_s > registration.silent_after_s(self.settings.missed):
            return "keepalive_missed"
        return ""

    def _miss_the_absent(self, now_s: float) -> None:
        """After a start: a device that was registered before and does not come back is off line."""
        if not self.door.gateway.directory.is_loaded:
            self._started_s = now_s
            return
        if self._awaited is None:
            self._awaited = {known.id for known in self.door.devices()}
        for id in list(self._awaited):
            known = self.door.gateway.directory.by_id(id)
            if known is None or id in self.door.registrations:
                self._awaited.discard(id)
            elif now_s - self._started_s > self.settings.missed * known.interval_s:
                self._awaited.discard(id)
                self.door.report(known, "lost", {"reason": NEVER_HEARD})

    # ---- questions

    def _ask(self, registration: Registration, now_s: float) -> None:
        if not registration.is_asking and now_s >= registration.catalogue_at_s:
            registration.is_asking = True
            self.door.start(self._catalogue(registration))
        while registration.probing < registration.probes_at_once and registration.catalogue_at_s > 0:
            channel = self._due(registration, now_s)
            if channel is None:
                break
            registration.probing += 1
            registration.probe_at_s[channel] = now_s + self.settings.probe_every_s  # set anew when it is done
            self.door.start(self._probe(registration, channel))

    def _due(self, registration: Registration, now_s: float) -> str | None:
        """The camera that has waited longest, if one is due. New ones are spread over the first tenth of the interval."""
        cameras = registration.cameras()
        for id in cameras:
            if id not in registration.probe_at_s:
                spread_s = self.settings.probe_every_s / 10 if len(cameras) > 1 else 0.0
                registration.probe_at_s[id] = now_s + random.uniform(0, spread_s)
        due = [(registration.probe_at_s[id], id) for id in cameras if registration.probe_at_s[id] <= now_s]
        return min(due)[1] if due else None

    async def _catalogue(self, registration: Registration) -> None:
        try:
            async with self._queries:
                await self.fetch_catalogue(registration)
                if registration.version == "" and "told" not in registration.known.attributes:
                    await self.fetch(registration, "DeviceInfo", "device_info")
        finally:
            registration.is_asking = False

    async def fetch_catalogue(self, registration: Registration) -> Reply:
        """Asks for the list of channels and reports what came."""
        reply = await self.door.queries.ask(registration, "Catalog")
        every_s = self.settings.catalogue_every_s
        registration.catalogue_at_s = time.monotonic() + (every_s if reply.is_whole else min(60.0, every_s))
        channels = {channel.id: channel for channel in reply.collector.channels()}
        if reply.is_whole:
            registration.channels = channels
        elif channels:
            registration.channels = {**(registration.channels or {}), **channels}
        told: Sequence[Any] = list(channels.values())[:MOST_CHANNELS_TOLD]
        payload = {"total": reply.collector.total, "received": len(channels), "trouble": reply.trouble,
                   "channels": [asdict(each) for each in told]}  # fmt: skip
        self.door.report(registration.known, "catalogue", payload)
        return reply

    async def fetch(
        self, registration: Registration, command: str, kind: str, target: str = "", **conditions: object
    ) -> Reply:
        """Asks for something told in one piece and reports it."""
        reply = await self.door.queries.ask(registration, command, target, **conditions)
        if reply.last is not None:
            self.door.report(registration.known, kind, plain(reply.last), target)
        return reply

    async def _probe(self, registration: Registration, channel: str) -> None:
        try:
            await self.look(registration, channel)
        finally:
            registration.probing -= 1

    async def look(self, registration: Registration, channel: str) -> Outcome:
        """Probes one camera and reports how it went."""
        outcome = await self.door.prober.probe(registration, channel)
        pause_s = self.settings.probe_every_s if outcome.is_playable else min(
            self.settings.probe_retry_s, self.settings.probe_every_s
        )  # fmt: skip
        registration.probe_at_s[channel] = time.monotonic() + pause_s
        self.door.report(registration.known, "probe", outcome_json(outcome), channel)
        return outcome


def plain(body: Body) -> dict[str, Any]:
    """The texts of an answer, and its items."""
    told: dict[str, Any] = {name: value for name, value in body.tree.items() if isinstance(value, str)}
    if body.items:
        told["items"] = list(body.items)
    return told
