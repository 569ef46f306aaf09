import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.feeds import signing

SECRET = signing.new_secret()


@given(st.binary(max_size=200), st.integers(0, 2**33))
def test_what_was_signed_is_verified_and_what_was_changed_is_not(body: bytes, at: int):
    headers = signing.headers(SECRET, "chg_1_2", at, body)
    assert signing.verify(SECRET, headers, body, at) == "chg_1_2"
    for changed in (headers | {"webhook-id": "chg_1_3"}, headers | {"webhook-timestamp": str(at + 1)}):
        with pytest.raises(signing.BadSignature):
            signing.verify(SECRET, changed, body, at)
    with pytest.raises(signing.BadSignature):
        signing.verify(SECRET, headers, body + b" ", at)
    with pytest.raises(signing.BadSignature):
        signing.verify(signing.new_secret(), headers, body, at)
    with pytest.raises(signing.BadSignature):
        signing.verify(SECRET, headers, body, at + signing.TOLERANCE_S + 1)


def test_it_signs_as_the_standard_does():
    """The example of the Standard Webhooks specification."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = signing.headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_name_of_a_row_differs_from_receiver_to_receiver():
    assert signing.opaque(SECRET, "1") != signing.opaque(signing.new_secret(), "1")
    assert signing.opaque(SECRET, "1") == signing.opaque(SECRET, "1")
