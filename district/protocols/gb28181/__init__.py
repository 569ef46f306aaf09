"""GB/T 28181 (2016, 2022): how cameras and video platforms register, are asked and answer. SIP over UDP or TCP.

Bytes → `SipFramer` (TCP) → `parse` → `SipMessage`; its XML → `parse_body` → `Body`; `findings` says what must be
quarantined. Back: `request` / `response` → `to_bytes`, `build_body`, `build_sdp`.
"""

from .alarm import AlarmNotice, alarm_of
from .build import MANSCDP, SDP, request, response, to_bytes
from .catalogue import Channel, Collector, catalogue_items, channel_of
from .check import findings
from .device_id import DeviceId, device_id, is_id
from .digest import authorization, challenge, digest_response, fields_of, is_right
from .framing import SipFramer
from .line import decode_line
from .manscdp import Body, build_body, parse_body
from .message import Finding, FrameError, SipMessage
from .moments import moment, text_of_moment
from .parse import parse
from .ptz import Ptz, decode_ptz, encode_ptz
from .rtp import PictureCheck, RtpPacket, build_rtp, framed, pack_header, parse_rtp, unframed, video_pes
from .sdp import Sdp, build_sdp, live_ssrc, parse_sdp

__all__ = [
    "MANSCDP",
    "SDP",
    "AlarmNotice",
    "Body",
    "Channel",
    "Collector",
    "DeviceId",
    "Finding",
    "FrameError",
    "PictureCheck",
    "Ptz",
    "RtpPacket",
    "Sdp",
    "SipFramer",
    "SipMessage",
    "alarm_of",
    "authorization",
    "build_body",
    "build_rtp",
    "build_sdp",
    "catalogue_items",
    "challenge",
    "channel_of",
    "decode_line",
    "decode_ptz",
    "device_id",
    "digest_response",
    "encode_ptz",
    "fields_of",
    "findings",
    "framed",
    "is_id",
    "is_right",
    "live_ssrc",
    "moment",
    "pack_header",
    "parse",
    "parse_body",
    "parse_rtp",
    "parse_sdp",
    "request",
    "response",
    "text_of_moment",
    "to_bytes",
    "unframed",
    "video_pes",
]
