"""The pages of the cameras in a real browser, wide and narrow, with axe watching."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from district.kernel.clock import today
from district.kernel.people.models import Account
from district.systems.governance.models import Camera, CatalogueDifference
from district.systems.governance.video import actions
from district.systems.governance.video.seed import seed_video
from district.systems.governance.video.tests.seeing import CHANNEL, catalogue, channel, told
from district.testing.browser import assert_accessible, assert_fits, look_as, screenshot
from district.testing.people import account, organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "cameras", "camera", "viewing", "edit_camera", "video_map", "video_alarms", "video_grants", "new_video_grant",
    "video_grant", "video_viewings", "video_sources", "new_video_source", "video_difference",
)  # fmt: skip


@pytest.fixture
def keeper() -> Account:
    return account("governance.video_officer")


@pytest.fixture
def addresses(keeper: Account) -> dict[str, str]:
    """Page → address, over the seeded register with some life in it."""
    unit = organisation("zhoucun", kind="district")
    seed_video()
    found = Camera.objects.select_related("device").get(code=CHANNEL)
    assert found.device is not None
    told(found.device, "registered", {"remote": "10.0.0.9:5060"})
    told(found.device, "probe", {"is_playable": True, "reason": "", "picture_ms": 300}, CHANNEL)
    told(
        found.device,
        "alarm",
        {"priority": 2, "method": "5", "type": "6", "zh": "入侵检测报警", "description": ""},
        CHANNEL,
    )
    catalogue(found.device, channel(name="别名"))
    viewing = actions.request_viewing(keeper, found, "检修后核对画面")
    grant = actions.ask_grant(
        account("governance.handler"),
        unit,
        [found],
        "节日安保",
        "工作方案",
        today(),
        today() + timedelta(days=3),
    )
    arguments: dict[str, list[Any]] = {
        "camera": [CHANNEL], "edit_camera": [CHANNEL], "viewing": [viewing.pk], "video_grant": [grant.pk],
        "video_difference": [CatalogueDifference.objects.filter(ended_at=None).order_by("pk")[0].pk],
    }  # fmt: skip
    return {name: reverse(f"governance:{name}", args=arguments.get(name, [])) for name in PAGES}


def test_pages_are_accessible_fit_the_screen_and_break_no_rule(
    open_page: Callable[..., Any], keeper: Account, addresses: dict[str, str]
) -> None:
    for name, address in addresses.items():
        page = open_page(address, account=keeper, width=1440)
        for width in (1440, 390):
            look_as(page, width, "light")
            assert_accessible(page)
            assert_fits(page)
            screenshot(page, f"video-{name}-{width}")
        page.context.close()
