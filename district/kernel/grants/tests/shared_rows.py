"""A resource with rows in a table of its own, and two departments, for the tests of this package."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection

from district.kernel import clock
from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.grants.models import Grant
from district.kernel.people.models import Organisation
from district.testing.people import organisation

TABLE = "shared_people"
ITEMS = (
    ("id", "编号", "integer", 1, "", ""),
    ("name", "姓名", "text", 2, "person_name", ""),
    ("number", "公民身份号码", "text", 4, "id_number", "person_id"),
    ("phone", "手机号", "text", 3, "mobile", ""),
    ("town", "区划", "text", 1, "", "division"),
    ("income", "收入", "number", 3, "", ""),
    ("born_on", "出生日期", "date", 2, "birth_date", ""),
)
TOWNS = ("370306001", "370306002", "370306101")


def number_of(index: int) -> str:
    """A number of the right length; nobody's: the area code is not one."""
    return f"00000019{50 + index % 50}0101{index:04}"


def make_table(rows: int = 30) -> None:
    """Rows go round the towns; inside the transaction of a test."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, name text, number text, phone text, town varchar(12),"
            " income numeric, born_on date)"
        )
        cursor.executemany(
            f"INSERT INTO {TABLE} VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    n,
                    f"测试人{n}",
                    number_of(n),
                    f"1380000{n:04}",
                    TOWNS[n % 3] + "001",
                    n * 100,
                    f"19{50 + n % 50}-01-01",
                )
                for n in range(1, rows + 1)
            ],
        )


def resource(provider: Organisation | None = None, **fields: Any) -> Resource:
    made = Resource.objects.create(
        **{
            "name": "owner.people",
            "code": "306001/1",
            "title": "测试人口",
            "category": "306001",
            "provider": provider or organisation("owner", name="提供局"),
            "table": TABLE,
            "shelf": Shelf.PUBLISHED,
            **fields,
        }
    )
    Item.objects.bulk_create(
        Item(resource=made, position=at, name=name, title=title, type=kind, grade=grade, mask=mask, holds=holds,
             is_key=name == "id")
        for at, (name, title, kind, grade, mask, holds) in enumerate(ITEMS)
    )  # fmt: skip
    return made


def grant(of: Resource, to: Organisation, **fields: Any) -> Grant:
    now = clock.now()
    return Grant.objects.create(
        **{
            "number": f"SQ{Grant.objects.count() + 1}",
            "resource": of,
            "grantee": to,
            "items": ["name", "town"],
            "purpose": "测试",
            "starts_at": now - timedelta(days=1),
            "ends_at": now + timedelta(days=1),
            **fields,
        }
    )
