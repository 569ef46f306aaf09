"""Data in the words of the house: out of a message (`upload_of`), and back into frames (`upload_frames`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from .attributes import STATISTICS, attribute_of, mark_of, statistic_of
from .check import findings
from .encode import LONGEST_AREA, flag_of, framed, header, packets
from .message import Finding, Message
from .numbers import number_of
from .replies import is_notice, is_upload
from .tables import item_of
from .times import moment, number, stamp

Period = Literal["realtime", "minute", "hour", "day", "state", "runtime", "info", "event", "notice", "request", "reply"]

PERIODS: dict[str, Period] = {
    "2011": "realtime", "2051": "minute", "2061": "hour", "2031": "day", "2021": "state", "2041": "runtime",
    "2081": "event", "3015": "event", "2052": "event", "2111": "minute",
}  # fmt: skip
COMMAND_OF: dict[str, str] = {period: command for command, period in reversed(PERIODS.items()) if period != "event"}
ATTRIBUTES: dict[str, str] = {statistic: attribute for attribute, statistic in STATISTICS.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value. `item` is the code of 2017, `code` the one sent; `mark` is the data mark's letter or empty.

    `raw` is the text of the wire; `sampled_at` when the sample was taken, if the device says so.
    """

    item: str
    statistic: str
    value: float
    mark: str = ""
    raw: str = ""
    code: str = ""
    sampled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A message in neutral words. `at` is the start of the period (the moment itself for realtime), UTC+8.

    `readings` are the good values, `refused` the findings of the others; `texts` are (item, name) → text of what is not
    a number. When `refused` holds one without an item, the message as a whole cannot be trusted.
    """

    device_code: str
    password: str
    system_kind: str
    command: str
    message_id: str | None
    at: datetime | None
    period: Period
    readings: tuple[Reading, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: tuple[Finding, ...] = ()
    is_resend: bool = False
    wants_answer: bool = False
    version: int = 2017
    packet: tuple[int, int] | None = None

    @property
    def is_trusted(self) -> bool:
        """No finding concerns the message as a whole (its time, its form)."""
        return all(each.item for each in self.refused)


def upload_of(message: Message) -> Upload:
    """What the message says, bad values set apart."""
    refused = tuple(findings(message))
    is_data = is_upload(message)
    return Upload(
        device_code=message.mn,
        password=message.pw,
        system_kind=message.st,
        command=message.cn,
        message_id=message.request_number,
        at=moment(message.cp_field("DataTime") or ""),
        period=_period(message, is_data),
        readings=tuple(_readings(message, refused)) if is_data else (),
        fields=dict(message.cp),
        texts=_texts(message),
        refused=refused,
        is_resend=message.rf,
        wants_answer=message.need_ack,
        version=message.version,
        packet=None if message.pnum is None or message.pno is None else (message.pnum, message.pno),
    )


def _period(message: Message, is_data: bool) -> Period:
    if is_data:
        return PERIODS.get(message.cn, "info")
    if is_notice(message):
        return "notice"
    return "reply" if message.cn.startswith("90") else "request"


def _readings(message: Message, refused: Sequence[Finding]) -> Iterator[Reading]:
    bad = {(each.item, each.attribute) for each in refused}
    wholly_bad = {each.item for each in refused if each.code in ("unknown_flag", "value_inconsistent")}
    for code, attributes in message.factors.items():
        if code in wholly_bad:
            continue
        mark = mark_of(attributes)
        sampled_at = moment(attribute_of(attributes, "sampletime") or "")
        for name, text in attributes.items():
            statistic, value = statistic_of(name), number_of(text)
            if statistic and value is not None and (code, name) not in bad:
                yield Reading(item_of(code), statistic, value, mark, text, code, sampled_at)


def _texts(message: Message) -> dict[tuple[str, str], str]:
    return {
        (item_of(code), name): text
        for code, attributes in message.factors.items()
        for name, text in attributes.items()
        if not statistic_of(name) and name.lower() != "flag"
    }


def upload_frames(
    *,
    device_code: str,
    password: str,
    system_kind: str,
    at: datetime,
    sent_at: datetime,
    period: str = "realtime",
    readings: Sequence[Reading] = (),
    fields: Mapping[str, str] | None = None,
    wants_answer: bool = True,
    version: int = 2017,
    is_resend: bool = False,
    key: bytes | None = None,
) -> list[bytes]:
    """The frames with which a device sends readings; more than one when they do not fit into one data area.

    `at`: start of the period; `sent_at`: makes the message numbers, a millisecond apart. Readings of one item stand
    together, its mark last. KeyError for an unknown period or version, ValueError for signs that would break the frame.
    """
    common = ";".join([f"DataTime={stamp(at)}", *(f"{name}={value}" for name, value in (fields or {}).items())])
    areas = packets(_items(readings), common, LONGEST_AREA)
    first = int(number(sent_at)[14:])
    frames = []
    for index, area in enumerate(areas, start=1):
        is_split = len(areas) > 1
        head = header(
            number=f"{stamp(sent_at)}{(first + index - 1) % 1000:03d}",
            system=system_kind,
            command=COMMAND_OF[period],
            password=password,
            device=device_code,
            flag=flag_of(version, wants_answer, is_split),
            packet=(len(areas), index) if is_split else None,
            is_resend=is_resend,
        )
        frames.append(framed(head, area, key))
    return frames


def _items(readings: Sequence[Reading]) -> list[str]:
    grouped: dict[str, list[Reading]] = {}
    for reading in readings:
        grouped.setdefault(reading.code or reading.item, []).append(reading)
    return [_item(code, group) for code, group in grouped.items()]


def _item(code: str, group: list[Reading]) -> str:
    sampled_at = group[0].sampled_at
    pairs = [f"{code}-SampleTime={stamp(sampled_at)}"] if sampled_at else []
    pairs += [f"{code}-{ATTRIBUTES[each.statistic]}={each.raw or f'{each.value:.10g}'}" for each in group]
    if group[0].mark:
        pairs.append(f"{code}-Flag={group[0].mark}")
    return ",".join(pairs)
