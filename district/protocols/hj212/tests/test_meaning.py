"""What leaves the protocol: neutral words, bad values set apart."""

from __future__ import annotations

from datetime import datetime

from district.protocols.hj212 import decode, findings, upload_of
from district.protocols.hj212.line import decode_line
from district.protocols.hj212.tables import (
    COMMANDS,
    FACTORS,
    FROM_2005,
    INFORMATION,
    MARKS,
    PROCESSES,
    RETURNS,
    STATES,
    SYSTEMS,
    item_of,
)
from district.protocols.hj212.times import BEIJING

from .specimens import frame, head

T = "DataTime=20260214093000"


def test_codes_of_2005_become_those_of_2017():
    upload = upload_of(decode(frame(f"{T};011-Rtd=31.4,011-Flag=N;B01-Rtd=12", head(Flag="1"))))
    assert [(each.item, each.code) for each in upload.readings] == [("w01018", "011"), ("w00000", "B01")]


def test_one_bad_value_does_not_spoil_the_others():
    upload = upload_of(decode(frame(f"{T};w01001-Rtd=15,w01001-Flag=N;w01018-Rtd=31.4,w01018-Flag=N")))
    assert [(each.item, each.value) for each in upload.readings] == [("w01018", 31.4)]
    assert [(each.code, each.item, each.value) for each in upload.refused] == [("value_out_of_range", "w01001", "15")]
    assert upload.is_trusted


def test_a_message_with_an_absurd_time_is_not_trusted():
    upload = upload_of(decode(frame("DataTime=20990101000000;w01018-Rtd=31.4")))
    assert not upload.is_trusted


def test_an_unknown_mark_spoils_its_item_only():
    upload = upload_of(decode(frame(f"{T};w01018-Rtd=31.4,w01018-Flag=X;w01001-Rtd=7,w01001-Flag=N")))
    assert [each.item for each in upload.readings] == ["w01001"]


def test_texts_fields_and_times_are_kept():
    area = f"{T};PolId=w01018;i11001-Info=//重启;完成//;w01018-SampleTime=20260214080000,w01018-Rtd=3"
    upload = upload_of(decode(frame(area, head(CN="3020"))))
    assert upload.texts[("i11001", "Info")] == "//重启;完成//"
    assert upload.fields["PolId"] == "w01018"
    assert upload.readings[0].sampled_at == datetime(2026, 2, 14, 8, tzinfo=BEIJING)
    assert (upload.period, upload.at) == ("info", datetime(2026, 2, 14, 9, 30, tzinfo=BEIJING))


def test_requests_replies_and_notices_bring_no_readings():
    assert upload_of(decode(frame("", head(CN="2011")))).period == "request"
    assert upload_of(decode(frame("QnRtn=1", head(CN="9011", ST="91", Flag="4")))).period == "reply"
    assert upload_of(decode(frame("", head(CN="1013")))).period == "notice"


def test_rounding_is_no_contradiction_but_more_is():
    hour = head(CN="2061")
    assert findings(decode(frame(f"{T};a21026-Avg=5.334,a21026-Max=5.33,a21026-Flag=N", hour))) == []
    assert findings(decode(frame(f"{T};a21026-Avg=5.34,a21026-Max=5.33,a21026-Flag=N", hour))) != []


def test_values_under_a_fault_may_contradict_each_other():
    assert findings(decode(frame(f"{T};a21026-Min=5,a21026-Avg=0,a21026-Max=0,a21026-Flag=D", head(CN="2061")))) == []


def test_old_but_possible_data_pass():
    for stamp in ("20100301145000", "20160801085857", "20281231235900"):
        assert findings(decode(frame(f"DataTime={stamp};w01018-Rtd=1"))) == []


def test_packets_of_one_message_are_decoded_together():
    packets = [
        frame(f"{T};w01018-Rtd={number}" if number == 1 else f"{T};w01001-Rtd=7", head(Flag=f"7;PNUM=2;PNO={number}"))
        for number in (2, 1)
    ]
    answer = decode_line({"frames_hex": [each.hex() for each in packets]})
    assert answer["factors"] == {"w01018": {"Rtd": "1"}, "w01001": {"Rtd": "7"}}


def test_a_stream_is_answered_piece_by_piece():
    stream = frame()[:50] + frame() + frame().replace(b"31.4", b"31.5")
    answer = decode_line({"kind": "stream", "frames_hex": [stream[:80].hex(), stream[80:].hex()]})
    assert [each.get("error", "ok") for each in answer["frames"]] == ["truncated", "ok", "bad_crc"]


def test_a_line_without_a_usable_frame_is_refused_not_raised():
    for line in ({}, {"frame_hex": "zz"}, {"frame_hex": 5}, {"frame_text": "\ud800"}, {"frame_text": "x", "sm4_key_hex": "0"}):
        assert decode_line(line)["ok"] is False


def test_the_tables_carry_the_standard():
    assert sum(factor.medium == "air" for factor in FACTORS.values()) > 100
    assert all(factor.zh and factor.en and factor.low < factor.high for factor in FACTORS.values())
    assert FACTORS["a34004"].is_unit_as_printed
    assert (FROM_2005["001"], FROM_2005["S08"], item_of("01018"), item_of("vendor")) == (
        "w01001", "a01013", "w01018", "vendor",
    )  # fmt: skip
    assert len(FROM_2005) == sum(bool(factor.code_2005) for factor in FACTORS.values())
    assert {"N", "F", "M", "S", "D", "C", "T", "B"} <= set(MARKS)
    assert (SYSTEMS["39"][0], STATES["5"][1], RETURNS[("ExeRtn", "100")][1]) == ("工地扬尘污染源", "blow-back", "no data")
    assert {"1000", "3021", "9014", "9015", "2013"} <= set(COMMANDS)
    assert INFORMATION["i13004"]["unit"] == "°C"
    assert PROCESSES["g3"]["en"] == "SCR"
