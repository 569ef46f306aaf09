"""The pages of care in a real browser, wide and narrow, with axe watching."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from district.kernel.clock import today
from district.systems.governance.care.actions.figures import make_figures
from district.systems.governance.care.actions.unlocks import request_unlock
from district.systems.governance.care.actions.work import note_visit
from district.testing.browser import assert_accessible, assert_fits, look_as, screenshot

from .caring import ALL, carer, lead, record, unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_of_care_are_accessible_and_fit(open_page):
    town = unit("town_a", *ALL, division_code="370306001")
    who, helper = lead(town), carer(town)
    row = record(who, town, carer=helper, starts_on=today() - timedelta(days=120))
    note_visit(helper, row.number, today() - timedelta(days=100), "home", "情况平稳")
    locked = record(who, town, "mental_care", grade=4, carer=helper)
    request_unlock(helper, locked.number, "走访")
    make_figures(today())
    addresses = {
        "care": reverse("governance:care"),
        "record": reverse("governance:care_record", args=[row.number]) + "?purpose=visit",
        "locked": reverse("governance:care_record", args=[locked.number]) + "?purpose=visit",
        "requests": reverse("governance:care_requests"),
        "desk": reverse("governance:care_desk"),
        "figures": reverse("governance:care_figures"),
    }
    for name, address in addresses.items():
        page = open_page(address, account=who, width=1440)
        for width in (1440, 390):
            look_as(page, width, "light")
            assert_accessible(page)
            assert_fits(page)
            screenshot(page, f"care-{name}-{width}")
        page.context.close()
