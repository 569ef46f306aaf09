"""JT/T 808: how vehicles report to a platform, versions 2011 (registration only), 2013 and 2019.

Bytes → `Framer` → `decode` → `Message`, parts → `Reassembler` → `of_body`; `findings` says what must be quarantined.
"""

from . import encode
from .check import findings, of_position
from .decode import decode, of_body
from .framing import Framer
from .line import decode_line
from .message import V2013, V2019, Finding, FrameError, Header, Message
from .reassembly import Reassembler

__all__ = [
    "V2013",
    "V2019",
    "Finding",
    "FrameError",
    "Framer",
    "Header",
    "Message",
    "Reassembler",
    "decode",
    "decode_line",
    "encode",
    "findings",
    "of_body",
    "of_position",
]
