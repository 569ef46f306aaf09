"""datastore_search: the rows of an open dataset, page by page."""

from __future__ import annotations

import json
from typing import Any

from district.kernel.datasets.ckan.errors import Invalid, SearchFailed
from district.kernel.datasets.ckan.packages import file_of
from district.kernel.datasets.ckan.parameters import Parameters
from district.kernel.datasets.models import Item
from district.kernel.datasets.open_rows import MOST_ROWS, Asked, TooSlow, open_items, open_page

TYPES = {
    "text": "text",
    "integer": "int8",
    "number": "float8",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
}
MOST_OFFSET = 10_000_000


def datastore_search(given: Parameters, site: str) -> dict[str, Any]:
    """Rows of a file. `resource_id`, `filters`, `q`, `fields`, `sort`, `limit` (100, at most 32000), `offset`."""
    identity = given.needed("resource_id", "id")
    resource, _form = file_of(identity)
    known = {item.name: item for item in open_items(resource)}
    limit, offset = given.number("limit", 100, MOST_ROWS), given.number("offset", 0, MOST_OFFSET)
    asked = Asked(
        columns=[_known(name, known, "fields") for name in given.texts("fields")], filters=_filters(given, known),
        q=given.text("q"), sort=_sort(given.text("sort"), known), limit=limit, offset=offset,
    )  # fmt: skip
    try:
        found = open_page(resource, asked)
    except TooSlow as error:
        raise SearchFailed(f"The search took too long: {error}") from error
    names = [item.name for item in found.items]
    start = f"{site}api/3/action/datastore_search?resource_id={identity}&limit={limit}"
    answer: dict[str, Any] = {
        "resource_id": identity, "fields": [_field(item) for item in found.items], "records_format": "objects",
        "records": [dict(zip(names, row, strict=True)) for row in found.rows], "limit": limit, "offset": offset,
        "_links": {"start": start, "next": f"{start}&offset={offset + limit}"},
        "include_total": given.truth("include_total", True),
    }  # fmt: skip
    if answer["include_total"]:
        answer |= {"total": found.total, "total_was_estimated": False}
    return answer


def datastore_info(given: Parameters, site: str) -> dict[str, Any]:
    """The fields of a file and how many rows it has. `id`."""
    identity = given.needed("id", "resource_id")
    resource, _form = file_of(identity)
    fields = [
        {"id": item.name, "type": TYPES[item.type], "info": {"label": item.title, "notes": item.unit}}
        for item in open_items(resource)
    ]
    return {"meta": {"id": identity, "count": resource.rows, "table_type": "BASE TABLE"}, "fields": fields}


def _field(item: Item) -> dict[str, str]:
    return {"id": item.name, "type": TYPES[item.type]}


def _known(name: str, known: dict[str, Item], parameter: str) -> str:
    if name not in known:
        raise Invalid("", {parameter: [f'field "{name}" not in table']})
    return name


def _filters(given: Parameters, known: dict[str, Item]) -> dict[str, list[str]]:
    filters = given.structure("filters", {})
    if not isinstance(filters, dict):
        raise Invalid("", {"filters": ["Not a json object"]})
    return {
        _known(name, known, "filters"): [
            _text(each) for each in (value if isinstance(value, list) else [value])
        ]
        for name, value in filters.items()
    }


def _text(value: Any) -> str:
    """A value as the database writes it."""
    return value if isinstance(value, str) else json.dumps(value)


def _sort(text: str, known: dict[str, Item]) -> list[tuple[str, bool]]:
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        words = part.split()
        if len(words) > 2 or words[1:] not in ([], ["asc"], ["desc"], ["ASC"], ["DESC"]):
            raise Invalid("", {"sort": [f"cannot sort by {part!r}"]})
        found.append((_known(words[0].strip('"'), known, "sort"), words[1:] in (["desc"], ["DESC"])))
    return found
