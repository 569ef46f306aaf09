"""Messages one by one: registration, authentication, signs of life, answers, reports, and positions that need a look."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from district.edges.gateway.directory import Known
from district.edges.gateway.group import Heard, Report
from district.edges.gateway.jt808.admission import Admission
from district.edges.gateway.jt808.reporting import KINDS, body_of, media, payload_of
from district.edges.gateway.jt808.sessions import PROTOCOL, Session, talk_of
from district.edges.gateway.jt808.single import instant_us, rows_of
from district.edges.gateway.link import Link
from district.kernel.clock import CHINA
from district.kernel.devices.position_marks import BAD_CLOCK, LATE, SIMULATED
from district.protocols.jt808 import (
    Finding,
    FrameError,
    Header,
    Message,
    decode,
    encode,
    of_body,
    of_position,
)

if TYPE_CHECKING:
    from district.edges.gateway.jt808.dialect import Turn

log = logging.getLogger("district.gateway")

DONE, FAILED, WRONG, NOT_SUPPORTED, CONFIRMED = 0, 1, 2, 3, 4
REGISTER, AUTHENTICATE, LOG_OFF, TIME_ASKED, GENERAL_REPLY, PARTS_ASKED = (
    0x0100,
    0x0102,
    0x0003,
    0x0004,
    0x0001,
    0x0005,
)
MEDIA = 0x0801
SIGN_OF_LIFE, POSITION, POSITION_ANSWER, BATCH = 0x0002, 0x0200, 0x0201, 0x0704
ANSWERS = frozenset((0x0104, 0x0107, 0x0201, 0x0500, 0x0608, 0x0700, 0x0802, 0x0805, 0x1003, 0x1205))
"""Special replies of a terminal; they are not answered again."""
MOST_TOLD = 20


class Messages:
    """The slow side of one turn."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.group = turn.group
        self.register = turn.dialect.register
        self.admission = Admission(self)
        self._leaving: list[tuple[Link, bytes]] = []

    def read_each(self, frames: Iterable[int]) -> None:
        for frame in frames:
            try:
                self._look_at(frame)
            except Exception as error:  # one strange frame must not cost the others of its group
                log.exception("处理报文失败（a frame could not be processed）")
                self.turn.refuse(frame, "not_processed", "frame", f"{type(error).__name__}: {error}")

    def leave(self) -> None:
        """Those who have logged off, once all they said before has been taken."""
        for link, phone in self._leaving:
            session = talk_of(link).sessions.pop(phone, None)
            if session is not None:
                link.gateway.leaves(link, session.known)

    def link_of(self, frame: int) -> Link:
        return self.turn.links[self.turn.chunk[frame]]

    def _look_at(self, frame: int) -> None:
        raw = self.turn.batch.raw(frame)
        if not raw.strip(b"\x00 \r\n"):
            return  # blanks between frames: some modems send them to keep the line open
        try:
            message = decode(raw)
        except FrameError as error:
            self._refuse_frame(frame, error)
            return
        if message.header.encryption:
            self.turn.refuse(frame, "encrypted", "frame", "消息体加密，平台未启用 RSA", message.header.phone)
            self.answer(frame, message.header, NOT_SUPPORTED)
        elif message.header.message_id == REGISTER:
            self.admission.register(frame, message)
        elif message.header.message_id == AUTHENTICATE:
            self.admission.authenticate(frame, message)
        else:
            self._take(frame, message)

    def _refuse_frame(self, frame: int, error: FrameError) -> None:
        devices = list(self.link_of(frame).devices.values())
        code = devices[0].code if len(devices) == 1 else ""
        self.turn.refuse(frame, error.code, error.layer, error.detail, code)

    # ---- answers

    def answer(self, frame: int, to: Header, result: int = DONE) -> None:
        """0x8001."""
        self.say(frame, to, 0x8001, encode.general_reply(to, result))

    def say(self, frame: int, to: Header, message_id: int, body: bytes) -> None:
        """A message back to the terminal, in its version."""
        serial = talk_of(self.link_of(frame)).next_serial()
        said = b"".join(encode.frames_of(encode.reply_header(to, message_id, serial), body))
        self.turn.answers[frame] = self.turn.answers.get(frame, b"") + said

    # ---- what authenticated terminals say

    def _take(self, frame: int, message: Message) -> None:
        header = message.header
        session = self._session(frame, header)
        if session is None:
            self.admission.turn_away(frame, header)
            return
        session.header = header
        self.turn.note_device(self.link_of(frame), session.known, 1)
        if header.is_part:
            whole = talk_of(self.link_of(frame)).parts.take(message)
            if whole is None:
                return
            header, body = whole
            try:
                message = of_body(header, body)
            except FrameError as error:
                self._refuse_frame(frame, error)
                self.answer(frame, header, WRONG)
                return
        self._understand(frame, message, session.known)

    def _session(self, frame: int, header: Header) -> Session | None:
        chunk, phone = int(self.turn.chunk[frame]), bytes.fromhex(header.phone)
        number, after = self.turn.session_of(chunk, phone)
        if number < 0 or frame < after:
            return None
        found: Session | None = talk_of(self.link_of(frame)).sessions.get(phone)
        return found

    def _understand(self, frame: int, message: Message, known: Known) -> None:
        header, body = message.header, message.body or {}
        message_id = header.message_id
        if message_id in (POSITION, BATCH):
            places = body["locations"] if message_id == BATCH else [body]
            result = self.places(frame, known, places, message_id == BATCH, body.get("type") == 1)
            self.answer(frame, header, result)
            return
        if message_id == POSITION_ANSWER:
            self.places(frame, known, [body["location"]], False, False)
        if message_id in ANSWERS or message_id in (GENERAL_REPLY, PARTS_ASKED):
            self._hear(header, body_of(message) or {}, message.raw_body, known)
        elif message_id == TIME_ASKED:
            self.say(frame, header, 0x8004, encode.server_time(self.group.received_at))
        elif message_id == LOG_OFF:
            self._leaving.append((self.link_of(frame), bytes.fromhex(header.phone)))
            self.answer(frame, header)
        elif message_id == SIGN_OF_LIFE:
            self.answer(frame, header)
        elif message_id not in KINDS:
            self.turn.refuse(
                frame, "unexpected_message", "semantic", f"终端不应发送 0x{message_id:04X}", known.code
            )
            self.answer(frame, header, NOT_SUPPORTED)
        if message_id in KINDS:
            self._report(frame, message, known)

    def _hear(self, header: Header, body: dict[str, Any], raw: bytes, known: Known) -> None:
        serial = body.get("reply_serial", body.get("first_serial"))
        kind = {GENERAL_REPLY: "reply", PARTS_ASKED: "parts_asked"}.get(header.message_id, "answer")
        code = str(body.get("result", ""))
        self.group.heard.append(
            Heard(known, None if serial is None else str(serial), kind, code, body.get("result", DONE) == DONE, "",
                  body or {"hex": raw.hex()}, 0, f"{header.message_id:04X}")
        )  # fmt: skip

    def _report(self, frame: int, message: Message, known: Known) -> None:
        header, received_at = message.header, self.group.received_at
        kind, at, payload = payload_of(message, received_at)
        if header.message_id == MEDIA:
            payload, content = media(message.raw_body)
            self.group.contents.append((payload["sha256"], content))
        # Sent again it is the same row; the same bytes on another day are another event.
        key = f"jt808/{known.id}/{header.message_id:04x}/{received_at:%Y%m%d}/{header.serial}/{hash_of(message.raw_body)}"
        self.group.reports.append(Report(known.id, PROTOCOL, kind, "", key, at, payload))
        if header.message_id == MEDIA:
            self.say(frame, header, 0x8800, message.raw_body[:4])
        elif header.message_id not in ANSWERS:
            self.answer(frame, header)

    # ---- positions

    def places(
        self, frame: int, known: Known, places: list[dict[str, Any]], is_batch: bool, is_blind: bool
    ) -> int:
        """Stores those that may be believed and keeps the others aside; gives the result to answer with."""
        turn = self.turn
        received_at = self.group.received_at.astimezone(CHINA).replace(tzinfo=None)
        kept: list[tuple[dict[str, Any], int, int]] = []
        troubles: list[tuple[str, str]] = []
        base = SIMULATED if known.is_simulated else 0
        late_us = turn.dialect.late_us(known)
        for number, place in enumerate(places, 1):
            found = list(of_position(place, received_at))
            at_us = instant_us(place)
            if at_us is None and not found:
                continue  # no fix and no time yet: a sign of life
            if at_us is not None and at_us < turn.oldest_us:
                found.append(Finding("time_too_old", f"时间 {place['time']} 早于保存期限"))
            clock = [each for each in found if each.code in ("bad_time", "time_too_old")]
            where = f"第 {number} 条：" if is_batch else ""
            troubles += [(each.code, f"{where}{each.detail}") for each in found]
            if not found and at_us is not None:
                kept.append((place, at_us, base | (LATE if turn.now_us - at_us > late_us else 0)))
            elif len(clock) == len(found) and not is_batch:
                # Its place is good and is known to be of just now: only its clock is not to be believed.
                place = place | {
                    "extras": [
                        *place["extras"],
                        {"id": "0x00", "len": 0, "hex": "", "told_at": place["time"]},
                    ]
                }
                kept.append((place, turn.now_us, base | BAD_CLOCK))
        if troubles:
            detail = "；".join(detail for _, detail in troubles[:MOST_TOLD])
            turn.refuse(frame, troubles[0][0], "semantic", detail, known.code)
        named = turn.dialect.extras_of(known.system).named
        part = rows_of([place for place, _, _ in kept], [at for _, at, _ in kept], [mark for _, _, mark in kept], known.id,
                       known.number, frame, turn.now_us, named, is_blind)  # fmt: skip
        if not len(part):
            return DONE
        turn.parts.append(part)
        return CONFIRMED if turn.dialect.alarms.look(self.group, part) else DONE


def hash_of(raw: bytes) -> str:
    """Short, the same in every process."""
    return hashlib.blake2b(raw, digest_size=8).hexdigest()
