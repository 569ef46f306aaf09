"""What the SIP server is called and how patient it is. Every number can be set by an environment variable of its name."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class SipSettings:
    """`DISTRICT_SIP_<NAME IN CAPITALS>` overrides; times in seconds.

    `address` is what devices are told to send to; empty means the local address on the way to each. `media_ports` is
    `first-last` for the receiver of pictures, empty for any. A source gets `messages_per_s` after `messages_burst`, a
    registered device `device_messages_…`; after
    `wrong_per_device` wrong passwords of one device from one address, or `wrong_per_source` of any, the door stays shut
    for that address for `lockout_s`. A device is off line after `missed` intervals without a word.
    """

    id: str = "37030600002000000001"
    address: str = ""
    media_ports: str = ""
    nonce_s: float = 120.0
    nonces: int = 20_000
    shortest_expires_s: int = 30
    longest_expires_s: int = 86_400
    missed: int = 3
    messages_per_s: float = 50.0
    messages_burst: float = 400.0
    device_messages_per_s: float = 1_000.0
    device_messages_burst: float = 10_000.0
    wrong_per_device: int = 5
    wrong_per_source: int = 50
    lockout_s: float = 900.0
    connections: int = 5_000
    idle_s: float = 3_600.0
    unfinished_s: float = 30.0
    answer_s: float = 10.0
    invite_s: float = 12.0
    catalogue_every_s: float = 900.0
    catalogue_quiet_s: float = 12.0
    probe_every_s: float = 600.0
    probe_retry_s: float = 120.0
    picture_s: float = 8.0
    probes_at_once: int = 16
    queries_at_once: int = 12

    @property
    def domain(self) -> str:
        """The realm: the first ten digits of the server's id."""
        return self.id[:10]

    @classmethod
    def from_environment(cls) -> SipSettings:
        """Raises ValueError naming the variable that does not fit."""
        given: dict[str, Any] = {}
        usual = cls()
        for each in fields(cls):
            name = f"DISTRICT_SIP_{each.name.upper()}"
            if os.environ.get(name):
                try:
                    given[each.name] = type(getattr(usual, each.name))(os.environ[name])
                except ValueError as error:
                    raise ValueError(f"{name}={os.environ[name]}：应为数字（not a number）") from error
        made = cls(**given)
        if len(made.id) != 20 or not made.id.isdigit():
            raise ValueError(f"DISTRICT_SIP_ID={made.id}：应为 20 位数字（20 digits）")
        return made
