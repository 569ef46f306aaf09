"""HJ 212 in the gateway: the bytes of many connections → one group.

What the scanner reads goes by columns, thousands of frames at a time. Everything else, and everything that is not quite
right, is looked at frame by frame with the reference decoder, which knows the reasons.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from district.edges.gateway.directory import Directory, Known
from district.edges.gateway.group import Group, Heard, Note, Readings, Refusal, described
from district.edges.gateway.limits import Limits
from district.edges.gateway.link import Link
from district.edges.gateway.replying import Answers
from district.kernel.devices.marks import LATE, RESENT, of_letter
from district.protocols.hj212 import (
    FrameError,
    Message,
    Reassembler,
    Upload,
    answer_of,
    decode,
    is_notice,
    is_upload,
    reply,
    reply_to,
    upload_of,
)
from district.protocols.hj212.attributes import statistic_of
from district.protocols.hj212.numbers import number_of
from district.protocols.hj212.scanner import NO_FRAME, READ, STATISTIC_NAMES, Batch, shared
from district.protocols.hj212.tables import MARKS, item_of
from district.protocols.hj212.upload import PERIODS

log = logging.getLogger("district.gateway")

PERIOD_NAMES = ("realtime", "minute", "hour", "day", "state", "runtime", "event", "info")
PERIOD_NUMBER = {name: number for number, name in enumerate(PERIOD_NAMES)}
PERIOD_OF_COMMAND = np.zeros(10_000, dtype=np.int64)
for _command, _period in PERIODS.items():
    PERIOD_OF_COMMAND[int(_command)] = PERIOD_NUMBER[_period]
MARK_OF_BYTE = np.zeros(256, dtype=np.int32)
for _letter in MARKS:
    MARK_OF_BYTE[ord(_letter)] = of_letter(_letter)

DEVICE_CODE = re.compile(rb"MN=([^;,&]{1,64})")
TIME_REQUEST = "1013"
MOST_REFUSED_READINGS = 500
"""Of one message, in the quarantine's readings; the raw bytes hold them all."""

US = 1_000_000


class Hj212:
    """One per gateway. `system_modules` gives a system's `intake` module, or None."""

    border = b""
    """What may be left of a stream although nothing is unfinished."""
    turn_bytes = 1 << 40
    """Decoded at once at most; the limits of the gateway are narrower."""

    def __init__(self, directory: Directory, limits: Limits, intake: Callable[[str], ModuleType | None]) -> None:
        self.directory = directory
        self.limits = limits
        self.intake = intake
        self.scanner = shared()
        self.answers = Answers()
        self.reassembler = Reassembler()
        self._keys = np.empty(0, dtype=np.int64)
        self._places = np.empty(0, dtype=np.int64)
        self._late = np.empty((0, len(PERIOD_NAMES)), dtype=np.int64)

    def read(self, group: Group, links: list[Link], chunks: list[bytes]) -> NDArray[np.int64]:
        """Fills the group. Gives how many bytes of each chunk are done with."""
        self._give_up_packets(group)
        batch = self.scanner.scan(chunks)
        work = _Turn(self, group, links, batch)
        work.run()
        return batch.taken

    def _give_up_packets(self, group: Group) -> None:
        """Messages whose other packets never came. Their values are stored already; that something is missing is kept."""
        for each in self.reassembler.overdue(group.received_at.timestamp()):
            first = each.packets[0]
            missing = "、".join(map(str, each.missing[:20]))
            refusal = Refusal(
                group.received_at, group.protocol, 0, "", first.mn, "incomplete_message", "semantic",
                f"{first.cn} 共 {first.pnum} 包，缺第 {missing} 包", b"".join(packet.raw for packet in each.packets),
            )  # fmt: skip
            group.refusals.append(refusal)

    def places_of(self, keys: NDArray[np.int64], batch: Batch) -> NDArray[np.int64]:
        """Numbers of the SeriesTable for packed keys (see `_Turn.fast_rows`); new series are entered."""
        if len(self._keys):
            at = np.searchsorted(self._keys, keys)
            at[at == len(self._keys)] = 0
            found = self._keys[at] == keys
            if found.all():
                return self._places[at]
        else:
            found = np.zeros(len(keys), dtype=bool)
        new = np.unique(keys[~found])
        places = np.array([self._enter(int(key), batch) for key in new], dtype=np.int64)
        self._keys = np.concatenate((self._keys, new))
        order = np.argsort(self._keys)
        self._keys = self._keys[order]
        self._places = np.concatenate((self._places, places))[order]
        return self._places[np.searchsorted(self._keys, keys)]

    def _enter(self, key: int, batch: Batch) -> int:
        known = self.directory.by_number[key >> 20]
        item = batch.codes.items[key >> 8 & 0xFFF]
        return self.place_of(known, item, STATISTIC_NAMES[key >> 4 & 0xF], PERIOD_NAMES[key & 0xF])

    def place_of(self, known: Known, item: str, statistic: str, period: str) -> int:
        """The number of a series; a new one gets the bounds its system knows."""
        key = (known.id, item, statistic, period)
        found = self.directory.series.place.get(key)
        if found is not None:
            return found
        module = self.intake(known.system)
        if module is None:
            return self.directory.series.number(key)
        facts = module.series_facts(item, statistic, period)
        low = -np.inf if facts.low is None else facts.low
        high = np.inf if facts.high is None else facts.high
        return self.directory.series.number(key, low, high)

    def late_table(self) -> NDArray[np.int64]:
        """`late_after_us` by number of the device and of the period; the last row is for none."""
        known = self.directory.by_number
        if len(self._late) != len(known) + 1:
            rows = [[self.late_after_us(each, name) for name in PERIOD_NAMES] for each in known]
            self._late = np.array([*rows, [0] * len(PERIOD_NAMES)], dtype=np.int64)
        return self._late

    def late_after_us(self, known: Known, period: str) -> int:
        module = self.intake(known.system)
        return int((module.late_after_s(period) if module else 86400.0) * US)


