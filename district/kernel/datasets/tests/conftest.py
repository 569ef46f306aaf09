from __future__ import annotations

from typing import Any

import pytest

from district.kernel.datasets import actions
from district.kernel.datasets.models import Resource
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.testing import people

ITEMS = (
    {"name": "code", "title": "学校标识码", "is_key": True, "is_required": True},
    {"name": "name", "title": "学校名称"},
    {"name": "pupils", "title": "在校生数", "type": "integer", "unit": "人"},
)


@pytest.fixture
def schools_office(db):
    return people.organisation("education", name="区教育和体育局", order=30)


@pytest.fixture
def provider(schools_office):
    return people.account(*holders(PROVIDER), unit=schools_office, scope="own")


@pytest.fixture
def steward(db):
    return people.account(*holders(STEWARD))


@pytest.fixture
def entry(schools_office):
    """Makes entries: `entry(slug="x", share="open", shelf="published")`."""

    def make(slug: str = "schools", *, shelf: str = "published", items: Any = ITEMS, **fields: Any) -> Resource:
        metadata = {
            "abstract": "全区学校的基本情况。", "share_condition": "限教育管理使用。",
            "open_condition": "无条件" if fields.get("is_open_to_public") else "", **fields,
        }  # fmt: skip
        unit = metadata.pop("provider", schools_office)
        title = metadata.pop("title", f"学校基本信息{slug}")
        made = actions.add_resource(provider=unit, title=title, slug=slug, items=items, account=None, **metadata)
        if shelf != "draft":
            made = actions.submit(made, None)
        if shelf in ("published", "withdrawn"):
            made = actions.publish(made, None)
        return actions.withdraw(made, None, "不再提供") if shelf == "withdrawn" else made

    return make
