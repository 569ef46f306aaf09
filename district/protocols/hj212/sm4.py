"""Encrypted data areas of HJ 212-2025 (*unverified*, from public code): SM4, ECB, no padding.

Whole blocks of 16 bytes are encrypted and printed as `{0xE4,0x3E,…}`; a rest shorter than a block stays plain behind it.
"""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from .message import FrameError

BLOCK = 16
PRINTED = re.compile(rb"\{\s*(0[xX][0-9A-Fa-f]{2}(?:\s*,\s*0[xX][0-9A-Fa-f]{2})*)\s*,?\s*\}")


def encrypted_area(area: bytes, key: bytes) -> bytes:
    """The data area (between the `&&`) with its whole blocks encrypted. ValueError when the key is not 16 bytes."""
    whole = len(area) - len(area) % BLOCK
    if not whole:
        return area
    encryptor = _cipher(key).encryptor()
    cipher = encryptor.update(area[:whole]) + encryptor.finalize()
    return b"{" + b",".join(b"0x%02X" % byte for byte in cipher) + b"}" + area[whole:]


def decrypted_area(area: bytes, key: bytes) -> bytes:
    """The plain data area. Raises FrameError bad_cp when the printed bytes are not whole blocks."""
    printed = PRINTED.match(area)
    if printed is None:
        raise FrameError("bad_cp", "加密的数据区应写作 {0x..,0x..}")
    cipher = bytes(int(each, 16) for each in printed[1].split(b","))
    if len(cipher) % BLOCK:
        raise FrameError("bad_cp", f"密文有 {len(cipher)} 字节，不是 16 的整数倍")
    decryptor = _cipher(key).decryptor()
    return decryptor.update(cipher) + decryptor.finalize() + area[printed.end() :]


def _cipher(key: bytes) -> Cipher:
    if len(key) != BLOCK:
        raise ValueError(f"SM4 密钥应为 16 字节，实为 {len(key)} 字节")
    return Cipher(SM4(key), modes.ECB())  # noqa: S305 - the standard's own choice
