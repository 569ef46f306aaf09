"""What a frame says, in the words of the standard; `upload.py` puts it into the words of the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Layer = Literal["frame", "semantic"]


class FrameError(ValueError):
    """The bytes are not a frame of HJ 212. `code` is stable, `detail` is for people."""

    layer: Layer = "frame"

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a well-formed frame that must be quarantined: the code, whose value it is, and the rule broken."""

    code: str
    detail: str
    item: str = ""
    attribute: str = ""
    value: str = ""
    layer: Layer = "semantic"


@dataclass(frozen=True, slots=True)
class Message:
    """A decoded frame. Field names are those of HJ 212 section 6.3; values are the texts of the wire, blanks stripped.

    `flag`, `qn`, `pnum`, `pno` are None when absent. `cp` holds the plain fields, `factors` code → attribute → text.
    `warnings` are codes of tolerated oddities, `extra` header fields the standard does not know.
    """

    length: int
    crc: str
    qn: str | None
    st: str
    cn: str
    pw: str
    mn: str
    flag: int | None
    pnum: int | None = None
    pno: int | None = None
    rf: bool = False
    cp: dict[str, str] = field(default_factory=dict)
    factors: dict[str, dict[str, str]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    is_encrypted: bool = False
    raw: bytes = b""

    @property
    def flag_version(self) -> int | None:
        """Bits 7–2 of Flag: 0 is 2005, 1 is 2017, 2 is 2025 or the surface-water profile of 2017."""
        return None if self.flag is None else self.flag >> 2

    @property
    def version(self) -> int:
        """2005 (Flag absent or its version bits 0), 2017 or 2025: it decides the shape of replies."""
        if not self.flag_version:
            return 2005
        if self.flag_version == 1:
            return 2017
        return 2025

    @property
    def need_ack(self) -> bool:
        return bool(self.flag and self.flag & 1)

    @property
    def split(self) -> bool:
        return bool(self.flag and self.flag & 2)

    def cp_field(self, name: str) -> str | None:
        """A plain field of CP; the name in any case, as devices write `CTime` and `Ctime`."""
        value = self.cp.get(name)
        if value is None:
            wanted = name.lower()
            value = next((text for key, text in self.cp.items() if key.lower() == wanted), None)
        return value

    @property
    def request_number(self) -> str | None:
        """QN of the header, or the one that replies of 2005 carry inside CP."""
        return self.qn or self.cp_field("QN")


def to_json(message: Message) -> dict[str, Any]:
    """The message as plain data: the keys of the shared samples, and a few more."""
    answer: dict[str, Any] = {
        "length": message.length,
        "crc": message.crc,
        "qn": message.qn,
        "st": message.st,
        "cn": message.cn,
        "pw": message.pw,
        "mn": message.mn,
        "flag": message.flag,
        "flag_version": message.flag_version,
        "need_ack": message.need_ack,
        "split": message.split,
    }
    if message.pnum is not None:
        answer |= {"pnum": message.pnum, "pno": message.pno}
    answer |= {"cp": dict(message.cp), "factors": {code: dict(each) for code, each in message.factors.items()}}
    answer["version"] = message.version
    if message.rf:
        answer["rf"] = 1
    if message.is_encrypted:
        answer["encrypted"] = True
    if message.extra:
        answer["extra"] = dict(message.extra)
    if message.warnings:
        answer["warnings"] = list(message.warnings)
    return answer
