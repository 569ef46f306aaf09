from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.edges.gateway.replying import Answers
from district.edges.gateway.tests.fakes import NOW
from district.protocols.hj212 import Reading, decode, reply, upload_frames

WORD = st.text("ABCDEFabcdef0123456789_-", min_size=1, max_size=24)


@given(WORD, st.text("0123456789abc", max_size=6), st.sampled_from([2005, 2017, 2025]), st.integers(0, 10**6))
def test_answers_are_those_of_the_protocol_byte_by_byte(code: str, password: str, version: int, second: int):
    answers = Answers()
    (frame,) = upload_frames(
        device_code=code, password=password, system_kind="22", at=NOW, sent_at=NOW + timedelta(seconds=second),
        readings=[Reading("a34004", "rtd", 1.0, "N")], version=version,
    )  # fmt: skip
    message = decode(frame)
    for _ in range(2):  # the second comes from memory
        made = answers.data_answer(
            code.encode(), password.encode(), message.flag or 0, (message.qn or "").encode()
        )
        assert made == reply(message, "9014")


@pytest.mark.parametrize("flag", [1, 5, 9])
def test_a_message_without_a_number_gets_an_answer_without_one(flag: int):
    made = decode(Answers().data_answer(b"X", b"1", flag, b""))
    assert (made.cn, made.qn, made.request_number) == ("9014", None, None)
