"""The demonstration's questions: of simulated rows, by a grant, one of them a product; through the real doors."""

from __future__ import annotations

from datetime import timedelta

from district.kernel import clock
from district.kernel.datasets.models import Resource, Shelf, Version
from district.kernel.grants.actions import give
from district.kernel.grants.terms import Terms
from district.kernel.people.models import Account

from ..models import SavedQuestion
from . import actions

TITLE = "市场主体登记信息"
ITEMS = ("credit_code", "name", "kind", "founded_on", "division_code", "capital", "state")
PURPOSE = "分析全区市场主体结构"
BY_KIND = (
    "市场主体按类型统计",
    "bar",
    """SELECT kind AS "类型", count(*) AS "户数"
FROM {name}
WHERE state = '存续'
GROUP BY kind
ORDER BY count(*) DESC""",
)
BY_YEAR = (
    "历年新设市场主体",
    "line",
    """SELECT year(founded_on) AS "年份", count(*) AS "新设户数"
FROM {name}
GROUP BY year(founded_on)
ORDER BY year(founded_on)""",
)


def seed_workspace() -> None:
    """Nothing where a question is kept already, or there are no rows or no analyst."""
    analyst = (
        Account.objects.filter(username="brain.analyst", is_demo=True).select_related("organisation").first()
    )
    resource = Resource.objects.filter(is_simulated=True, shelf=Shelf.PUBLISHED, title=TITLE).first()
    has_rows = Version.objects.filter(resource=resource, state=Version.State.PUBLISHED).exists()
    if analyst is None or analyst.organisation is None or resource is None or not has_rows:
        return
    if SavedQuestion.objects.filter(owner=analyst).exists():
        return
    today = clock.today()
    terms = Terms(items=ITEMS, starts_on=today, ends_on=today + timedelta(days=365))
    give(resource, analyst.organisation, terms, None, purpose=PURPOSE, is_simulated=True)
    for title, chart, sql in (BY_KIND, BY_YEAR):
        kept = actions.keep(
            analyst,
            title=title,
            sql=sql.format(name=resource.name),
            purpose=PURPOSE,
            chart=chart,
            is_shared=True,
        )
        actions.ask(kept.sql, analyst, question=kept, purpose=PURPOSE)
        if chart == "bar":
            actions.make_product(kept, analyst)
