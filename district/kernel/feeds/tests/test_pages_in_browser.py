"""The pages of subscriptions in a real browser: accessible, fitting, and their buttons ask before they act."""

from __future__ import annotations

import pytest
from django.urls import reverse

from district.kernel.feeds import sending
from district.kernel.feeds.changes import RowChange, note
from district.kernel.feeds.models import Subscription, SubscriptionState
from district.kernel.feeds.tests.receiver import Receiver
from district.testing.browser import assert_fits, axe_violations, screenshot
from district.testing.people import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_they_are_accessible_fit_and_show_a_secret_to_be_copied(
    open_page,
    subscription: Subscription,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    theme: str,
):
    grant = subscription.grant
    reader = account("brain.provider", unit=grant.grantee, scope="own")
    row = {"id": 1, "name": "测试人甲", "number": "", "phone": "", "town": "370306001001"}
    note(grant.resource, [RowChange("1", row)])
    sending.send_all(2)
    monkeypatch.setattr(sending, "WAITS_S", ())
    receiver.fails = 1.0
    note(grant.resource, [RowChange("2", row)])
    sending.send_all(2)
    detail = reverse("feeds:subscription", args=[subscription.pk])
    held = reverse("grants:grant", args=[grant.number])
    for address in (reverse("feeds:subscriptions"), detail, reverse("feeds:new_subscription"), held):
        page = open_page(address, account=reader, width=width, theme=theme)
        wrong = [each for each in axe_violations(page) if each["impact"] in ("serious", "critical")]
        assert wrong == [], address
        assert_fits(page)
        screenshot(page, f"{address.strip('/').replace('/', '-')}-{width}")
        page.close()
    page = open_page(
        reverse("feeds:new_subscription") + f"?grant={grant.number}", account=reader, width=width, theme=theme
    )
    page.fill("#id_url", f"{receiver.url}/second")
    page.click("main button[type=submit]")
    secret = page.locator("#secret").inner_text()
    page.click("[data-copy]")
    page.wait_for_selector(".d-toast")
    assert [each for each in axe_violations(page) if each["impact"] in ("serious", "critical")] == []
    assert_fits(page)
    screenshot(page, f"data-pushes-secret-{width}")
    assert Subscription.objects.get(url__endswith="/second").secret == secret
    page.goto(page.url.replace("new/", f"{subscription.pk}/"))
    page.get_by_role("button", name="暂停").click()
    page.click("dialog button[value=yes]")
    page.wait_for_selector(".alert-success")
    subscription.refresh_from_db()
    assert subscription.state == SubscriptionState.PAUSED
