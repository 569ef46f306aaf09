"""Can a picture be had? INVITE, wait for video, BYE. GB/T 28181-2016 9.2.

A camera counts as playable only by this. Nothing of the picture is kept or decoded.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from district.edges.gateway.gb28181.receiver import NoPort, Receiver
from district.edges.gateway.gb28181.registrations import Registration
from district.protocols.gb28181 import FrameError, Sdp, SipMessage, live_ssrc, parse_sdp

if TYPE_CHECKING:
    from district.edges.gateway.gb28181.door import SipDoor

FORMATS = (96, 97, 98)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` is empty when a picture came, else: invite_timeout, invite_NNN, bad_sdp, no_media, wrong_ssrc, not_rtp,
    wrong_format, no_video, no_port, not_registered, ended_by_device. Times in milliseconds from the INVITE on."""

    is_playable: bool
    reason: str
    first_packet_ms: int | None = None
    picture_ms: int | None = None
    packets: int = 0
    payload_bytes: int = 0
    transport: str = "UDP"
    has_ended: bool = True


class Prober:
    def __init__(self, door: SipDoor) -> None:
        self.door = door
        self._slots = asyncio.Semaphore(door.settings.probes_at_once)
        self._ended: dict[str, asyncio.Event] = {}

    def ended(self, call_id: str) -> bool:
        """A BYE of the device; whether there is such a call."""
        event = self._ended.get(call_id)
        if event is not None:
            event.set()
        return event is not None

    async def probe(self, registration: Registration, channel: str) -> Outcome:
        """Asks one channel for its picture."""
        async with self._slots:
            if self.door.registrations.get(registration.known.id) is not registration:
                return Outcome(False, "not_registered")
            is_tcp = str(registration.known.attributes.get("media", "UDP")).upper() == "TCP"
            settings, client = self.door.settings, self.door.client
            host = client.host(registration.peer)
            try:
                async with Receiver(self.door.bind, settings.media_ports, is_tcp) as receiver:
                    offer = Sdp(
                        "video", channel, "Play", host, receiver.port, "TCP/RTP/AVP" if is_tcp else "RTP/AVP", FORMATS,
                        direction="recvonly", setup="passive" if is_tcp else "",
                        ssrc=live_ssrc(settings.domain, client.next_stream()),
                    )  # fmt: skip
                    return await self._call(registration, channel, offer, receiver)
            except NoPort:
                return Outcome(False, "no_port")

    async def _call(
        self, registration: Registration, channel: str, offer: Sdp, receiver: Receiver
    ) -> Outcome:
        client = self.door.client
        receiver.expect(offer.ssrc_number, FORMATS)
        began_s = time.monotonic()
        invite, answer = await client.invite(registration, channel, offer)
        if answer is None:
            return Outcome(False, "invite_timeout", transport=offer.transport)
        if answer.status >= 300:
            return Outcome(False, f"invite_{answer.status}", transport=offer.transport)
        client.acknowledge(registration, invite, answer)
        ended = self._ended[invite.call_id] = asyncio.Event()
        try:
            self._agree(answer, offer, receiver)
            is_there = await self._first_of(receiver, ended)
        except FrameError:
            return Outcome(False, "bad_sdp", transport=offer.transport)
        finally:
            del self._ended[invite.call_id]
            has_ended = ended.is_set() or await client.hang_up(registration, invite, answer)
        check = receiver.check
        lead_s = began_s - receiver._began_s
        return Outcome(
            is_there, "" if is_there else "ended_by_device" if ended.is_set() else check.reason,
            _ms(receiver.first_packet_s, lead_s), _ms(receiver.picture_s, lead_s), check.packets, check.payload_bytes,
            offer.transport, has_ended,
        )  # fmt: skip

    def _agree(self, answer: SipMessage, offer: Sdp, receiver: Receiver) -> None:
        """The answer's SSRC and formats count: some devices choose their own."""
        agreed = parse_sdp(answer.body)
        ssrc = offer.ssrc_number if agreed.ssrc_number is None else agreed.ssrc_number
        receiver.expect(
            ssrc, tuple(dict.fromkeys((*agreed.formats, *FORMATS))) if agreed.media == "video" else FORMATS
        )

    async def _first_of(self, receiver: Receiver, ended: asyncio.Event) -> bool:
        picture = asyncio.ensure_future(receiver.picture(self.door.settings.picture_s))
        hang_up = asyncio.ensure_future(ended.wait())
        done, _ = await asyncio.wait({picture, hang_up}, return_when=asyncio.FIRST_COMPLETED)
        hang_up.cancel()
        picture.cancel()
        return picture in done and picture.result()


def _ms(seconds: float | None, lead_s: float) -> int | None:
    return None if seconds is None else max(0, round((seconds - lead_s) * 1000))


def outcome_json(outcome: Outcome) -> dict[str, object]:
    return asdict(outcome)
