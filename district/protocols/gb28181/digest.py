"""Digest of REGISTER: RFC 2617, RFC 8760 (SHA-256), and SM3 as GB/T 28181-2022 has it.

The 2022 text of the SM3 digest is not public in full; ours is the RFC's calculation with the other hash (unverified).
"""

from __future__ import annotations

import hashlib
import hmac
import re

from cryptography.hazmat.primitives import hashes

from .message import FrameError

ALGORITHMS = ("MD5", "SHA-256", "SM3")
FIELD = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s,\"]*))")


def hash_hex(algorithm: str, text: str) -> str:
    """The hash of UTF-8 text in hexadecimal. KeyError for an algorithm that is none of ALGORITHMS (in any case)."""
    data, name = text.encode("utf-8"), algorithm.upper()
    if name == "MD5":
        return hashlib.md5(data, usedforsecurity=False).hexdigest()
    if name == "SHA-256":
        return hashlib.sha256(data).hexdigest()
    if name == "SM3":
        digest = hashes.Hash(hashes.SM3())
        digest.update(data)
        return digest.finalize().hex()
    raise KeyError(algorithm)


def digest_response(
    *, username: str, realm: str, password: str, method: str, uri: str, nonce: str, qop: str | None = None,
    nc: str | None = None, cnonce: str | None = None, algorithm: str = "MD5",
) -> str:  # fmt: skip
    """The `response` a device must send. Method and URI as they stand in its header."""
    ha1 = hash_hex(algorithm, f"{username}:{realm}:{password}")
    ha2 = hash_hex(algorithm, f"{method}:{uri}")
    if qop:
        return hash_hex(algorithm, f"{ha1}:{nonce}:{nc or ''}:{cnonce or ''}:{qop}:{ha2}")
    return hash_hex(algorithm, f"{ha1}:{nonce}:{ha2}")


def fields_of(value: str, name: str = "Authorization") -> dict[str, str]:
    """`Digest username="…", …` as fields, names in lower case. Raises FrameError for another scheme or no fields."""
    scheme, _, rest = value.strip().partition(" ")
    if scheme.lower() != "digest":
        raise FrameError("bad_header", f"{name}={value[:60]}：只支持 Digest")
    fields = {key.lower(): quoted or plain for key, quoted, plain in FIELD.findall(rest)}
    if not fields:
        raise FrameError("bad_header", f"{name}={value[:60]}：没有字段")
    return fields


def authorization(fields: dict[str, str]) -> str:
    """Fields as a header value; algorithm, qop and nc stand without quotes."""
    bare = ("algorithm", "qop", "nc")
    return "Digest " + ", ".join(
        f"{key}={text}" if key in bare else f'{key}="{text}"' for key, text in fields.items()
    )


def challenge(realm: str, nonce: str, algorithm: str = "MD5", is_stale: bool = False) -> str:
    """The value of WWW-Authenticate; without qop, as most cameras expect."""
    stale = ", stale=true" if is_stale else ""
    return f'Digest realm="{realm}", nonce="{nonce}", algorithm={algorithm}{stale}'


def is_right(fields: dict[str, str], password: str, method: str) -> bool:
    """Whether the response in these Authorization fields was made with this password."""
    try:
        wanted = digest_response(
            username=fields["username"], realm=fields["realm"], password=password, method=method, uri=fields["uri"],
            nonce=fields["nonce"], qop=fields.get("qop"), nc=fields.get("nc"), cnonce=fields.get("cnonce"),
            algorithm=fields.get("algorithm") or "MD5",
        )  # fmt: skip
        given = fields["response"]
    except KeyError:
        return False
    return hmac.compare_digest(wanted.encode(), given.lower().encode())
