"""The demonstration's requests are made once, through the real doors."""

from __future__ import annotations

import pytest

from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.feeds.models import Subscription
from district.kernel.grants.models import Grant, Need, Request
from district.systems.brain.sharing.seed import seed_sharing
from district.testing.people import account, organisation


@pytest.mark.django_db
def test_the_demonstration_has_requests_in_three_states_and_no_more_the_second_time():
    seed_sharing()
    assert Request.objects.count() == 0
    account(
        "brain.provider", unit=organisation("education"), scope="own", username="brain.provider", is_demo=True
    )
    account("brain.steward", unit=organisation("data"), username="brain.steward", is_demo=True)
    for number in range(4):
        resource = Resource.objects.create(
            name=f"owner.r{number}", code=f"306001/{number}", title=f"资源{number}", category="306001",
            provider=organisation("owner"), shelf=Shelf.PUBLISHED,
        )  # fmt: skip
        Item.objects.create(resource=resource, position=1, name="name", title="名称")
    for _ in range(2):
        seed_sharing()
        assert sorted(Request.objects.values_list("state", flat=True)) == ["accepted", "agreed", "submitted"]
        assert Grant.objects.filter(is_simulated=True).count() == Need.objects.count() == 1
        subscription = Subscription.objects.get()
        assert (subscription.state, subscription.is_simulated) == ("paused", True)
