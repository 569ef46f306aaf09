"""顺序码: the next number under a 分类码. A number once given is never given again."""

from __future__ import annotations

from typing import Any

from django.db import connection

from district.kernel.datasets import classes
from district.kernel.datasets.models import Resource
from district.kernel.people.models import Organisation

LOCK = 0x63617461
"""Key of the advisory lock that puts those who number in line."""


def category_for(provider: Organisation, library: str, theme: str) -> str:
    """分类码 of an entry: by its base library, else its theme, else its department."""
    return classes.category_of(
        library, theme, classes.department_section(provider.order, provider.division_code)
    )


def next_code(category: str) -> str:
    """A resource's code under this 分类码, to be stored in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT coalesce(max(split_part(code, '/', 2)::int), 0) FROM ("
            "SELECT code FROM datasets_resource WHERE category = %s UNION ALL "
            "SELECT code FROM datasets_resourceevent WHERE category = %s) AS given "
            "WHERE code ~ '^[0-9]+/[0-9]+$' AND split_part(code, '/', 1) = %s",
            [category, category, category],
        )
        last: int = cursor.fetchone()[0]
    return f"{category}/{last + 1:0{classes.SERIAL_DIGITS}}"


def classified(resource: Resource) -> dict[str, Any]:
    """level, category and code of an entry as its library, theme and provider ask; what it has where these fit."""
    category = category_for(resource.provider, resource.library, resource.theme)
    if resource.code and resource.category == category:
        return {}
    return {"level": category[0], "category": category, "code": next_code(category)}
