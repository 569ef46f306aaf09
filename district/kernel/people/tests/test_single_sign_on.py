"""Sign-in with the accounts of the house: with an issuer of our own on the loopback address, in a run of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from district.kernel import home
from district.kernel.people.single_sign_on import issuer, settings_of

CASES = Path(__file__).with_name("single_sign_on_cases.py")


def test_without_an_issuer_nothing_is_offered(client, db):
    assert issuer() is None
    assert "用统一身份认证登录" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/house/").status_code == 404


def test_an_issuer_without_its_client_is_said_at_start(monkeypatch):
    monkeypatch.setenv("DISTRICT_OIDC_ISSUER", "https://id.example/realm/")
    with pytest.raises(ValueError, match="DISTRICT_OIDC_CLIENT"):
        issuer()
    monkeypatch.setenv("DISTRICT_OIDC_CLIENT", "district")
    monkeypatch.setenv("DISTRICT_OIDC_SECRET", "s")
    found = issuer()
    assert found is not None
    assert (found.origin, found.claim) == ("https://id.example", "preferred_username")
    assert settings_of(found)["SOCIALACCOUNT_STORE_TOKENS"] is False


def test_the_whole_way_through_an_issuer():
    """Settings are read once in a process, so the cases with an issuer run in another."""
    given = {"DISTRICT_OIDC_ISSUER": "http://127.0.0.1:9", "DISTRICT_OIDC_CLIENT": "district", "DISTRICT_OIDC_SECRET": "s"}
    # It is no worker of a shared run: as one it would look for that worker's database and migrate another.
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(CASES), "-p", "no:cacheprovider"], cwd=home.CHECKOUT,
        env=ours | given, capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
