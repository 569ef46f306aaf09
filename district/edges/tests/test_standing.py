"""What a system keeps standing: together in one process, ended together, never half of it."""

from __future__ import annotations

import threading

import pytest

from district.edges.standing.__main__ import main, stand


def test_all_stand_until_told_to_stop():
    stop, seen = threading.Event(), []

    def patient(told: threading.Event) -> None:
        told.wait(20)
        seen.append("ended")

    threading.Timer(0.05, stop.set).start()
    assert stand({"one": patient, "two": patient}, stop) == 0
    assert seen == ["ended", "ended"]


@pytest.mark.parametrize("failing", [lambda stop: 1 / 0, lambda stop: None])
def test_one_that_fails_or_simply_ends_ends_all_so_that_they_are_started_again(failing):
    assert stand({"good": lambda stop: stop.wait(20), "bad": failing}, threading.Event()) == 1


def test_what_no_manifest_names_does_not_stand():
    assert main(["transit", "live.nothing"]) == 2
