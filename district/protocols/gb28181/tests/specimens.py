"""Messages made by hand for the tests."""

from __future__ import annotations

from district.protocols.gb28181 import MANSCDP, SipMessage, build_body, request

SERVER = "37030600002000000001"
CAMERA = "37030600001320000017"
DOMAIN = "3703060000"


def made(
    method: str = "MESSAGE", body: bytes = b"", cseq: int = 7, call_id: str = "a1@10.0.0.9", **more: str
) -> SipMessage:
    """A request of the camera to the server."""
    return request(
        method, f"sip:{SERVER}@{DOMAIN}", via="SIP/2.0/UDP 10.0.0.9:5060;rport;branch=z9hG4bK7",
        sender=f"<sip:{CAMERA}@{DOMAIN}>;tag=5", receiver=f"<sip:{SERVER}@{DOMAIN}>", call_id=call_id, cseq=cseq,
        more=tuple((name.replace("_", "-"), value) for name, value in more.items()), body=body, content_type=MANSCDP,
    )  # fmt: skip


def keepalive(serial: int = 3, device: str = CAMERA) -> bytes:
    return build_body("Notify", "Keepalive", serial, device, {"Status": "OK"})
