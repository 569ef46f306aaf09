"""HJ 212: how monitoring devices report to an authority, versions 2005, 2017 and 2025.

Bytes → `Framer` → `decode` → `Message` → `upload_of` → `Upload`; `findings` says what must be quarantined.
In bulk: `Scanner.scan` → `Batch` of columns; what it leaves as UNUSUAL goes to `decode`.
"""

from .check import findings
from .decode import decode
from .framing import Framer, Piece
from .layout import NO_FRAME, READ, UNUSUAL
from .line import decode_line
from .message import Finding, FrameError, Message, to_json
from .reassembly import Incomplete, Reassembler
from .replies import Answer, answer_of, is_notice, is_upload, reply, reply_to
from .requests import REQUESTS, Parameter, Request, request_frame
from .scanner import STATISTIC_NAMES, Batch, Scanner, scan, shared
from .upload import Reading, Upload, upload_frames, upload_of

__all__ = [
    "NO_FRAME",
    "READ",
    "REQUESTS",
    "STATISTIC_NAMES",
    "UNUSUAL",
    "Answer",
    "Batch",
    "Finding",
    "FrameError",
    "Framer",
    "Incomplete",
    "Message",
    "Parameter",
    "Piece",
    "Reading",
    "Reassembler",
    "Request",
    "Scanner",
    "Upload",
    "answer_of",
    "decode",
    "decode_line",
    "findings",
    "is_notice",
    "is_upload",
    "reply",
    "reply_to",
    "request_frame",
    "scan",
    "shared",
    "to_json",
    "upload_frames",
    "upload_of",
]
