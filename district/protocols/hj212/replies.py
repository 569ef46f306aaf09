"""Which answer a message wants, and the answers a centre hears. HJ 212-2017 section 6.6.3, HJ/T 212-2005 for its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .encode import framed, header
from .message import Message
from .tables import COMMANDS, RETURNS

SYSTEM_INTERACTION = "91"
ANSWER_NOTICE = "9013"
ANSWER_DATA = "9014"


def is_upload(message: Message) -> bool:
    """Whether the message brings data, as opposed to the request of the same number: its data area tells."""
    command = COMMANDS.get(message.cn)
    if command is None or "upload" not in command.kinds:
        return False
    wanted = command.upload_field
    if not wanted:
        return True
    if message.is_encrypted and not message.cp:
        return True
    if message.cp_field(wanted) is not None:
        return True
    return any(wanted in attributes for attributes in message.factors.values())


def is_notice(message: Message) -> bool:
    """A notice from a device: it asks for its clock to be set, or shows that it is alive."""
    command = COMMANDS.get(message.cn)
    return command is not None and "notice_up" in command.kinds


def reply_to(message: Message) -> bytes | None:
    """The frame a centre answers with, once what the message said is safe; None when it wants none."""
    if not message.need_ack:
        return None
    if is_upload(message):
        return reply(message, ANSWER_DATA)
    return reply(message, ANSWER_NOTICE) if is_notice(message) else None


def reply(message: Message, command: str, fields: dict[str, str] | None = None) -> bytes:
    """A reply of any kind to `message`: same number, password and device, Flag with the version bits only.

    2005: the number stands inside CP, and Flag appears only if the message had one.
    """
    area = [f"{name}={value}" for name, value in (fields or {}).items()]
    number = message.request_number
    if message.version == 2005:
        if number:
            area.insert(0, f"QN={number}")
        flag = None if message.flag is None else 0
        number = None
    else:
        flag = (message.flag_version or 0) << 2
    head = header(
        number=number, system=SYSTEM_INTERACTION, command=command, password=message.pw, device=message.mn, flag=flag
    )
    return framed(head, ";".join(area))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device said to a request of ours. `is_good` is None when the answer carries no result."""

    kind: Literal["accepted", "result", "notice", "data"]
    message_id: str | None
    code: str
    is_good: bool | None
    zh: str
    en: str


KINDS: dict[str, tuple[Literal["accepted", "result", "notice", "data"], str]] = {
    "9011": ("accepted", "QnRtn"),
    "9012": ("result", "ExeRtn"),
    "9013": ("notice", ""),
    "9014": ("data", ""),
}


def answer_of(message: Message) -> Answer | None:
    """The reply a device sent, None when the message is none."""
    if message.cn not in KINDS:
        return None
    kind, field = KINDS[message.cn]
    code = (message.cp_field(field) or "") if field else ""
    zh, en = RETURNS.get((field, code), ("", ""))
    return Answer(kind, message.request_number, code, code == "1" if field else None, zh, en)
