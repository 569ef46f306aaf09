"""JT/T 808 in the gateway: the bytes of many connections → one group.

Positions of terminals that have authenticated go by columns, thousands of frames at a time. Everything else, and
everything that is not quite right, is looked at message by message with the reference decoder.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from district.edges.gateway.directory import Directory, Known
from district.edges.gateway.group import Group, Places, Refusal
from district.edges.gateway.jt808.alarms import Alarms
from district.edges.gateway.jt808.answers import general_replies
from district.edges.gateway.jt808.extras import Extras
from district.edges.gateway.jt808.messages import Messages
from district.edges.gateway.jt808.places import US, places_of
from district.edges.gateway.jt808.sessions import Register, talk_of
from district.edges.gateway.limits import Limits
from district.edges.gateway.link import Link
from district.protocols.jt808.scanner import NO_FRAME, READ, Batch, Scanner

log = logging.getLogger("district.gateway")

NOBODY = -1
DONE, CONFIRMED = 0, 4


class Jt808:
    """One per gateway. `intake(system)` gives a system's `intake` module, or None."""

    border = b"\x7e"
    """What may be left of a stream although nothing is unfinished: the flag that closed a frame may open the next."""
    turn_bytes = 256 * 1024
    """Decoded at once: about 3,000 positions, so that the next ones are ready while these are committed."""

    def __init__(
        self, directory: Directory, limits: Limits, intake: Callable[[str], ModuleType | None]
    ) -> None:
        self.directory = directory
        self.limits = limits
        self.intake = intake
        self.scanner = Scanner()
        self.register = Register(directory)
        self.alarms = Alarms(directory)
        self._extras: dict[str, Extras] = {}

    def read(self, group: Group, links: list[Link], chunks: list[bytes]) -> NDArray[np.int64]:
        """Fills the group. Gives how many bytes of each chunk are done with."""
        batch = self.scanner.scan(chunks)
        Turn(self, group, links, batch).run()
        return batch.taken

    def extras_of(self, system: str) -> Extras:
        found = self._extras.get(system)
        if found is None:
            module = self.intake(system)
            found = self._extras[system] = Extras(getattr(module, "POSITION_ITEMS", {}))
        return found

    def late_us(self, known: Known) -> int:
        module = self.intake(known.system)
        return int((module.late_after_s("position") if module else 86_400.0) * US)


