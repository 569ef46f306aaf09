"""Who may knock, and how often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from district.edges.gateway.gb28181.guard import Lockout, Nonces, NonceState, Pace
from district.edges.gateway.gb28181.settings import SipSettings

SETTINGS = SipSettings(nonce_s=10, nonces=3, wrong_per_device=3, wrong_per_source=5, lockout_s=60)


def test_a_nonce_is_good_once_and_for_a_while():
    nonces = Nonces(SETTINGS)
    nonce = nonces.issue(0)
    assert nonces.state(nonce, 9) is NonceState.GOOD
    assert nonces.state(nonce, 11) is NonceState.EXPIRED
    nonces.spend(nonce)
    assert nonces.state(nonce, 1) is NonceState.USED
    assert nonces.state("made up", 1) is NonceState.UNKNOWN


def test_a_flood_of_challenges_is_forgotten_from_the_oldest():
    nonces = Nonces(SETTINGS)
    made = [nonces.issue(0) for _ in range(4)]
    assert [nonces.state(nonce, 0) for nonce in made] == [NonceState.UNKNOWN, *[NonceState.GOOD] * 3]


def test_the_door_is_shut_after_wrong_passwords_and_opens_again():
    lockout = Lockout(SETTINGS)
    assert [lockout.failed("10.0.0.1", "A", at) for at in (0, 1, 2)] == [False, False, True]
    assert lockout.is_locked("10.0.0.1", "A", 3)
    assert not lockout.is_locked("10.0.0.1", "B", 3)
    assert not lockout.is_locked("10.0.0.2", "A", 3)
    assert not lockout.is_locked("10.0.0.1", "A", 63)


def test_guessing_over_many_devices_shuts_out_the_address():
    lockout = Lockout(SETTINGS)
    for number in range(5):
        lockout.failed("10.0.0.1", f"D{number}", 0)
    assert lockout.is_locked("10.0.0.1", "never tried", 1)


def test_the_right_password_forgets_the_wrong_ones_of_that_device():
    lockout = Lockout(SETTINGS)
    for at in (0, 1):
        lockout.failed("10.0.0.1", "A", at)
    lockout.succeeded("10.0.0.1", "A")
    assert not lockout.failed("10.0.0.1", "A", 2)


@given(st.lists(st.floats(0, 5), min_size=1, max_size=200))
def test_no_source_gets_more_than_its_share(pauses: list[float]):
    pace, now, allowed = Pace(2, 5), 0.0, 0
    for pause in pauses:
        now += pause
        allowed += pace.allows("10.0.0.1", now)
    assert allowed <= 5 + 2 * now + 1
    assert pace.allows("10.0.0.2", now)
