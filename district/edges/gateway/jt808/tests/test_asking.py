"""Parts that did not come are asked for again, and what stays incomplete is kept aside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from district.edges.gateway.group import Group
from district.edges.gateway.jt808.asking import PATIENCE_S, TIMES, ask_for_parts
from district.edges.gateway.jt808.tests.fakes import NOW, FakeGateway, Terminal, bus, earlier, place
from district.protocols.jt808 import decode, encode


def test_missing_parts_are_asked_for_and_given_up_at_last():
    fake = FakeGateway([bus()])
    terminal = Terminal(fake)
    terminal.authenticates()
    frames = terminal.frames(0x0704, encode.batch([place(earlier(n)) for n in range(100)], 1))
    terminal.sends(frames[0], *frames[2:])
    sent: list[Any] = []
    kept: list[Group] = []
    terminal.link.send = lambda data: sent.append(decode(data))
    gateway: Any = SimpleNamespace(
        dialects={"jt808": fake.dialect}, new_group=lambda protocol: Group(9, protocol, NOW), keeps=fake.keeps,
        hand_over=kept.append,
    )  # fmt: skip
    now_s = 1000.0
    for _each in range(200):
        ask_for_parts(gateway, [terminal.link], now_s)
        now_s += 1.0
    assert [each.body["indexes"] for each in sent] == [[2]] * TIMES
    assert [each.reason for each in kept[0].refusals] == ["incomplete_message"]
    assert now_s - 1000.0 > PATIENCE_S
    assert not terminal.link.talk.parts.has_unfinished


def test_a_part_that_comes_after_the_question_makes_the_message_whole():
    terminal = Terminal(FakeGateway([bus()]))
    terminal.authenticates()
    frames = terminal.frames(0x0704, encode.batch([place(earlier(n)) for n in range(100)], 1))
    assert terminal.sends(frames[0], *frames[2:]) == []
    (answer,) = terminal.sends(frames[1])
    assert answer.body["result"] == 0
    assert len(terminal.places) == 100
