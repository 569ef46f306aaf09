from __future__ import annotations

import pytest

from district.protocols.hj212 import Message, answer_of, decode, is_upload, reply, reply_to

from .specimens import AREA, frame, head


def message(area: str = AREA, **fields: str) -> Message:
    return decode(frame(area, head(**fields)))


def answered(area: str = AREA, **fields: str) -> Message:
    sent = reply_to(message(area, **fields))
    assert sent is not None
    return decode(sent)


def test_data_that_asks_for_an_answer_is_answered_with_9014_and_its_own_number():
    told = answered()
    assert (told.st, told.cn, told.qn, told.pw, told.mn, told.flag, told.cp) == (
        "91", "9014", "20260214093000120", "zc2026", "370306TEST0000000000B001", 4, {},
    )  # fmt: skip


@pytest.mark.parametrize(("flag", "replied"), [("5", 4), ("7", 4), ("9", 8), ("11", 8)])
def test_the_reply_carries_the_version_bits_only(flag: str, replied: int):
    assert answered(Flag=flag).flag == replied


@pytest.mark.parametrize("flag", ["4", "6", "8", "0", "2"])
def test_data_that_asks_for_no_answer_gets_none(flag: str):
    assert reply_to(message(Flag=flag)) is None


def test_without_a_flag_there_is_no_answer():
    assert reply_to(decode(frame(head="ST=32;CN=2011;PW=1;MN=A;"))) is None


def test_2005_carries_the_number_inside_cp():
    told = answered(Flag="1")
    assert (told.qn, told.flag, told.cp) == (None, 0, {"QN": "20260214093000120"})
    assert told.request_number == "20260214093000120"


def test_2005_without_a_number_is_answered_without_one():
    sent = reply_to(decode(frame(head="ST=32;CN=2011;PW=1;MN=A;Flag=1;")))
    assert sent is not None
    assert decode(sent).cp == {}


def test_a_request_for_a_clock_and_a_heartbeat_are_notices():
    assert answered("", CN="1013").cn == "9013"
    assert answered("", CN="9015", Flag="9").cn == "9013"


@pytest.mark.parametrize(
    ("command", "area"),
    [
        ("2011", ""), ("2051", "BeginTime=20260214000000;EndTime=20260214010000"), ("1062", "RtdInterval=30"),
        ("3021", "PolId=w01018;InfoId=i13004;i13004-Info=168.0"), ("3017", "PolId=w01018"), ("9014", ""), ("9011", "QnRtn=1"),
    ],
)  # fmt: skip
def test_requests_and_replies_are_not_answered(command: str, area: str):
    assert reply_to(message(area, CN=command)) is None


@pytest.mark.parametrize(
    ("command", "area"),
    [
        ("2081", "DataTime=20260214093000;RestartTime=20260214092000"), ("1011", "SystemTime=20260214093000"),
        ("3017", "PolId=w01018;CstartTime=000000;CTime=2"), ("3018", "PolId=w01018;Stime=40"),
        ("3019", "PolId=w01018;w01018-SN=010000A8900016F000169DC1"), ("3015", "DataTime=20260214093000;VaseNo=1"),
        ("3020", "DataTime=20260214093000;PolId=w01018;i12001-Info=1"), ("1061", "RtdInterval=30"), ("1001", ""),
        ("2013", "DataTime=20260214093000;a24088-Rtd=1"), ("2111", "DataTime=20260214093000;a01901-Avg=860"),
    ],
)  # fmt: skip
def test_every_upload_is_known_by_its_data_area(command: str, area: str):
    assert is_upload(message(area, CN=command))


def test_an_answer_to_a_request_says_what_it_means():
    refused = answer_of(decode(reply(message(), "9011", {"QnRtn": "3"})))
    assert refused is not None
    assert (refused.kind, refused.message_id, refused.is_good, refused.zh) == ("accepted", "20260214093000120", False, "密码错误")
    done = answer_of(decode(reply(message(Flag="1"), "9012", {"ExeRtn": "1"})))
    assert done is not None
    assert (done.kind, done.message_id, done.is_good) == ("result", "20260214093000120", True)
    assert answer_of(message()) is None
