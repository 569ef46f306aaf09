"""Parts of long messages that did not come are asked for again (0x8003), a few times; what stays incomplete is kept aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from district.edges.gateway.group import Refusal
from district.edges.gateway.jt808.sessions import PROTOCOL, Asked, Talk, talk_of
from district.edges.gateway.link import Link
from district.protocols.jt808 import encode
from district.protocols.jt808.reassembly import Unfinished

if TYPE_CHECKING:
    from district.edges.gateway.gateway import Gateway

PATIENCE_S = 5.0
TIMES = 3
MOST_INDEXES = 125


def ask_for_parts(gateway: Gateway, links: Iterable[Link], now_s: float) -> None:
    """Once a second."""
    for link in links:
        if link.talk is not None and link.talk.parts.has_unfinished:
            _of_link(gateway, link, link.talk, now_s)


def _of_link(gateway: Gateway, link: Link, talk: Talk, now_s: float) -> None:
    waiting = {(each.header.phone, each.header.message_id, each.first_serial): each for each in talk.parts.unfinished()}
    talk.asked = {key: asked for key, asked in talk.asked.items() if key in waiting}
    for key, each in waiting.items():
        asked = talk.asked.setdefault(key, Asked(len(each.parts), now_s))
        if len(each.parts) != asked.parts:
            asked.parts, asked.at_s = len(each.parts), now_s  # it is still coming
        elif now_s - asked.at_s > PATIENCE_S * (asked.times + 1):
            asked.at_s, asked.times = now_s, asked.times + 1
            if asked.times > TIMES:
                talk.parts.give_up(each)
                _keep(gateway, link, each)
            else:
                _ask(link, each)


def _ask(link: Link, unfinished: Unfinished) -> None:
    header = encode.reply_header(unfinished.header, 0x8003, talk_of(link).next_serial())
    body = encode.missing_parts(unfinished.header, unfinished.first_serial, unfinished.missing[:MOST_INDEXES])
    link.send(b"".join(encode.frames_of(header, body)))


def _keep(gateway: Gateway, link: Link, unfinished: Unfinished) -> None:
    header, group = unfinished.header, gateway.new_group(PROTOCOL)
    missing = "、".join(map(str, unfinished.missing[:20]))
    detail = f"0x{header.message_id:04X} 共 {header.total} 包，缺第 {missing} 包"
    raw = b"".join(unfinished.parts[index] for index in sorted(unfinished.parts))
    known = gateway.dialects[PROTOCOL].register.find(header.phone)
    refusal = Refusal(group.received_at, PROTOCOL, link.port, link.remote, known.code if known else header.phone,
                      "incomplete_message", "semantic", detail, raw[:65_536])  # fmt: skip
    if gateway.keeps(refusal, link):
        group.refusals.append(refusal)
        gateway.hand_over(group)