class _Turn:
    """The decoding of one batch."""

    def __init__(self, dialect: Hj212, group: Group, links: list[Link], batch: Batch) -> None:
        self.dialect = dialect
        self.directory = dialect.directory
        self.group = group
        self.links = links
        self.batch = batch
        self.chunk = batch.column("chunk")
        self.now_us = int(group.received_at.timestamp() * US)
        self.newest_us = self.now_us + int(dialect.limits.future_s * US)
        self.oldest_us = self.now_us - (dialect.limits.keep_days - 1) * 86_400 * US
        self.answers: list[bytes | None] = [None] * len(batch)
        self.parts: list[Readings] = []
        self.slow: dict[str, list[Any]] = {name: [] for name in Readings.__slots__}

    def run(self) -> None:
        batch, group = self.batch, self.group
        group.source = self.refusal
        group.frames = int((batch.column("status") != NO_FRAME).sum())
        is_fast = self.fast_frames()
        for frame in np.flatnonzero(~is_fast).tolist():
            try:
                self.look_at(frame)
            except Exception as error:  # one strange frame must not cost the others of its group
                log.exception("处理报文失败（a frame could not be processed）")
                self.refuse(frame, "not_processed", "frame", f"{type(error).__name__}: {error}")
        self.finish()

    # ---- by columns

    def fast_frames(self) -> NDArray[np.bool_]:
        """Takes in all frames that are read, known, and of a possible time; gives which they were."""
        batch = self.batch
        if not len(batch):
            return np.zeros(0, dtype=bool)
        active = self.directory.active.get(self.group.protocol, {})
        get, codes, passwords = active.get, batch.device_codes(), batch.passwords()
        numbers = np.array(
            [
                known.number if (known := get(code)) is not None and known.password == password else -1
                for code, password in zip(codes, passwords, strict=True)
            ],
            dtype=np.int64,
        )
        is_read = batch.column("status") == READ
        at_us = batch.column("at_s") * US
        is_fast = is_read & (numbers >= 0) & (at_us <= self.newest_us) & (at_us >= self.oldest_us)
        if is_fast.any():
            self.fast_rows(is_read, is_fast, numbers, at_us)
            self.answer(np.flatnonzero(is_fast), codes, passwords)
            self.note_devices(np.flatnonzero(is_fast), numbers)
        return is_fast

    def fast_rows(
        self, is_read: NDArray[np.bool_], is_fast: NDArray[np.bool_], numbers: NDArray[np.int64], at_us: NDArray[np.int64]
    ) -> None:
        batch = self.batch
        lengths = np.where(is_read, batch.column("readings_to") - batch.column("readings_from"), 0)
        frame = np.repeat(np.arange(len(batch)), lengths)
        read = batch.readings
        items, statistics, marks, values = read.items, read.statistics, read.marks, read.values
        if not is_fast[is_read].all():
            chosen = is_fast[frame]
            frame = frame[chosen]
            items, statistics, marks, values = items[chosen], statistics[chosen], marks[chosen], values[chosen]
        period = PERIOD_OF_COMMAND[batch.column("command")]
        late = self.late_bits(period, at_us, numbers)
        keys = (numbers << 20 | period)[frame] | items.astype(np.int64) << 8 | statistics.astype(np.int64) << 4
        places = self.dialect.places_of(keys, batch)
        readings = Readings(places, at_us[frame], values.copy(), MARK_OF_BYTE[marks] | late[frame], frame)
        self.parts.append(self.bounded(readings))

    def late_bits(
        self, period: NDArray[np.int64], at_us: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> NDArray[np.int32]:
        after = self.dialect.late_table()[numbers, period]
        return np.where(self.now_us - at_us > after, LATE, 0).astype(np.int32)

    def bounded(self, readings: Readings) -> Readings:
        """Those inside the bounds of their series; the others go to quarantine."""
        series = self.directory.series
        bad = (readings.value < series.low[readings.series]) | (readings.value > series.high[readings.series])
        if not bad.any():
            return readings
        outside = readings.at(bad)
        for frame in np.unique(outside.frame).tolist():
            of_frame = outside.at(outside.frame == frame)
            described = [self.described(of_frame, row) for row in range(min(len(of_frame), MOST_REFUSED_READINGS))]
            first, place = described[0], int(of_frame.series[0])
            rule = f"应在 {series.low[place]:g} 与 {series.high[place]:g} 之间"
            detail = f"{first['item']}-{first['statistic']}={first['value']:g}：{rule}"
            self.refuse(frame, "value_implausible", "semantic", detail, described)
        return readings.at(~bad)

    def described(self, readings: Readings, row: int) -> dict[str, Any]:
        key = self.directory.series.keys[int(readings.series[row])]
        return described(key, int(readings.at_us[row]), float(readings.value[row]), int(readings.mark[row]))

    def answer(self, frames: NDArray[np.int64], codes: list[bytes], passwords: list[bytes]) -> None:
        batch, data, make = self.batch, self.batch.data, self.dialect.answers.data_answer
        flags, places = batch.column("flag"), batch.column("number_at")
        has_number = batch.column("number") > 0
        wanting = frames[(flags[frames] > 0) & ((flags[frames] & 1) == 1)]
        columns = (wanting.tolist(), flags[wanting].tolist(), places[wanting].tolist(), has_number[wanting].tolist())
        for frame, flag, at, has in zip(*columns, strict=True):
            self.answers[frame] = make(codes[frame], passwords[frame], flag, data[at : at + 17] if has else b"")

    def note_devices(self, frames: NDArray[np.int64], numbers: NDArray[np.int64]) -> None:
        self.directory.flags[numbers[frames]] = np.maximum(self.batch.column("flag")[frames], 0)
        self.directory.systems[numbers[frames]] = self.batch.column("system")[frames]
        pairs, counts = np.unique(self.chunk[frames] << 32 | numbers[frames], return_counts=True)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            self.note_device(self.links[pair >> 32], self.directory.by_number[pair & 0xFFFFFFFF], count)

    def note_device(self, link: Link, known: Known, frames: int) -> None:
        link.has_spoken = True
        if known.id not in link.devices:
            link.gateway.meets(link, known)
        link.gateway.tallies.frames(known, frames)

    # ---- frame by frame

    def look_at(self, frame: int) -> None:
        batch = self.batch
        raw = batch.raw(frame)
        if not raw.strip():
            return  # blanks between frames: some modems send them to keep the line open
        named = DEVICE_CODE.search(raw)
        known = self.directory.by_code.get(named[1].strip()) if named else None
        try:
            message = decode(raw, known.cipher_key if known else None)
        except FrameError as error:
            self.refuse(frame, error.code, error.layer, error.detail)
            return
        known = self.directory.device(message.mn)
        fault = self.fault_of(message, known)
        if fault:
            self.turn_away(frame, message, *fault)
            return
        assert known is not None
        self.note_device(self.links[self.chunk[frame]], known, 1)
        self.directory.flags[known.number] = message.flag or 0
        if message.st != "91" and message.st.isdigit():
            self.directory.systems[known.number] = int(message.st)
        self.take(frame, message, known)

    def fault_of(self, message: Message, known: Known | None) -> tuple[str, str, str] | None:
        """(reason, detail, QnRtn) when the device may not report; its answer code as in 表 C of section 6.6.3."""
        if known is None or known.protocol != self.group.protocol:
            return "unknown_device", f"没有登记的设备 {message.mn}", "4"
        if message.pw.encode() != known.password:
            return "wrong_password", f"设备 {message.mn} 的访问密码不对", "3"
        if not known.is_active:
            return "device_not_active", f"设备 {message.mn} 已暂停或停用", "2"
        return None

    def turn_away(self, frame: int, message: Message, reason: str, detail: str, code: str) -> None:
        link = self.links[self.chunk[frame]]
        if reason != "device_not_active":
            link.wrong_passwords += 1
        upload = upload_of(message)
        self.refuse(frame, reason, "semantic", detail, self.readings_of(upload), message.mn)
        if message.need_ack and is_upload(message):
            self.answers[frame] = reply(message, "9011", {"QnRtn": code})

    def take(self, frame: int, message: Message, known: Known) -> None:
        answer = answer_of(message)
        upload = upload_of(message)
        if answer is not None:
            heard = Heard(known, answer.message_id, answer.kind, answer.code, answer.is_good, answer.zh, upload.fields)
            self.group.heard.append(heard)
            return
        if is_notice(message):
            self.answers[frame] = reply_to(message)
            if message.cn == TIME_REQUEST:
                self.group.clock_wanted.append(known)
            return
        if not is_upload(message):
            self.refuse(frame, "unexpected_command", "semantic", f"设备不应发送 {message.cn}", [], message.mn)
            return
        self.answers[frame] = reply_to(message)
        self.take_upload(frame, message, upload, known)

    def take_upload(self, frame: int, message: Message, upload: Upload, known: Known) -> None:
        fault = self.time_fault(upload)
        if fault:
            self.refuse(frame, *fault, self.readings_of(upload), message.mn)
            return
        if upload.refused:
            first = upload.refused[0]
            self.refuse(frame, first.code, first.layer, first.detail, self.refused_of(upload), message.mn)
        kept = self.add_readings(frame, upload, known)
        whole = self.dialect.reassembler.add(message, self.now_us / US)
        if whole is not None:
            self.add_notes(upload if whole is message else upload_of(whole), known)
        self.group.heard.append(
            Heard(known, upload.message_id, "upload", "", None, "", upload.fields, kept, upload.command)
        )

    def time_fault(self, upload: Upload) -> tuple[str, str, str] | None:
        """(reason, layer, detail) when nothing of the upload can be kept as good."""
        whole = next((each for each in upload.refused if not each.item), None)
        if whole is not None:
            return whole.code, whole.layer, whole.detail
        if upload.at is None:
            return ("missing_field", "semantic", "上传数据缺少 DataTime") if upload.readings else None
        at_us = int(upload.at.timestamp() * US)
        if at_us > self.newest_us:
            return "time_in_future", "semantic", f"{upload.at:%Y-%m-%d %H:%M:%S} 晚于当前时间"
        if at_us < self.oldest_us:
            return "time_too_old", "semantic", f"{upload.at:%Y-%m-%d %H:%M:%S} 早于保存期限"
        return None

    def add_readings(self, frame: int, upload: Upload, known: Known) -> int:
        if upload.at is None:
            return 0
        at_us = int(upload.at.timestamp() * US)
        is_late = self.now_us - at_us > self.dialect.late_after_us(known, upload.period)
        flags = (LATE if is_late else 0) | (RESENT if upload.is_resend else 0)
        slow = self.slow
        for reading in upload.readings:
            slow["series"].append(self.dialect.place_of(known, reading.item, reading.statistic, upload.period))
            slow["at_us"].append(at_us)
            slow["value"].append(reading.value)
            slow["mark"].append(of_letter(reading.mark) | flags)
            slow["frame"].append(frame)
        return len(upload.readings)

    def add_notes(self, upload: Upload, known: Known) -> None:
        at = upload.at or self.group.received_at
        for (item, name), text in upload.texts.items():
            if text:
                self.group.notes.append(Note(known.id, at, item, name, text.strip("/")))
        if upload.period in ("event", "info"):
            for name, text in upload.fields.items():
                if name != "DataTime" and text:
                    self.group.notes.append(Note(known.id, at, upload.command, name, text))

    def readings_of(self, upload: Upload) -> list[dict[str, Any]]:
        at = upload.at.isoformat() if upload.at else None
        return [
            {"item": each.item, "statistic": each.statistic, "period": upload.period, "at": at, "value": each.value,
             "mark": of_letter(each.mark)}
            for each in upload.readings[:MOST_REFUSED_READINGS]
        ]  # fmt: skip

    def refused_of(self, upload: Upload) -> list[dict[str, Any]]:
        """The refused values; with a statistic and a number where they are some, so that a person may let them pass."""
        at = upload.at.isoformat() if upload.at else None
        return [
            {"item": item_of(each.item), "statistic": statistic_of(each.attribute) or "", "period": upload.period, "at": at,
             "value": number_of(each.value), "text": each.value, "mark": 0, "detail": each.detail}
            for each in upload.refused[:MOST_REFUSED_READINGS]
        ]  # fmt: skip

    # ---- both

    def refusal(self, frame: int) -> Refusal:
        """The quarantine row of a frame, still without a reason."""
        link, raw = self.links[self.chunk[frame]], self.batch.raw(frame)
        named = DEVICE_CODE.search(raw)
        code = named[1].decode("ascii", "replace") if named else ""
        return Refusal(
            self.group.received_at, self.group.protocol, link.port, link.remote, code, "", "", "", raw
        )

    def refuse(
        self, frame: int, reason: str, layer: str, detail: str, readings: list[dict[str, Any]] | None = None,
        device_code: str = "",
    ) -> None:  # fmt: skip
        refusal = self.refusal(frame)
        refusal.reason, refusal.layer, refusal.detail, refusal.readings = reason, layer, detail, readings or []
        refusal.device_code = device_code or refusal.device_code
        link = self.links[self.chunk[frame]]
        if link.gateway.keeps(refusal, link):
            self.group.refusals.append(refusal)

    def finish(self) -> None:
        slow = self.slow
        if slow["series"]:
            columns = Readings(
                np.array(slow["series"], dtype=np.int64), np.array(slow["at_us"], dtype=np.int64),
                np.array(slow["value"], dtype=np.float64), np.array(slow["mark"], dtype=np.int32),
                np.array(slow["frame"], dtype=np.int64),
            )  # fmt: skip
            self.parts.append(self.bounded(columns))
        self.group.readings = Readings.joined(self.parts)
        spoken: dict[int, list[bytes]] = {}
        for frame, answer in enumerate(self.answers):
            if answer is not None:
                spoken.setdefault(int(self.chunk[frame]), []).append(answer)
                self.group.acknowledged += 1
        self.group.replies = [(self.links[chunk], b"".join(each)) for chunk, each in spoken.items()]

