"""What is built can be read again, and nothing that comes makes the reader fall over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.protocols.gb28181 import (
    Collector,
    FrameError,
    Ptz,
    Sdp,
    SipFramer,
    alarm_of,
    authorization,
    build_body,
    build_sdp,
    catalogue_items,
    challenge,
    channel_of,
    decode_line,
    decode_ptz,
    digest_response,
    encode_ptz,
    fields_of,
    findings,
    is_right,
    live_ssrc,
    moment,
    parse,
    parse_body,
    parse_sdp,
    response,
    text_of_moment,
    to_bytes,
)
from district.protocols.gb28181.build import via_with_source
from district.protocols.gb28181.catalogue import Channel
from district.protocols.gb28181.ptz import LENS, MOVES
from district.protocols.gb28181.tests.specimens import CAMERA, DOMAIN, SERVER, keepalive, made

WORDS = st.text(st.characters(codec="gb18030", exclude_categories=("C", "Z")), max_size=30)
GOOD = to_bytes(made(body=keepalive()))


@given(WORDS, st.integers(0, 2**31 - 1), st.integers(0, 99999))
def test_a_message_is_read_as_it_was_built(words: str, cseq: int, serial: int):
    asked = made(body=build_body("Notify", "Alarm", serial, CAMERA, {"AlarmDescription": words}), cseq=cseq)
    again = parse(to_bytes(asked))
    body = parse_body(again.body)
    assert (again.method, again.from_id, again.cseq, again.branch) == ("MESSAGE", CAMERA, cseq, "z9hG4bK7")
    assert (body.text("AlarmDescription"), body.serial) == (words, str(serial))
    assert parse(to_bytes(again)) == again


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(raw: bytes):
    answer = decode_line({"kind": "sip", "frame_hex": raw.hex()})
    assert answer["ok"] or (answer["error"] and answer["detail"])


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_message_is_read_or_refused_with_a_reason(harm: list[tuple[int, int]]):
    raw = bytearray(GOOD)
    for at, value in harm:
        raw[at] = value
    answer = decode_line({"kind": "sip", "frame_hex": bytes(raw).hex()})
    assert answer["ok"] or (answer["error"] != "bad_input" and answer["detail"])


@given(
    st.lists(st.sampled_from([GOOD, to_bytes(made("REGISTER", Expires="3600")), b"\r\n\r\n"]), max_size=5),
    st.data(),
)
def test_a_stream_is_cut_into_the_same_messages_however_it_comes(messages: list[bytes], data: st.DataObject):
    stream = b"".join(messages)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    framer, found = SipFramer(), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += framer.feed(stream[start:end])
    assert found == [each for each in messages if each.strip()]


def test_a_head_without_an_end_is_given_up():
    with pytest.raises(FrameError, match="too_long"):
        SipFramer().feed(b"X" * 20_000)


@given(
    st.builds(
        Ptz, st.integers(0, 4095), st.just("move"), st.sets(st.sampled_from(MOVES[::2]), min_size=1).map(
            lambda moves: tuple(each for each in MOVES if each in moves)
        ), st.integers(0, 255), st.integers(0, 255), st.integers(0, 15),
    )
    | st.builds(Ptz, st.integers(0, 4095), st.just("lens"), st.sampled_from(LENS).map(lambda each: (each,)), st.integers(0, 255))
    | st.builds(Ptz, st.integers(0, 4095), st.sampled_from(["preset_set", "preset_call"]), number=st.integers(1, 255))
    | st.builds(Ptz, st.integers(0, 4095), st.just("cruise_speed"), number=st.integers(0, 255), amount=st.integers(0, 4095))
)  # fmt: skip
def test_a_ptz_command_is_read_as_it_was_written(ptz: Ptz):
    assert decode_ptz(encode_ptz(ptz)) == ptz


def test_an_offer_is_read_as_it_was_built():
    offer = Sdp("video", CAMERA, "Play", "10.0.0.1", 30000, "TCP/RTP/AVP", (96, 98), direction="recvonly",
                setup="passive", ssrc=live_ssrc(DOMAIN, 7))  # fmt: skip
    again = parse_sdp(build_sdp(offer))
    assert (again.ssrc, again.ssrc_number, again.is_tcp, again.setup) == (
        "0306000007",
        306000007,
        True,
        "passive",
    )
    assert again.rtpmaps == {96: "PS/90000", 98: "H264/90000"}


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256", "SM3"])
@pytest.mark.parametrize("qop", [{}, {"qop": "auth", "nc": "00000001", "cnonce": "abc"}])
def test_only_the_right_password_makes_the_right_digest(algorithm: str, qop: dict[str, str]):
    asked = fields_of(challenge(DOMAIN, "n0nce", algorithm), "WWW-Authenticate")
    fields = {"username": CAMERA, "realm": asked["realm"], "nonce": asked["nonce"], "uri": f"sip:{SERVER}@{DOMAIN}",
              "algorithm": asked["algorithm"], **qop}  # fmt: skip
    fields["response"] = digest_response(**fields, password="secret", method="REGISTER")
    told = fields_of(authorization(fields))
    assert is_right(told, "secret", "REGISTER")
    assert not is_right(told, "Secret", "REGISTER")
    assert not is_right(told, "secret", "MESSAGE")
    assert not is_right({**told, "algorithm": "MD4"}, "secret", "REGISTER")
    assert not is_right({}, "secret", "REGISTER")


def test_the_published_digest_of_rfc_2617_comes_out():
    assert digest_response(
        username="Mufasa", realm="testrealm@host.com", password="Circle Of Life", method="GET", uri="/dir/index.html",
        nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", qop="auth", nc="00000001", cnonce="0a4f113b",
    ) == "6629fae49393a05397450978507c4ef1"  # fmt: skip


def test_an_answer_goes_back_through_the_translated_address():
    answer = response(made("REGISTER"), 401, source=("192.0.2.9", 40001), to_tag="t1")
    assert answer.header("Via") == "SIP/2.0/UDP 10.0.0.9:5060;rport=40001;branch=z9hG4bK7;received=192.0.2.9"
    assert answer.to_tag == "t1"
    assert (
        via_with_source("SIP/2.0/UDP 10.0.0.9:5060;branch=b", "10.0.0.9", 5060)
        == "SIP/2.0/UDP 10.0.0.9:5060;branch=b"
    )


def test_a_list_is_whole_when_the_promised_number_has_come():
    channels = [
        Channel(f"3703060000131000000{n}", f"路口{n}", is_on=True, lon=117.8, lat=36.8) for n in range(5)
    ]
    collector = Collector("9")
    parts = [catalogue_items(channels[:2]), catalogue_items(channels[2:4]), catalogue_items(channels[4:])]
    done = [
        collector.add(parse_body(build_body("Response", "Catalog", 9, CAMERA, {"SumNum": 5}, part)))
        for part in parts
    ]
    assert done == [False, False, True]
    assert collector.channels() == channels


def test_a_repeated_part_does_not_make_a_list_whole_by_itself():
    item = catalogue_items([Channel("37030600001310000001")])
    collector = Collector("9")
    part = parse_body(build_body("Response", "Catalog", 9, CAMERA, {"SumNum": 2}, item))
    assert [collector.add(part), collector.add(part)] == [False, True]  # the device has said all it will
    assert len(collector.channels()) == 1


def test_an_empty_list_is_whole_at_once():
    assert Collector("1").add(parse_body(build_body("Response", "Catalog", 1, CAMERA, {"SumNum": 0}, [])))


def test_an_item_without_a_position_has_none():
    channel = channel_of(
        {"DeviceID": CAMERA, "Longitude": "0", "Latitude": "", "Status": "OFF", "Info": {"PTZType": "3"}}
    )
    assert channel is not None
    assert (channel.lon, channel.lat, channel.is_on, channel.kind) == (None, None, False, "3")


def test_an_alarm_is_told_in_the_words_of_the_standard():
    body = parse_body(
        build_body("Notify", "Alarm", 1, CAMERA, {
            "AlarmPriority": 2, "AlarmMethod": 5, "AlarmTime": "2024-03-11T08:16:00", "Info": {"AlarmType": 6},
        })
    )  # fmt: skip
    notice = alarm_of(body)
    assert (notice.zh, notice.priority, notice.type) == ("入侵检测报警", 2, "6")
    assert notice.at == datetime(2024, 3, 11, 0, 16, tzinfo=UTC)
    assert not findings(made(), body)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31)))
def test_a_time_is_read_as_it_was_written(at: datetime):
    instant = at.replace(microsecond=0, tzinfo=UTC)
    assert moment(text_of_moment(instant)) == instant
    assert moment(text_of_moment(instant, has_milliseconds=True)) == instant


@pytest.mark.parametrize(
    "text", ["", "2024-13-01T00:00:00", "20240311081600", "1970-01-01T00:00:00", "2024-03-11"]
)
def test_what_is_no_time_is_none(text: str):
    assert moment(text) is None


def test_a_declaration_that_lies_is_seen_through():
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    body = f"{head}<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>1</DeviceID><Name>南门</Name></Notify>"
    assert parse_body(body.encode("gb18030")).text("Name") == "南门"
    assert parse_body(b"\xef\xbb\xbf" + body.encode()).text("Name") == "南门"
