"""The simulated fleet fits the register it is seeded with."""

from __future__ import annotations

import pytest

from district.protocols.gb28181 import device_id
from district.protocols.gb28181.device_id import unknown_codes
from district.systems.governance.models import Camera, KeyPoint, VideoGrant, VideoSource
from district.systems.governance.simulator import main
from district.systems.governance.video.queries import coverage
from district.systems.governance.video.seed import seed_video
from district.systems.governance.video.simulator.fleet import fleet, model_of, password_of


def test_every_code_of_the_fleet_is_one_of_the_standard():
    codes = [each["code"] for each in fleet().devices]
    codes += [channel["code"] for each in fleet().devices for channel in each["channels"]]
    assert [unknown_codes(device_id(code)) for code in set(codes)] == [[]] * len(set(codes))


def test_passwords_differ_and_stay(tmp_path, monkeypatch):
    codes = [each["code"] for each in fleet().devices]
    made = [password_of(code) for code in codes]
    assert len(set(made)) == len(codes)
    assert made == [password_of(code) for code in codes]
    monkeypatch.setenv("DISTRICT_HOME", str(tmp_path))
    assert password_of(codes[0]) != made[0]


def test_the_fleet_has_cameras_that_misbehave():
    models = [model_of(each) for each in fleet().devices]
    assert all(
        any(getattr(model, name) for model in models) for name in ("blind", "deaf", "wrong_ssrc", "faulty")
    )


@pytest.mark.django_db
def test_seeding_twice_changes_nothing():
    seed_video()
    before = [model.objects.count() for model in (Camera, KeyPoint, VideoSource, VideoGrant)]
    seed_video()
    assert [model.objects.count() for model in (Camera, KeyPoint, VideoSource, VideoGrant)] == before
    found = coverage()
    assert 0 < found.planned < len(found.points)
    assert found.proved == 0


def test_options_that_make_no_sense_are_refused(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--port", "x"])
    assert end.value.code == 2
