"""HJ 212: how monitoring devices report to an authority, versions 2005, 2017 and 2025.

Bytes → `Framer`/`scan` → `decode` → `Message` → `upload_of` → `Upload`; `findings` says what must be quarantined.
"""

from .check import findings
from .decode import decode
from .framing import Framer, Piece
from .line import decode_line
from .message import Finding, FrameError, Message, to_json
from .reassembly import Incomplete, Reassembler
from .replies import Answer, answer_of, is_notice, is_upload, reply, reply_to
from .requests import REQUESTS, Parameter, Request, request_frame
from .upload import Reading, Upload, upload_frames, upload_of

__all__ = [
    "REQUESTS",
    "Answer",
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
    "to_json",
    "upload_frames",
    "upload_of",
]
