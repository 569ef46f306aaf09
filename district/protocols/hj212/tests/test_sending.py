"""Frames we build are frames we read: uploads, splitting, requests, encryption, reassembly."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.protocols.hj212 import (
    REQUESTS,
    FrameError,
    Framer,
    Message,
    Reading,
    Reassembler,
    decode,
    request_frame,
    upload_frames,
    upload_of,
)
from district.protocols.hj212.encode import LONGEST_AREA, envelope, packets
from district.protocols.hj212.sm4 import decrypted_area, encrypted_area
from district.protocols.hj212.times import BEIJING

AT = datetime(2026, 2, 14, 8, tzinfo=BEIJING)
WHO: dict[str, Any] = {"device_code": "370306A1", "password": "zc2026", "system_kind": "32"}
KEY = bytes(range(16))
READINGS = st.lists(
    st.builds(
        Reading,
        item=st.sampled_from(["w01018", "a34004", "vendor_1"]),
        statistic=st.sampled_from(["rtd", "cou", "zs_rtd"]),
        value=st.decimals(0, 900, places=2).map(float),
        mark=st.just("N"),
    ),
    max_size=5,
    unique_by=lambda each: (each.item, each.statistic),
)


def many(count: int) -> list[Reading]:
    return [Reading(f"v{number:05d}", "rtd", number / 10, "N") for number in range(count)]


@given(READINGS, st.sampled_from(["realtime", "minute", "hour", "day"]), st.sampled_from([2005, 2017, 2025]), st.booleans())
def test_what_is_sent_is_what_is_read(readings: list[Reading], period: str, version: int, is_resend: bool):
    frames = upload_frames(**WHO, at=AT, sent_at=AT, period=period, readings=readings, version=version, is_resend=is_resend)
    (frame,) = frames
    upload = upload_of(decode(frame))
    sent = {(each.item, each.statistic): (each.value, each.mark) for each in readings}
    assert {(each.item, each.statistic): (each.value, each.mark) for each in upload.readings} == sent
    assert (upload.at, upload.period, upload.version, upload.is_resend) == (AT, period, version, is_resend)
    assert (upload.device_code, upload.password, upload.system_kind, upload.wants_answer) == ("370306A1", "zc2026", "32", True)
    assert upload.refused == ()


def test_times_are_written_in_local_time_whatever_zone_they_come_in():
    (frame,) = upload_frames(**WHO, at=AT.astimezone(UTC), sent_at=AT.astimezone(UTC))
    assert b"DataTime=20260214080000" in frame
    with pytest.raises(ValueError, match="时区"):
        upload_frames(**WHO, at=AT.replace(tzinfo=None), sent_at=AT)


def test_what_does_not_fit_into_one_data_area_is_split_between_items():
    frames = [decode(frame) for frame in upload_frames(**WHO, at=AT, sent_at=AT, readings=many(120))]
    assert len(frames) > 2
    assert {message.flag for message in frames} == {7}
    assert [(message.pnum, message.pno) for message in frames] == [(len(frames), n + 1) for n in range(len(frames))]
    assert len({message.qn for message in frames}) == len(frames)
    assert all(len(message.raw.partition(b"CP=&&")[2].rpartition(b"&&")[0]) <= LONGEST_AREA for message in frames)


def test_an_item_too_long_for_any_packet_is_refused():
    with pytest.raises(ValueError, match="超过"):
        packets(["x" * 1000], "DataTime=20260214080000")


def test_signs_that_would_break_the_frame_are_refused():
    with pytest.raises(ValueError, match="不能含"):
        upload_frames(**WHO | {"password": "a;b"}, at=AT, sent_at=AT)
    with pytest.raises(ValueError, match="4 位长度"):
        envelope(b"x" * 10000)


def packets_of(count: int = 120) -> list[Message]:
    return [decode(frame) for frame in upload_frames(**WHO, at=AT, sent_at=AT, readings=many(count))]


@given(st.randoms(use_true_random=False))
def test_packets_are_put_together_in_any_order_and_with_repeats(chance: random.Random):
    arriving = packets_of() * 2
    chance.shuffle(arriving)
    group = Reassembler()
    whole = [message for message in (group.add(each, 0.0) for each in arriving) if message is not None]
    assert len(whole) >= 1
    assert [reading.value for reading in upload_of(whole[0]).readings] == [reading.value for reading in many(120)]
    assert whole[0].pnum is None


def test_a_message_that_is_not_split_is_whole_at_once():
    (alone,) = packets_of(1)
    assert Reassembler().add(alone, 0.0) is alone


def test_packets_whose_rest_never_comes_are_given_up_with_what_is_missing():
    group = Reassembler(lifetime_s=60)
    first, _, third, *_ = packets_of(150)
    group.add(first, 0.0)
    group.add(third, 30.0)
    assert group.overdue(59.0) == []
    (given_up,) = group.overdue(60.0)
    assert (given_up.packets, 2 in given_up.missing) == ((first, third), True)
    assert (len(group), group.held_bytes) == (0, 0)


def test_memory_of_unfinished_messages_is_bounded():
    group = Reassembler(most_groups=8, most_bytes=20_000, lifetime_s=1e9)
    for number in range(500):
        who = WHO | {"device_code": f"D{number}"}
        group.add(decode(upload_frames(**who, at=AT, sent_at=AT, readings=many(100))[0]), float(number))
        group.overdue(float(number))
        assert len(group) <= 8
        assert group.held_bytes <= 20_000


@given(st.binary(min_size=16, max_size=300))
def test_what_is_encrypted_can_be_read_again(area: bytes):
    assert decrypted_area(encrypted_area(area, KEY), KEY) == area


def test_an_area_shorter_than_a_block_stays_plain():
    assert encrypted_area(b"RtdInterval=30", KEY) == b"RtdInterval=30"


def test_the_rest_behind_whole_blocks_stays_plain():
    cipher = encrypted_area(b"DataTime=20260214080000", KEY)
    assert cipher.startswith(b"{0x")
    assert cipher.endswith(b"}4080000")
    assert cipher.count(b",") == 15


def test_sm4_is_the_cipher_of_its_standard():
    # GB/T 32907-2016, appendix A.1.
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    printed = encrypted_area(key, key)
    assert printed[1:-1].replace(b"0x", b"").replace(b",", b"").lower() == b"681edf34d206965e86b3e94f536e4246"


def test_an_encrypted_frame_is_read_with_its_key_only():
    (frame,) = upload_frames(**WHO, at=AT, sent_at=AT, readings=many(3), version=2025, key=KEY)
    assert Framer().feed(frame + frame)[1].raw == frame
    assert upload_of(decode(frame, KEY)).readings[2].value == 0.2
    with pytest.raises(FrameError, match="no_key"):
        decode(frame)
    with pytest.raises(FrameError, match="bad_"):
        decode(frame, KEY[::-1])


def test_an_encrypted_frame_whose_length_and_sum_are_those_of_the_cipher_text_is_read_too():
    plain = upload_frames(**WHO, at=AT, sent_at=AT, readings=many(3), version=2025)[0][6:-6]
    head, _, rest = plain.partition(b"CP=&&")
    frame = envelope(head + b"CP=&&" + encrypted_area(rest[:-2], KEY) + b"&&")
    assert upload_of(decode(frame, KEY)).readings[2].value == 0.2
    assert decode(frame).is_encrypted


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_every_request_can_be_built_and_read(name: str):
    values: dict[str, Any] = {
        "timeout_s": 5, "retries": 3, "interval_s": 60, "interval_min": 10, "code": "A2", "at": AT, "key": "00" * 16,
        "password": "654321", "item": "w01018", "begin_at": AT, "end_at": AT + timedelta(hours=1), "start_time": "000000",
        "cycle_h": 2, "information": "i13004", "value": 168.0,
    }  # fmt: skip
    request = REQUESTS[name]
    given_values = {each.name: values[each.name] for each in request.parameters}
    frame, message_id = request_frame(name, given_values, **WHO, sent_at=AT, version=2025)
    message = decode(frame)
    assert (message.cn, message.qn, message.need_ack) == (request.command, message_id, True)
    expected = len(request.parameters)
    assert len(message.cp) + len(message.factors) == expected


def test_a_span_of_2005_is_written_with_a_comma():
    frame, _ = request_frame("fetch_hours", {"begin_at": AT, "end_at": AT}, **WHO, sent_at=AT, version=2005)
    assert b"&&BeginTime=20260214080000,EndTime=20260214080000&&" in frame


@pytest.mark.parametrize(
    ("name", "given_values", "words"),
    [
        ("set_realtime_interval", {"interval_s": 5}, "30 与 3600"),
        ("set_minute_interval", {"interval_min": 7}, "之一"),
        ("set_timeout", {"timeout_s": 5}, "重发次数"),
        ("set_password", {"password": "1;2"}, "字符"),
        ("calibrate", {"item": "w01018", "more": 1}, "more"),
        ("set_clock", {"at": "noon"}, "时刻"),
        ("set_sampling_cycle", {"item": "w01018", "start_time": "250000", "cycle_h": 2}, "hhmmss"),
    ],
)
def test_a_request_out_of_its_rules_is_refused_by_name(name: str, given_values: dict[str, Any], words: str):
    with pytest.raises(ValueError, match=words):
        request_frame(name, given_values, **WHO, sent_at=AT)


def test_a_version_that_does_not_know_a_request_refuses_it():
    with pytest.raises(ValueError, match="2005"):
        request_frame("keep_sample", {}, **WHO, sent_at=AT, version=2005)
