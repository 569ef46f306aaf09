"""What a JT/T 808 message is: header, body as values, and the errors of frames and of meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

V2013 = 2013
V2019 = 2019


class FrameError(ValueError):
    """A frame that cannot be read. `code` is stable, `detail` Chinese words with field, value and rule."""

    layer = "frame"

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a message that can be read must not be believed (`layer` semantic)."""

    code: str
    detail: str
    layer: str = "semantic"


@dataclass(frozen=True, slots=True)
class Header:
    """Clause 4.4.3 of JT/T 808. `phone`: the digits of the terminal, as sent, 12 (2013) or 20 (2019).

    `total`, `index`: of a sub-package, 0 for a whole message. `encryption`: 0 none, 1 RSA.
    """

    message_id: int
    version: int
    phone: str
    serial: int
    body_length: int
    encryption: int = 0
    protocol_version: int = 0
    total: int = 0
    index: int = 0

    @property
    def is_part(self) -> bool:
        return self.total > 0


@dataclass(frozen=True, slots=True)
class Message:
    """A frame that was read. `body` holds its values under the names of `line`, None where it stays bytes."""

    header: Header
    raw_body: bytes
    body: dict[str, Any] | None = field(default=None)
