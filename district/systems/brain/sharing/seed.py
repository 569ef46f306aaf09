"""The demonstration's requests and grants: simulated, made by the demo accounts through the real doors."""

from __future__ import annotations

from datetime import timedelta

from district.kernel import clock
from district.kernel.datasets.models import Resource, Share, Shelf
from district.kernel.grants import actions
from district.kernel.grants.models import Need, Request
from district.kernel.grants.terms import Terms
from district.kernel.people.models import Account

ASKED = (
    ("助学资助核查", "核对家庭经济困难学生", "waiting"),
    ("招生入学服务", "核验监护人居住地", "accepted"),
    ("校园周边治理", "掌握校园周边诉求", "granted"),
)
NEED = ("适龄儿童常住信息", "按镇街掌握入学人数：姓名首字、出生年月、居住镇街")


def seed_sharing() -> None:
    """Nothing where it is there already, or where there are no demo accounts."""
    asker = (
        Account.objects.filter(username="brain.provider", is_demo=True).select_related("organisation").first()
    )
    steward = Account.objects.filter(username="brain.steward", is_demo=True).first()
    if (
        asker is None
        or steward is None
        or asker.organisation is None
        or Request.objects.filter(is_simulated=True).exists()
    ):
        return
    found = Resource.objects.filter(shelf=Shelf.PUBLISHED, share=Share.CONDITIONAL, is_secret=False)
    for resource, (matter, purpose, until) in zip(
        found.exclude(provider=asker.organisation).order_by("code")[: len(ASKED)], ASKED, strict=False
    ):
        _ask(resource, asker, steward, matter, purpose, until)
    title, text = NEED
    Need.objects.get_or_create(
        title=title,
        organisation=asker.organisation,
        account=asker,
        defaults={"text": text, "is_simulated": True},
    )


def _ask(resource: Resource, asker: Account, steward: Account, matter: str, purpose: str, until: str) -> None:
    items = list(resource.items.values_list("name", flat=True)[:4])
    if not items or asker.organisation is None:
        return
    today = clock.today()
    ends_on = today + timedelta(days=365)
    request = actions.draft(
        resource, asker.organisation, asker, items=items, matter=matter, purpose=purpose, starts_on=today,
        ends_on=ends_on, is_simulated=True,
    )  # fmt: skip
    request = actions.submit(request, asker)
    if until != "waiting":
        actions.review(request, steward, "accepted")
    if until == "granted":
        terms = Terms(items=items, starts_on=today, ends_on=ends_on, requests_per_day=1000)
        actions.agree(request, None, terms)
