"""The order of the tests: what takes longest begins first, so that the processes that share the work end together."""

from __future__ import annotations

import pytest

from district.kernel import home

LONG = ("test_pages_in_browser.py", "test_cameras.py", "test_new_system.py", "test_single_sign_on.py", "test_sipp_camera.py",
        "test_forecast.py", "test_stories_in_browser.py", "test_story_in_browser.py", "test_story.py",
        "test_scoring.py")  # fmt: skip
"""Files that take half a minute or more; those of `tests/` belong to no single system and go before all others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    own = home.CHECKOUT / "tests"
    items.sort(key=lambda item: (item.path.name not in LONG, own not in item.path.parents))
