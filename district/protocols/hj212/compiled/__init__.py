"""The scanner's inner loop, compiled by numba: bytes of many frames → columns, CRC checked. Imported on first use.

It reads the plain form of the frames that come in their thousands and leaves everything else, by the least doubt, to
the reference decoder: what it reads, it reads as `decode`, `findings` and `upload_of` do (a differential test says so).
Functions give -1 for "unusual". Bytes are compared as numbers: 35 `#`, 38 `&`, 44 `,`, 45 `-`, 46 `.`, 59 `;`, 61 `=`.
"""

from .loop import scan

__all__ = ["scan"]
