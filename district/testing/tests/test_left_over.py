"""A run of tests cleans up after itself."""

from __future__ import annotations

import subprocess
import sys

from district.testing.database import SERVERS, left_over


def test_a_process_that_outlives_its_test_is_found_and_the_database_is_spared():
    before = {child.pid for child in left_over()}
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        found = {each.pid for each in left_over()} - before
        child.kill()
    assert found == {child.pid}
    assert not found & SERVERS
    assert child.pid not in {each.pid for each in left_over()}
