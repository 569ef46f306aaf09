"""0x8001 to thousands of frames at once: clause 8.2, byte for byte what `encode.general_reply` in a frame gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from district.protocols.jt808.escape import escaped
from district.protocols.jt808.scanner import Batch

HEADS = {2013: bytes.fromhex("7e80010005"), 2019: bytes.fromhex("7e80014005")}
DIGITS = {2013: 6, 2019: 10}
FLAG, ESCAPE = 0x7E, 0x7D


def general_replies(
    batch: Batch, frames: NDArray[np.int64], serials: NDArray[np.int64], results: NDArray[np.int64]
) -> list[bytes]:
    """The frames that answer READ frames of a batch, `serials` being ours."""
    answers: list[bytes] = [b""] * len(frames)
    versions = batch.column("version")[frames]
    for version in HEADS:
        of_version = np.flatnonzero(versions == version)
        if len(of_version):
            made = _of_version(version, batch, frames[of_version], serials[of_version], results[of_version])
            for at, answer in zip(of_version.tolist(), made, strict=True):
                answers[at] = answer
    return answers


def _of_version(
    version: int,
    batch: Batch,
    frames: NDArray[np.int64],
    serials: NDArray[np.int64],
    results: NDArray[np.int64],
) -> list[bytes]:
    head, digits = HEADS[version], DIGITS[version]
    phone_at = batch.column("phone_at")[frames]
    at = len(head) + (version == 2019)
    width = at + digits + 9
    rows = np.empty((len(frames), width), dtype=np.uint8)
    rows[:, : len(head)] = np.frombuffer(head, dtype=np.uint8)
    if version == 2019:
        rows[:, len(head)] = batch.content[phone_at - 1]
    rows[:, at : at + digits] = batch.content[phone_at[:, None] + np.arange(digits)]
    at += digits
    for column in (serials, batch.column("serial")[frames], batch.column("message_id")[frames]):
        rows[:, at], rows[:, at + 1] = column >> 8, column & 0xFF
        at += 2
    rows[:, at] = results
    rows[:, at + 1] = np.bitwise_xor.reduce(rows[:, 1 : at + 1], axis=1)
    rows[:, at + 2] = FLAG
    data = rows.tobytes()
    answers = [data[n * width : (n + 1) * width] for n in range(len(frames))]
    inside = rows[:, 1:-1]
    for n in np.flatnonzero(((inside == FLAG) | (inside == ESCAPE)).any(axis=1)).tolist():
        answers[n] = b"\x7e" + escaped(answers[n][1:-1]) + b"\x7e"
    return answers
