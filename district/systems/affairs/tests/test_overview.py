"""Every role opens the first page, with what waits for it."""

from __future__ import annotations

import pytest
from django.test import Client

from district.systems.affairs.matters import actions
from district.systems.affairs.matters.tests.filling import TOWN, posts, units


@pytest.mark.django_db
def test_the_first_page_of_every_role():
    made = units()
    people = posts(made)
    actions.issue(actions.Asked("排查"), made["agriculture"], [made[TOWN]], people["asker"])
    for who in (people["clerks"][0], people["town"], people["asker"], people["manager"]):
        client = Client()
        client.force_login(who)
        text = client.get("/affairs/overview/").content.decode()
        assert "未读通知" in text
        assert ("我要办的任务" in text) == (who not in (people["asker"], people["manager"]))
