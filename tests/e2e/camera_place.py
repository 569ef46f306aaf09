"""Cameras in an installation of its own: how they are registered, and what the gateway has reported of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from district.kernel.devices.seal import seal
from district.testing.installation import GatewayProcess, Installation, environment

SERVER = "37030600002000000001"
PASSWORD = "Zc@2024!"
QUICK = {
    "DISTRICT_SIP_CATALOGUE_QUIET_S": "2", "DISTRICT_SIP_PICTURE_S": "2", "DISTRICT_SIP_INVITE_S": "3",
    "DISTRICT_SIP_PROBE_RETRY_S": "2", "DISTRICT_SIP_ANSWER_S": "3",
}  # fmt: skip
"""Patience for tests."""

ADD = """
    INSERT INTO devices_device (code, name, kind, protocol, password, cipher_key, system, division_code, status,
        is_simulated, attributes, interval_s, is_online, made_at, updated_at)
    VALUES (%s, %s, 'video', 'gb28181', %s, '', 'governance', '370306', %s, true, %s, %s, false, now(), now())
"""
REPORTS = """
    SELECT r.kind, r.subject, r.payload FROM devices_devicereport r JOIN devices_device d ON d.id = r.device_id
    WHERE d.code = %s ORDER BY r.id
"""


def add_camera(
    place: Installation, code: str, interval_s: int = 60, status: str = "active", password: str = PASSWORD, **attributes: Any
) -> None:  # fmt: skip
    with environment(DISTRICT_HOME=str(place.path)):
        sealed = seal(password)
    with place.connect() as connection:
        connection.execute(ADD, [code, code, sealed, status, json.dumps(attributes), interval_s])
        connection.execute("SELECT pg_notify('devices', '')")


def reports(place: Installation, code: str, kind: str = "") -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, subject, payload), oldest first."""
    with place.connect() as connection:
        return [row for row in connection.execute(REPORTS, [code]).fetchall() if not kind or row[0] == kind]


def refused(place: Installation, code: str) -> list[str]:
    """The reasons in quarantine."""
    with place.connect() as connection:
        rows = connection.execute(
            "SELECT reason FROM devices_quarantinedmessage WHERE device_code = %s ORDER BY id", [code]
        ).fetchall()
    return [reason for (reason,) in rows]


def known_devices(place: Installation) -> int:
    with place.connect() as connection:
        row = connection.execute("SELECT count(*) FROM devices_device").fetchone()
    return row[0] if row else 0


def sip_port(gateway: GatewayProcess) -> int:
    return next(int(port) for port, protocol in gateway.health()["ports"].items() if protocol == "gb28181")


def until(holds: Callable[[], Any], patience_s: float = 40.0) -> Any:
    """What `holds` gives as soon as it is true of something."""
    deadline = time.monotonic() + patience_s
    while not (found := holds()):
        assert time.monotonic() < deadline, f"not in time: {holds}"
        time.sleep(0.1)
    return found
