"""The stream of arrivals: what it is asked, and which notices concern it, without the database."""

from ...streams import STREAMS

KEY = (("s1", "s2"), ("L1", "L2"))


def test_a_notice_concerns_the_stops_it_names_and_those_of_the_lines_it_names():
    concerns = STREAMS["arrivals"].concerns
    assert concerns(KEY, {})
    assert concerns(KEY, {"lines": ["L2"], "stops": []})
    assert concerns(KEY, {"lines": ["L9"], "stops": ["s1"]})
    assert not concerns(KEY, {"lines": ["L9"], "stops": ["s9"]})
