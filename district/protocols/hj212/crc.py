"""The check sum of HJ 212 (2017 text, section 6.1 and Annex A), and the Modbus one that it is mistaken for.

The register is shifted before the byte is mixed in, so of its 16 bits only the upper 8 carry over to the next byte.
That step, repeated 8 times, is the identity: bytes whose distance from the end is equal modulo 8 simply fold together
by XOR. The sum of a frame is therefore that of 8 folded bytes, which one big-integer XOR per halving gives at C speed.
It follows too that the sum is weak (256 values, blind to a swap of bytes 8 apart): it finds noise, not intent.
"""

from __future__ import annotations

POLYNOMIAL = 0xA001
START = 0xFFFF


def _shifted(register: int) -> int:
    for _ in range(8):
        register = register >> 1 ^ POLYNOMIAL if register & 1 else register >> 1
    return register


TABLE: tuple[int, ...] = tuple(_shifted(byte) for byte in range(256))


def crc16(segment: bytes) -> int:
    """The check sum of a data segment, `Q` of QN to the last `&`. Empty → 0xFFFF."""
    if not segment:
        return START
    folded = int.from_bytes(segment, "big") ^ 0xFF << 8 * (len(segment) - 1)
    bits = 64
    while bits < 8 * len(segment):
        bits *= 2
    while bits > 64:
        bits //= 2
        folded = folded >> bits ^ folded & (1 << bits) - 1
    register = 0
    for byte in folded.to_bytes(8, "big"):
        register = TABLE[register >> 8 ^ byte]
    return register


def crc16_by_steps(segment: bytes) -> int:
    """The same by the letter of Annex A, bit by bit: the yardstick in tests."""
    register = START
    for byte in segment:
        register = _shifted(register >> 8 ^ byte)
    return register


def modbus_crc16(segment: bytes) -> int:
    """CRC-16/MODBUS, which several makers send instead."""
    register = START
    for byte in segment:
        register = register >> 8 ^ TABLE[(register ^ byte) & 0xFF]
    return register


def mistaken_for(segment: bytes, received: int) -> str:
    """Which other sum the sender used: `modbus`, `modbus_swapped`, `swapped`, or empty when none of these."""
    swapped = (received & 0xFF) << 8 | received >> 8
    if swapped == crc16(segment):
        return "swapped"
    modbus = modbus_crc16(segment)
    if received == modbus:
        return "modbus"
    return "modbus_swapped" if swapped == modbus else ""
