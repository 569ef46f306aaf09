"""What one turn of decoding brings: everything that one transaction stores, and what is said once it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from district.kernel.clock import CHINA
from district.kernel.devices.position_rows import NO_POSITIONS, PositionRows

if TYPE_CHECKING:
    from district.edges.gateway.directory import Known, SeriesKey
    from district.edges.gateway.link import Link


class Sink(Protocol):
    """Where a reply goes once its group is committed."""

    def send(self, data: bytes) -> bool: ...


@dataclass(slots=True)
class Refusal:
    """A row of the quarantine."""

    received_at: datetime
    protocol: str
    port: int
    remote: str
    device_code: str
    reason: str
    layer: str
    detail: str
    raw: bytes
    readings: list[dict[str, Any]] = field(default_factory=list)
    repeats: int = 0


def described(key: SeriesKey, at_us: int, value: float, mark: int) -> dict[str, Any]:
    """A reading as the quarantine keeps it; `devices.actions.release` reads it back."""
    _, item, statistic, period = key
    at = datetime.fromtimestamp(at_us / 1e6, CHINA).isoformat()
    return {"item": item, "statistic": statistic, "period": period, "at": at, "value": value, "mark": mark}


@dataclass(slots=True)
class Note:
    """What a device tells in words."""

    device_id: int
    at: datetime
    item: str
    name: str
    text: str


@dataclass(slots=True)
class Report:
    """Something told that is no measured value; a row of the device reports. `key` is the same for a repeat."""

    device_id: int
    protocol: str
    kind: str
    subject: str
    key: str
    at: datetime
    payload: dict[str, Any]


@dataclass(slots=True)
class Readings:
    """Observations as columns: `series` numbers of the SeriesTable, and the frame each came in."""

    series: NDArray[np.int64]
    at_us: NDArray[np.int64]
    value: NDArray[np.float64]
    mark: NDArray[np.int32]
    frame: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.at_us)

    def at(self, index: Any) -> Readings:
        return Readings(self.series[index], self.at_us[index], self.value[index], self.mark[index], self.frame[index])

    def in_frames_from(self, first: int) -> Readings:
        """The same with frames numbered from `first`."""
        return Readings(self.series, self.at_us, self.value, self.mark, self.frame + first)

    @staticmethod
    def joined(parts: Sequence[Readings]) -> Readings:
        parts = [part for part in parts if len(part)]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return NO_READINGS
        return Readings(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in Readings.__slots__)
        )


NO_READINGS = Readings(
    np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=np.int32),
    np.empty(0, dtype=np.int64),
)  # fmt: skip


@dataclass(slots=True)
class Places:
    """Positions, each with the number of its device in this process and the frame it came in."""

    rows: PositionRows
    number: NDArray[np.int64]
    frame: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.number)

    def in_frames_from(self, first: int) -> Places:
        """The same with frames numbered from `first`."""
        return Places(self.rows, self.number, self.frame + first)

    @staticmethod
    def joined(parts: Sequence[Places]) -> Places:
        parts = [part for part in parts if len(part)]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return NO_PLACES
        return Places(
            PositionRows.joined([part.rows for part in parts]), np.concatenate([part.number for part in parts]),
            np.concatenate([part.frame for part in parts]),
        )  # fmt: skip


NO_PLACES = Places(NO_POSITIONS, np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


@dataclass(slots=True)
class Credential:
    """What a device has been given, sealed, and what it told of itself: stored before it is answered."""

    device_id: int
    sealed: str
    attributes: dict[str, Any]


@dataclass(slots=True)
class Heard:
    """Something that concerns a command of ours: an answer, or data a device sent while one is running."""

    device: Known
    message_id: str | None
    kind: str
    code: str
    is_good: bool | None
    text: str
    fields: dict[str, Any]
    observations: int = 0
    command: str = ""


BYTES_OF_A_POSITION = 400


@dataclass(slots=True)
class Group:
    """`unwelcome`: links to close once they have been answered.

    `source(frame)` gives the refusal for a frame, still without its reason: where it came from, and its bytes.
    `size` is the number of its bytes. After the commit `stored` and `repeated` are the places of the readings that are
    new, and that were there already; `placed` and `replaced` the same of the positions.
    """

    number: int
    protocol: str
    received_at: datetime
    readings: Readings = field(default_factory=lambda: NO_READINGS)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    places: Places = field(default_factory=lambda: NO_PLACES)
    credentials: list[Credential] = field(default_factory=list)
    contents: list[tuple[str, bytes]] = field(default_factory=list)
    """Files by their SHA-256, kept before the rows that name them."""
    replies: list[tuple[Sink, bytes]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    clock_wanted: list[Known] = field(default_factory=list)
    unwelcome: list[Link] = field(default_factory=list)
    source: Any = None
    frames: int = 0
    size: int = 1
    acknowledged: int = 0
    has_new_series: bool = False
    decoded_at: float = 0.0
    stored: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    repeated: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    placed: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    replaced: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def weight(self) -> int:
        """How much of a transaction it takes, in bytes of HJ 212: a position in few bytes is as dear as a long frame."""
        return max(self.size, BYTES_OF_A_POSITION * len(self.places))

    @property
    def has_rows(self) -> bool:
        return bool(
            len(self.readings) or len(self.places) or self.refusals or self.notes or self.reports or self.credentials
        )


FRAME_BITS = 32


def merged(groups: Sequence[Group]) -> Group:
    """Several groups as one, for one transaction; its number is that of the last."""
    if len(groups) == 1:
        return groups[0]
    last = groups[-1]
    whole = Group(last.number, last.protocol, last.received_at)
    whole.readings = Readings.joined([each.readings.in_frames_from(n << FRAME_BITS) for n, each in enumerate(groups)])
    whole.refusals = [refusal for each in groups for refusal in each.refusals]
    whole.notes = [note for each in groups for note in each.notes]
    whole.reports = [report for each in groups for report in each.reports]
    whole.credentials = [credential for each in groups for credential in each.credentials]
    whole.contents = [content for each in groups for content in each.contents]
    whole.places = Places.joined([each.places.in_frames_from(n << FRAME_BITS) for n, each in enumerate(groups)])
    whole.source = lambda frame: groups[frame >> FRAME_BITS].source(frame & (1 << FRAME_BITS) - 1)
    return whole


def part_out(whole: Group, groups: Sequence[Group]) -> None:
    """Tells each group what became of its own readings."""
    if len(groups) == 1:
        return
    ends = np.cumsum([len(each.readings) for each in groups])
    for each, end in zip(groups, ends.tolist(), strict=True):
        start = end - len(each.readings)
        each.stored = whole.stored[(whole.stored >= start) & (whole.stored < end)] - start
        each.repeated = whole.repeated[(whole.repeated >= start) & (whole.repeated < end)] - start
    groups[0].has_new_series = whole.has_new_series
    if not len(whole.places):
        return
    for each, end in zip(groups, np.cumsum([len(each.places) for each in groups]).tolist(), strict=True):
        start = end - len(each.places)
        each.placed = whole.placed[(whole.placed >= start) & (whole.placed < end)] - start
        each.replaced = whole.replaced[(whole.replaced >= start) & (whole.replaced < end)] - start
