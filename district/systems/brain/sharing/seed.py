"""The demonstration's requests and grants: simulated, made by the demo accounts through the real doors."""

from __future__ import annotations

from datetime import timedelta

from district.kernel import clock
from district.kernel.datasets.models import Resource, Share, Shelf
from district.kernel.feeds.actions import pause, subscribe
from district.kernel.grants import actions
from district.kernel.grants.exports import ask_export
from district.kernel.grants.models import Export, Grant, Need, Request
from district.kernel.grants.terms import Terms
from district.kernel.people.models import Account

ASKED = (
    ("户籍人口基本信息", "招生入学服务", "核验入学儿童和监护人的户籍", "granted"),
    ("市场主体登记信息", "校外培训机构管理", "核验培训机构的登记状态", "waiting"),
    ("居住登记信息", "招生入学服务", "核验监护人居住地", "accepted"),
)
"""Title of the resource (another one where it is not in the catalogue), matter, purpose, how far it has come."""
RECEIVER = "https://192.0.2.10/changes"
CLIENT = "入学服务平台（演示）"
OBJECTION = "演示：第 12 行户籍地址与本人出示的户口簿不一致，请核实。"
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
    others = Resource.objects.filter(shelf=Shelf.PUBLISHED, share=Share.CONDITIONAL, is_secret=False).exclude(
        provider=asker.organisation
    )
    free = list(others.order_by("code")[: len(ASKED) * 2])
    for title, matter, purpose, until in ASKED:
        resource = others.filter(title=title).first() or next(iter(free), None)
        if resource is not None:
            free = [each for each in free if each.pk != resource.pk]
            _ask(resource, asker, steward, matter, purpose, until)
    actions.add_client(CLIENT, asker.organisation, asker, system_name=CLIENT, is_simulated=True)
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
        grant = actions.agree(request, None, terms)
        ask_export(grant, asker, Export.Kind.XLSX)
        _subscribe(grant, asker)
        actions.object_to(resource, OBJECTION, account=asker, grant=grant, is_simulated=True)


def _subscribe(grant: Grant, asker: Account) -> None:
    """Paused: the address is one that nobody has (RFC 5737), so what changes is kept for it and goes nowhere."""
    made, _secret = subscribe(grant, RECEIVER, asker, is_simulated=True)
    pause(made, asker)