class Turn:
    """The decoding of one batch."""

    def __init__(self, dialect: Jt808, group: Group, links: list[Link], batch: Batch) -> None:
        self.dialect = dialect
        self.directory = dialect.directory
        self.group = group
        self.links = links
        self.batch = batch
        self.chunk = batch.column("chunk")
        self.now_us = int(group.received_at.timestamp() * US)
        self.newest_us = self.now_us + int(dialect.limits.future_s * US)
        self.oldest_us = self.now_us - (dialect.limits.keep_days - 1) * 86_400 * US
        self.answers: dict[int, bytes] = {}
        self.parts: list[Places] = []

    def run(self) -> None:
        batch, group = self.batch, self.group
        group.source = self.refusal
        status = batch.column("status")
        group.frames = int((status != NO_FRAME).sum())
        is_read = status == READ
        messages = Messages(self)
        messages.read_each(np.flatnonzero(~is_read).tolist())
        is_fast = self.fast_frames(is_read)
        messages.read_each(np.flatnonzero(is_read & ~is_fast).tolist())
        messages.leave()
        group.places = Places.joined(self.parts)
        self.say()

    # ---- by columns

    def fast_frames(self, is_read: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Takes in all frames of known terminals whose positions are plausible; gives which they were."""
        numbers = self.numbers(np.flatnonzero(is_read))
        is_fast = numbers >= 0
        if not is_fast.any():
            return is_fast
        doubtful = self.doubtful()
        is_fast[self.batch.positions.frames[doubtful]] = False
        frames = np.flatnonzero(is_fast)
        if not len(frames):
            return is_fast
        chosen = np.flatnonzero(is_fast[self.batch.positions.frames])
        results = np.full(len(is_fast), DONE, dtype=np.int64)
        if len(chosen):
            self.take_places(chosen, numbers)
            for frame in self.dialect.alarms.look(self.group, self.parts[-1]):
                results[frame] = CONFIRMED
        self.answer(frames, results[frames])
        self.note_devices(frames, numbers)
        return is_fast

    def numbers(self, frames: NDArray[np.int64]) -> NDArray[np.int64]:
        """The device of each frame by its number; NOBODY where it has not authenticated on its connection."""
        found = np.full(len(self.batch), NOBODY, dtype=np.int64)
        content, at = self.batch.content.tobytes(), self.batch.column("phone_at")[frames].tolist()
        widths, chunks = self.batch.column("phone_length")[frames].tolist(), self.chunk[frames].tolist()
        seen: dict[tuple[int, bytes], tuple[int, int]] = {}
        for frame, first, width, chunk in zip(frames.tolist(), at, widths, chunks, strict=True):
            key = chunk, content[first : first + width]
            known = seen.get(key)
            if known is None:
                known = seen[key] = self.session_of(*key)
            if frame > known[1]:
                found[frame] = known[0]
        return found

    def session_of(self, chunk: int, phone: bytes) -> tuple[int, int]:
        """(number of the device, the frame of this batch after which it may speak)."""
        talk = self.links[chunk].talk
        session = talk.sessions.get(phone) if talk is not None else None
        if session is None:
            return NOBODY, -1
        known = self.directory.by_id(session.known.id)
        if known is None or not known.is_active or self.dialect.register.code_of(known) != session.code:
            del talk.sessions[phone]  # withdrawn since: it has to authenticate anew, and may not be able to
            return NOBODY, -1
        session.known = known
        group, frame = session.begun
        return known.number, frame if group == self.group.number else -1

    def doubtful(self) -> NDArray[np.int64]:
        """Positions that need a closer look: of an impossible time, or with a fix at 0, 0."""
        told = self.batch.positions
        at_us = told.at_s * US
        is_doubtful = (at_us > self.newest_us) | (at_us < self.oldest_us)
        is_doubtful |= (told.latitudes == 0) & (told.longitudes == 0) & (told.statuses & 2 > 0)
        return np.flatnonzero(is_doubtful)

    def take_places(self, chosen: NDArray[np.int64], numbers: NDArray[np.int64]) -> None:
        """One part for each system: what items mean is for it to say."""
        of_place = numbers[self.batch.positions.frames[chosen]]
        known = self.directory.by_number
        distinct, places = np.unique(of_place, return_inverse=True)
        devices = [known[number] for number in distinct.tolist()]
        ids = np.array([each.id for each in devices], dtype=np.int64)[places]
        simulated = np.array([each.is_simulated for each in devices], dtype=bool)[places]
        late_us = np.array([self.dialect.late_us(each) for each in devices], dtype=np.int64)[places]
        systems = [each.system for each in devices]
        parts = []
        for system in sorted(set(systems)):
            is_of = np.array([each == system for each in systems], dtype=bool)[places]
            parts.append(places_of(self.batch, chosen[is_of], ids[is_of], of_place[is_of], simulated[is_of], late_us[is_of],
                                   self.now_us, self.dialect.extras_of(system)))  # fmt: skip
        self.parts.append(Places.joined(parts))

    def answer(self, frames: NDArray[np.int64], results: NDArray[np.int64]) -> None:
        chunks, counts = np.unique(self.chunk[frames], return_counts=True)
        firsts = [talk_of(self.links[chunk]).next_serial(count)
                  for chunk, count in zip(chunks.tolist(), counts.tolist(), strict=True)]  # fmt: skip
        within = np.arange(len(frames)) - np.repeat(np.cumsum(counts) - counts, counts)
        serials = (np.repeat(np.array(firsts, dtype=np.int64), counts) + within) & 0xFFFF
        made = general_replies(self.batch, frames, serials, results)
        self.answers.update(zip(frames.tolist(), made, strict=True))

    def note_devices(self, frames: NDArray[np.int64], numbers: NDArray[np.int64]) -> None:
        pairs, counts = np.unique(self.chunk[frames] << 32 | numbers[frames], return_counts=True)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            self.note_device(self.links[pair >> 32], self.directory.by_number[pair & 0xFFFFFFFF], count)

    def note_device(self, link: Link, known: Known, frames: int) -> None:
        link.has_spoken = True
        link.gateway.tallies.frames(known, frames)

    # ---- both

    def refusal(self, frame: int) -> Refusal:
        """The quarantine row of a frame, still without a reason."""
        link, batch = self.links[self.chunk[frame]], self.batch
        code = batch.phone(frame) if batch.column("status")[frame] == READ else ""
        known = self.dialect.register.find(code) if code else None
        return Refusal(
            self.group.received_at, self.group.protocol, link.port, link.remote, known.code if known else code, "", "", "",
            batch.raw(frame),
        )  # fmt: skip

    def refuse(self, frame: int, reason: str, layer: str, detail: str, device_code: str = "") -> None:
        refusal = self.refusal(frame)
        refusal.reason, refusal.layer, refusal.detail = reason, layer, detail
        refusal.device_code = device_code or refusal.device_code
        link = self.links[self.chunk[frame]]
        if link.gateway.keeps(refusal, link):
            self.group.refusals.append(refusal)

    def say(self) -> None:
        """What was answered, in the order of the frames of each connection."""
        spoken: dict[int, list[bytes]] = {}
        chunks = self.chunk.tolist()
        for frame in sorted(self.answers):
            spoken.setdefault(chunks[frame], []).append(self.answers[frame])
        self.group.acknowledged += len(self.answers)
        self.group.replies = [(self.links[chunk], b"".join(each)) for chunk, each in spoken.items()]
