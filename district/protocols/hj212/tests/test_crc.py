from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.protocols.hj212.crc import crc16, crc16_by_steps, mistaken_for, modbus_crc16

ANNEX_A = b"QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&"


@pytest.mark.parametrize(("text", "crc"), [(b"", 0xFFFF), (b"1", 0x9481), (b"123456789", 0x2F80), (ANNEX_A, 0x1C80)])
def test_known_sums(text: bytes, crc: int):
    assert crc16(text) == crc16_by_steps(text) == crc


@given(st.binary(max_size=1200))
def test_folding_gives_what_the_steps_of_annex_a_give(text: bytes):
    assert crc16(text) == crc16_by_steps(text)


@given(st.binary(min_size=1, max_size=300))
def test_the_low_byte_of_a_right_sum_is_one_of_eight(text: bytes):
    assert crc16(text) & 0xFF in {0x00, 0x01, 0x40, 0x41, 0x80, 0x81, 0xC0, 0xC1}


def test_the_modbus_sum_is_recognised_either_way_round():
    modbus = modbus_crc16(ANNEX_A)
    assert modbus == 0x0759
    assert mistaken_for(ANNEX_A, modbus) == "modbus"
    assert mistaken_for(ANNEX_A, 0x5907) == "modbus_swapped"
    assert mistaken_for(ANNEX_A, 0x801C) == "swapped"
    assert mistaken_for(ANNEX_A, 0x1234) == ""
