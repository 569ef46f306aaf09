"""Which machines a source may lie on. No Django.

A person who registers a source chooses an address that this server then connects to. It must not become a way into
what listens on this machine only: loopback, its own addresses, link-local ones (where clouds keep credentials),
multicast. Addresses of the government's own network are what sources are for and are allowed. An operator may allow
one of the others by name: DISTRICT_ALLOWED_ADDRESSES="127.0.0.1:5433,localhost:8080,/run/postgresql". What begins with
a slash is the folder of a database's socket.
The address that was checked is the address that is connected to, so a name that changes in between gains nothing.
"""

from __future__ import annotations

import ipaddress
import os
import socket

from district.kernel.connectors.refused import Refused

VARIABLE = "DISTRICT_ALLOWED_ADDRESSES"
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def allowed() -> frozenset[str]:
    """Entries "host" or "host:port" that the operator has allowed."""
    return frozenset(filter(None, (part.strip().lower() for part in os.environ.get(VARIABLE, "").split(","))))


def is_allowed(host: str, port: int) -> bool:
    return bool({host.lower(), f"{host.lower()}:{port}"} & allowed())


def own_addresses() -> frozenset[str]:
    """Those of the network cards of this machine."""
    import psutil

    families = (socket.AF_INET, socket.AF_INET6)
    cards = psutil.net_if_addrs().values()
    return frozenset(each.address.split("%")[0] for card in cards for each in card if each.family in families)


def is_forbidden(text: str) -> bool:
    """Whether an IP address belongs to this machine, or to nobody in particular."""
    address = _unwrapped(ipaddress.ip_address(text.split("%")[0]))
    return (
        address.is_loopback
        or address.is_link_local
        or address.is_unspecified
        or address.is_multicast
        or address.is_reserved
        or str(address) in own_addresses()
    )


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses to connect to. Raises Refused when there is none, or one of them is forbidden."""
    if not host:
        raise Refused("host_missing", "没有填写主机地址", field="host")
    if host.startswith("/"):
        if is_allowed(host, port):
            return [host]
        raise _forbidden(host, port)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(
            "host_unknown", f"找不到主机“{host}”，请核对地址", field="host", value=host, is_passing=True
        ) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not is_allowed(host, port) and any(is_forbidden(address) for address in addresses):
        raise _forbidden(host, port)
    return addresses


def _forbidden(host: str, port: int) -> Refused:
    text = f"地址“{host}:{port}”属于本机或保留地址，不得作为数据来源；确需使用时由运维在 {VARIABLE} 中放行"
    return Refused("address_forbidden", text, field="host", value=host)


def _unwrapped(address: _Address) -> _Address:
    """The IPv4 address inside an IPv6 one: mapped, 6to4 or NAT64."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour:
            return address.ipv4_mapped or address.sixtofour or address
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
