"""SIPp, unchanged, as a camera of GB/T 28181: digest, keep-alive, catalogue, a picture, and a registration that is lost."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from district.protocols.gb28181 import RtpPacket, build_rtp, pack_header, video_pes
from district.testing.installation import GatewayProcess, Installation, free_port
from tests.e2e.camera_place import (
    PASSWORD,
    QUICK,
    add_camera,
    known_devices,
    refused,
    reports,
    sip_port,
    until,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("sipp") is None, reason="sipp is not installed (package sip-tester)"),
]
SCENARIOS = Path(__file__).with_name("sipp")
CAMERA, CHANNEL = "37030600001320000091", "37030600001310000091"
INTERVAL_S = 5


class Sipp:
    """One camera on one local port; every scenario is a run of its own."""

    def __init__(self, folder: Path, server_port: int, code: str = CAMERA, password: str = PASSWORD) -> None:
        self.folder = folder
        self.server = f"127.0.0.1:{server_port}"
        self.port = free_port()
        self.data = folder / f"{code}.csv"
        self.data.write_text(f"SEQUENTIAL\n{code};[authentication username={code} password={password}]\n")

    def start(self, scenario: str) -> subprocess.Popen[bytes]:
        self.log(scenario).unlink(missing_ok=True)
        command = [
            "sipp", self.server, "-sf", str(SCENARIOS / f"{scenario}.xml"), "-inf", str(self.data), "-i", "127.0.0.1",
            "-p", str(self.port), "-m", "1", "-nostdin", "-timeout", "40s", "-timeout_error", "-trace_logs", "-log_file",
            str(self.log(scenario)), "-mp", str(free_port()),
        ]  # fmt: skip
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def run(self, scenario: str) -> int:
        process = self.start(scenario)
        process.communicate(timeout=60)
        return process.returncode

    def log(self, scenario: str) -> Path:
        return self.folder / f"{scenario}.log"


@pytest.fixture(scope="module")
def door(installation: Installation) -> Iterator[GatewayProcess]:
    with installation.gateway(**QUICK) as running:
        yield running


@pytest.fixture(scope="module")
def sipp(installation: Installation, door: GatewayProcess, tmp_path_factory: pytest.TempPathFactory) -> Sipp:
    add_camera(installation, CAMERA, INTERVAL_S)
    until(lambda: door.health()["devices"] >= known_devices(installation))
    return Sipp(tmp_path_factory.mktemp("sipp"), sip_port(door))


def send_pictures(ssrc: int, port: int, until_ended: subprocess.Popen[bytes]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for number in range(400):
            if until_ended.poll() is not None:
                return
            payload = pack_header(number * 9000) + video_pes(b"\x00\x00\x00\x01\x0c\xff\x80")
            sender.sendto(
                build_rtp(RtpPacket(96, number, number * 9000, ssrc, True, payload)), ("127.0.0.1", port)
            )
            time.sleep(0.05)


def test_sipp_as_a_camera_from_digest_to_picture_to_loss_and_back(installation: Installation, sipp: Sipp):
    assert sipp.run("register") == 0
    assert sipp.run("asked") == 0
    _, _, catalogue = until(lambda: reports(installation, CAMERA, "catalogue"))[-1]
    assert [(each["id"], each["name"]) for each in catalogue["channels"]] == [(CHANNEL, "sipp")]
    assert catalogue["trouble"] == ""

    until(lambda: reports(installation, CAMERA, "probe"))  # nobody was there to answer the first INVITE
    assert sipp.run("keepalive") == 0
    invited = sipp.start("invited")
    told = until(
        lambda: (
            sipp.log("invited").exists()
            and re.search(r"invited (\d{10}) (\d+)", sipp.log("invited").read_text())
        )
    )
    send_pictures(int(told[1]), int(told[2]), invited)
    assert invited.wait(40) == 0
    _, channel, probe = until(
        lambda: [each for each in reports(installation, CAMERA, "probe") if each[2]["is_playable"]]
    )[-1]
    assert (channel, probe["reason"], probe["has_ended"]) == (CHANNEL, "", True)

    until(lambda: reports(installation, CAMERA, "lost"), 60)  # it has said nothing for three intervals
    assert sipp.run("keepalive") != 0  # so that it registers again
    assert sipp.run("register") == 0
    kinds = [kind for kind, _, _ in reports(installation, CAMERA) if kind in ("registered", "lost")]
    assert kinds == ["registered", "lost", "registered"]
    assert sipp.run("keepalive") == 0


def test_sipp_with_a_wrong_password_is_not_let_in(
    installation: Installation, door: GatewayProcess, tmp_path: Path
):
    code = "37030600001320000092"
    add_camera(installation, code)
    until(lambda: door.health()["devices"] >= known_devices(installation))
    assert Sipp(tmp_path, sip_port(door), code, "guess").run("register") != 0
    assert refused(installation, code) == ["wrong_password"]
