"""package_search: q, fq, sort, paging and facets over the open entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive

from district.kernel import clock
from district.kernel.datasets import classes
from district.kernel.datasets.ckan.errors import Invalid, SearchFailed
from district.kernel.datasets.ckan.packages import FORMS, package_name, packages, tags_of
from district.kernel.datasets.ckan.query_text import BadQuery, Clause, clauses_of
from district.kernel.datasets.cycles import cycle_rules
from district.kernel.datasets.models import Resource

FACETS = ("organization", "groups", "tags", "license_id", "res_format")
SORTS = {
    "name": "name", "title": "title", "title_string": "title", "metadata_modified": "updated_at",
    "metadata_created": "created_at", "score": "", "views_recent": "", "id": "name",
}  # fmt: skip
DEFAULT_SORT = "score desc, metadata_modified desc"
CONSTANT = {
    "state": "active",
    "type": "dataset",
    "dataset_type": "dataset",
    "capacity": "public",
    "private": "false",
}


def found_packages(*queries: str) -> QuerySet[Resource]:
    """The entries for which all clauses of all queries hold. Raises SearchFailed for what is no query."""
    found = packages()
    try:
        for clause in [clause for query in queries for clause in clauses_of(query)]:
            condition = _condition(clause)
            found = found.exclude(condition) if clause.is_negated else found.filter(condition)
    except BadQuery as error:
        raise SearchFailed(f"Search error: {error}") from error
    return found


def ordered(found: QuerySet[Resource], sort: str) -> QuerySet[Resource]:
    """By CKAN's `field asc, field desc`; Invalid names a field that is none."""
    keys = []
    for part in filter(None, (part.strip() for part in sort.split(","))):
        name, _space, way = part.partition(" ")
        if name not in SORTS or way.strip() not in ("", "asc", "desc"):
            raise SearchFailed(f'Cannot sort by field "{name}"')
        if SORTS[name]:
            keys.append(("-" if way.strip() == "desc" else "") + SORTS[name])
    return found.order_by(*keys, "name")


def facets_of(found: QuerySet[Resource], fields: Iterable[str], most: int) -> dict[str, dict[str, Any]]:
    """For each field, its values with how many entries have them, the most frequent first."""
    rows = list(found.select_related(None).select_related("provider"))
    counted: dict[str, dict[str, Any]] = {}
    for field in fields:
        if field not in FACETS:
            raise Invalid("", {"facet.field": [f"unknown facet {field}"]})
        counts: Counter[tuple[str, str]] = Counter()
        for row in rows:
            counts.update(_facet_values(row, field))
        items = [
            {"name": name, "display_name": title, "count": n}
            for (name, title), n in counts.most_common(most or None)
        ]
        counted[field] = {"title": field, "items": items}
    return counted


def _facet_values(row: Resource, field: str) -> list[tuple[str, str]]:
    if field == "organization":
        return [(row.provider.code, row.provider.name)]
    if field == "groups":
        return [(row.theme, classes.themes()[row.theme].zh)] if row.theme else []
    if field == "tags":
        return [(tag, tag) for tag in tags_of(row)]
    if field == "license_id":
        return [("open", "open")]
    return [(label, label) for label, _media in FORMS.values()] if row.is_delivered else []


def _condition(clause: Clause) -> Q:
    if clause.is_range:
        return _within(clause)
    found = Q(pk__in=())
    for value in clause.values:
        found |= _one(clause.field, value)
    return found


def _one(field: str, value: str) -> Q:
    if value == "*" and field:
        return ~Q(pk__in=())
    if field in ("", "text"):
        return _texts(value)
    if field in ("title", "notes"):
        return Q(**{f"{'title' if field == 'title' else 'abstract'}__icontains": value.rstrip("*")})
    if field in ("name", "id"):
        plain = value.replace("-", ".", 1)
        return Q(name__istartswith=plain[:-1]) if plain.endswith("*") else Q(name__iexact=plain)
    if field in ("organization", "owner_org"):
        return Q(provider__code=value)
    if field == "groups":
        return Q(theme=value) if value else Q(pk__in=())
    if field == "tags":
        return _tag(value)
    if field == "license_id":
        return ~Q(pk__in=()) if value == "open" else Q(pk__in=())
    if field == "res_format":
        is_ours = value.upper() in {label for label, _media in FORMS.values()}
        return Q(is_delivered=True) if is_ours else Q(pk__in=())
    return ~Q(pk__in=()) if CONSTANT.get(field, value) == value.lower() else Q(pk__in=())


def _texts(value: str) -> Q:
    word = value.rstrip("*")
    return (
        Q(title__icontains=word) | Q(en__icontains=word) | Q(abstract__icontains=word) | Q(code=word)
        | Q(name__icontains=word.replace("-", ".", 1)) | Q(provider__name__icontains=word) | _tag(word)
    )  # fmt: skip


def _tag(value: str) -> Q:
    found = Q(pk__in=())
    for key, theme in classes.themes().items():
        if theme.zh == value:
            found |= Q(theme=key)
    for key, library in classes.libraries().items():
        if library.zh == value:
            found |= Q(library=key)
    for item in classes.class_items():
        if item.zh == value:
            found |= Q(category__startswith=item.level + item.code)
    for rule in cycle_rules().values():
        if rule.zh == value:
            found |= Q(cycle=rule.key)
    return found


def _within(clause: Clause) -> Q:
    columns = {"metadata_modified": "updated_at", "metadata_created": "created_at"}
    if clause.field not in columns:
        raise BadQuery(f"no range of {clause.field or 'text'}")
    column, (start, end) = columns[clause.field], clause.values
    found = ~Q(pk__in=())
    if start != "*":
        found &= Q(**{f"{column}__gte": _moment(start)})
    if end != "*":
        found &= Q(**{f"{column}__lte": _moment(end)})
    return found


def _moment(text: str) -> datetime:
    """An instant, or Solr's `NOW`, `NOW-7DAYS`."""
    if text.startswith("NOW"):
        days = text.removeprefix("NOW").removesuffix("DAYS").removesuffix("DAY").lstrip("-")
        if days and not (days.isdecimal() and len(days) < 6):
            raise BadQuery(f"cannot parse the date {text!r}")
        return clock.now() - timedelta(days=int(days or 0))
    try:
        at = parse_datetime(text)
        day = None if at else parse_date(text)
    except ValueError:
        raise BadQuery(f"cannot parse the date {text!r}") from None
    if at is None and day is not None:
        at = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - gets its zone below
    if at is None:
        raise BadQuery(f"cannot parse the date {text!r}")
    return at.replace(tzinfo=clock.CHINA) if is_naive(at) else at


def names(found: Iterable[Resource]) -> list[str]:
    return [package_name(each) for each in found]
