"""Signatures of messages (Standard Webhooks 1.0.0, symmetric: HMAC-SHA256 over `id.timestamp.body`). Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
SECRET_BYTES = 32
TOLERANCE_S = 300


class BadSignature(ValueError):
    """The message was not signed with this secret, was changed, or is too old."""


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(secret: str, message_id: str, sent_at: int, body: bytes) -> dict[str, str]:
    """`sent_at` in seconds since 1970."""
    return {
        "webhook-id": message_id, "webhook-timestamp": str(sent_at),
        "webhook-signature": f"v1,{_signature(secret, message_id, sent_at, body)}",
    }  # fmt: skip


def verify(secret: str, received: dict[str, str], body: bytes, now: int) -> str:
    """The id of a message that is signed and fresh. Raises BadSignature. For receivers, and for our own tests."""
    message_id, sent_at = received.get("webhook-id", ""), received.get("webhook-timestamp", "")
    if not message_id or not sent_at.isdigit() or abs(now - int(sent_at)) > TOLERANCE_S:
        raise BadSignature("no id, or not of this time")
    wanted = _signature(secret, message_id, int(sent_at), body)
    for each in received.get("webhook-signature", "").split():
        version, _, signature = each.partition(",")
        if version == "v1" and hmac.compare_digest(signature, wanted):
            return message_id
    raise BadSignature("the signature does not fit")


def opaque(secret: str, subject: str) -> str:
    """A name for a row that means something to one receiver only."""
    return hmac.new(secret.encode(), subject.encode(), hashlib.sha256).hexdigest()[:32]


def _signature(secret: str, message_id: str, sent_at: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{sent_at}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
