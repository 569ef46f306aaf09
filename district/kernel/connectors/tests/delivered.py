"""Resources and sources for tests of deliveries."""

from __future__ import annotations

from itertools import count
from typing import Any

from district.kernel.connectors.models import Source
from district.kernel.datasets.models import Item, Resource
from district.kernel.datasets.versions import lake_sql, published
from district.testing.people import organisation

_numbers = count(1)

COLUMNS = (
    {"name": "code", "title": "统一社会信用代码", "is_key": True},
    {"name": "name", "title": "单位名称", "is_required": True, "length": 20},
    {"name": "staff", "title": "职工人数", "type": "integer"},
    {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
    {"name": "founded", "title": "成立日期", "type": "date"},
)


def resource(*items: dict[str, Any], **fields: Any) -> Resource:
    number = next(_numbers)
    made = Resource.objects.create(
        name=f"testunit.r{number}", code=f"312003/T{number}", title=f"测试资源{number}", category="312003",
        provider=organisation("testunit"), **fields,
    )  # fmt: skip
    for position, item in enumerate(items or COLUMNS):
        Item.objects.create(resource=made, position=position, **item)
    return made


def source(of: Resource | None = None, **fields: Any) -> Source:
    return Source.objects.create(name="测试来源", resource=of or resource(), **fields)


def rows_of(of: Resource) -> list[dict[str, Any]]:
    """The published rows in order of arrival, without `_row` and `_run`."""
    import duckdb

    version = published(of)
    if version is None:
        return []
    found = duckdb.sql(
        f"SELECT * EXCLUDE (_row, _run) FROM ({lake_sql(version)}) ORDER BY _row"
    ).to_arrow_table()
    return found.to_pylist()
