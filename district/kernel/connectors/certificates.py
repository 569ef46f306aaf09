"""Whom an encrypted connection believes: the certificate authority a department names, as PEM. No Django.

Servers inside the network rarely have certificates of public authorities. With an authority of its own, a server has to
prove that it is the host asked for; without one the connection is encrypted, and whoever answers is taken at his word.
"""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path
from typing import Any

from district.kernel import home
from district.kernel.connectors.refused import Refused

FOLDER = "authorities"
LONGEST = 100_000


class NamedContext(ssl.SSLContext):
    """Asks the server for the name it is known by: what is connected to is the address that was allowed."""

    name: str

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        return super().wrap_socket(*args, **{**options, "server_hostname": self.name})


def context(host: str, authority: str) -> ssl.SSLContext:
    """Raises Refused `authority_wrong`."""
    made = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
    made.name = host
    if authority:
        made.load_verify_locations(cadata=checked(authority))
    else:
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


def checked(authority: str) -> str:
    """The PEM text, tidied. Raises Refused `authority_wrong` unless it holds certificates."""
    text = authority.strip() + "\n"
    try:
        if len(text) > LONGEST:
            raise ssl.SSLError("too long")
        trial = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trial.load_verify_locations(cadata=text)
        if not trial.get_ca_certs():
            raise ssl.SSLError("not an authority")
    except (ssl.SSLError, ValueError):
        raise Refused("authority_wrong", "证书颁发机构应为 PEM 格式的 CA 证书", field="authority") from None
    return text


def file_of(authority: str) -> Path:
    """The PEM text as a file, for libraries that want one."""
    text = checked(authority).encode()
    path = home.home() / FOLDER / f"{hashlib.sha256(text).hexdigest()[:32]}.pem"
    if not path.is_file() or path.read_bytes() != text:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    return path
