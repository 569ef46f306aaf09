"""A SIP message as GB/T 28181 uses it, and what may be wrong with one. RFC 3261 section 7."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Layer = Literal["frame", "semantic"]

USER = re.compile(r"sips?:([^@;>]*)@", re.IGNORECASE)
PARAMETER = re.compile(r";\s*([\w.!%*+~'-]+)(?:\s*=\s*(\"[^\"]*\"|[^;,\s>]*))?")


class FrameError(ValueError):
    """The bytes are no message of the standard. `code` is stable, `detail` is for people."""

    def __init__(self, code: str, detail: str, layer: Layer = "frame") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.layer = layer


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a well-formed message that must be quarantined: the code, a sentence, and the field it is about."""

    code: str
    detail: str
    field: str = ""
    value: str = ""
    layer: Layer = "semantic"


@dataclass(frozen=True, slots=True)
class SipMessage:
    """A request (`method` and `uri` set) or a response (`status` set).

    `headers` are (canonical name, value) in their order; `body` has exactly Content-Length bytes.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    method: str = ""
    uri: str = ""
    status: int = 0
    reason: str = ""
    raw: bytes = field(default=b"", compare=False)

    @property
    def is_request(self) -> bool:
        return bool(self.method)

    def header(self, name: str) -> str | None:
        """The first value of a header by its canonical name."""
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> list[str]:
        """Every value of a header that may come several times."""
        return [value for key, value in self.headers if key == name]

    @property
    def from_id(self) -> str:
        return user_of(self.header("From") or "")

    @property
    def to_id(self) -> str:
        return user_of(self.header("To") or "")

    @property
    def from_tag(self) -> str:
        return parameters_of(self.header("From") or "").get("tag", "")

    @property
    def to_tag(self) -> str:
        return parameters_of(self.header("To") or "").get("tag", "")

    @property
    def call_id(self) -> str:
        return self.header("Call-ID") or ""

    @property
    def cseq(self) -> int:
        return int((self.header("CSeq") or "0").split()[0])

    @property
    def cseq_method(self) -> str:
        return (self.header("CSeq") or " ").split()[-1]

    @property
    def branch(self) -> str:
        """Names the transaction (the topmost Via)."""
        return parameters_of(self.header("Via") or "").get("branch", "")

    @property
    def expires_s(self) -> int | None:
        """Of the header, else of the Contact; None when neither says."""
        value = self.header("Expires")
        if value is None:
            value = parameters_of(self.header("Contact") or "").get("expires")
        return int(value) if value is not None and value.strip().isdigit() else None

    @property
    def content_type(self) -> str:
        """Lower case, without parameters."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()


def user_of(address: str) -> str:
    """The user part of a name-addr or URI: the device id; empty when there is none."""
    found = USER.search(address)
    return found[1].strip() if found else ""


def parameters_of(value: str) -> dict[str, str]:
    """The parameters behind a header value, names in lower case; those inside <…> belong to the URI and are left out."""
    outside = re.sub(r"<[^>]*>", "", value)
    return {name.lower(): (text or "").strip('"') for name, text in PARAMETER.findall(outside)}
