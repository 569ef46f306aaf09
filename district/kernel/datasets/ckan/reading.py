"""The actions a client may call, each a function from its parameters to its result. Their docstrings are `help_show`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from district.kernel.datasets import classes
from district.kernel.datasets.ckan import search
from district.kernel.datasets.ckan.datastore import datastore_info, datastore_search
from district.kernel.datasets.ckan.errors import NotFound
from district.kernel.datasets.ckan.packages import (
    file_of,
    package_of,
    packages,
    shown_file,
    shown_group,
    shown_organisation,
    shown_package,
    shown_tag,
    tags_of,
)
from district.kernel.datasets.ckan.parameters import Parameters
from district.kernel.people.models import Organisation

CKAN_VERSION = "2.11.0"
"""The version whose reading actions are followed."""
MOST_PACKAGES = 1000
Action = Callable[[Parameters, str], Any]


def site_read(given: Parameters, site: str) -> bool:
    """Whether the site may be read: always."""
    return True


def status_show(given: Parameters, site: str) -> dict[str, Any]:
    """The version of CKAN whose API this is, and its extensions."""
    return {
        "ckan_version": CKAN_VERSION, "site_title": "周村区公共数据开放", "site_description": "", "site_url": site.rstrip("/"),
        "error_emails_to": None, "locale_default": "zh_Hans_CN", "extensions": ["datastore", "dcat"],
    }  # fmt: skip


def help_show(given: Parameters, site: str) -> str:
    """What an action does. `name`."""
    name = given.needed("name")
    if name not in ACTIONS:
        raise NotFound("Action help could not be found")
    return (ACTIONS[name].__doc__ or "").strip()


def package_list(given: Parameters, site: str) -> list[str]:
    """The names of the site's datasets. `limit`, `offset`."""
    start = given.number("offset", 0)
    stop = start + given.number("limit", MOST_PACKAGES, MOST_PACKAGES)
    return search.names(packages().order_by("name")[start:stop])


def current_package_list_with_resources(given: Parameters, site: str) -> list[dict[str, Any]]:
    """Datasets with their files, the newest first. `limit`, `offset`."""
    start = given.number("offset", 0)
    stop = start + given.number("limit", 100, MOST_PACKAGES)
    return [shown_package(each, site) for each in packages().order_by("-updated_at", "name")[start:stop]]


def package_show(given: Parameters, site: str) -> dict[str, Any]:
    """A dataset with its files. `id` is its id or name."""
    return shown_package(package_of(given.needed("id", "name_or_id")), site)


def package_search(given: Parameters, site: str) -> dict[str, Any]:
    """Datasets that match. `q`, `fq`, `fq_list`, `sort`, `rows` (10, at most 1000), `start`, `facet.field`, `facet.limit`."""
    sort = given.text("sort") or search.DEFAULT_SORT
    found = search.found_packages(given.text("q"), given.text("fq"), *given.texts("fq_list"))
    start, rows = given.number("start", 0), given.number("rows", 10, MOST_PACKAGES)
    fields = given.texts("facet.field") if given.truth("facet", True) else []
    facets = search.facets_of(found, fields, given.number("facet.limit", 50))
    results = search.ordered(found, sort)[start : start + rows] if rows else []
    return {
        "count": found.count(), "sort": sort, "results": [shown_package(each, site) for each in results],
        "facets": {name: {item["name"]: item["count"] for item in facet["items"]} for name, facet in facets.items()},
        "search_facets": facets,
    }  # fmt: skip


def resource_show(given: Parameters, site: str) -> dict[str, Any]:
    """A file of a dataset. `id`."""
    return shown_file(*file_of(given.needed("id")), site)


def organization_list(given: Parameters, site: str) -> list[Any]:
    """Units that have open datasets: their names, or with `all_fields` all of each. `limit`, `offset`."""
    counts = Counter(packages().values_list("provider", flat=True))
    units = Organisation.objects.filter(pk__in=counts).order_by("order", "code")
    start = given.number("offset", 0)
    units = units[start : start + given.number("limit", MOST_PACKAGES, MOST_PACKAGES)]
    if given.truth("all_fields"):
        return [shown_organisation(unit, counts[unit.pk]) for unit in units]
    return [unit.code for unit in units]


def organization_show(given: Parameters, site: str) -> dict[str, Any]:
    """A unit. `id`, `include_datasets`."""
    name = given.needed("id")
    unit = Organisation.objects.filter(code=name).first()
    found = packages().filter(provider=unit).order_by("name")
    if unit is None or not found:
        raise NotFound("Not found")
    shown = shown_organisation(unit, len(found))
    return (
        {**shown, "packages": [shown_package(each, site) for each in found]}
        if given.truth("include_datasets")
        else shown
    )


def group_list(given: Parameters, site: str) -> list[Any]:
    """The themes: their names, or with `all_fields` all of each."""
    if not given.truth("all_fields"):
        return list(classes.themes())
    counts = Counter(packages().values_list("theme", flat=True))
    return [shown_group(theme, counts[theme]) for theme in classes.themes()]


def group_show(given: Parameters, site: str) -> dict[str, Any]:
    """A theme. `id`, `include_datasets`."""
    theme = given.needed("id")
    if theme not in classes.themes():
        raise NotFound("Not found")
    found = list(packages().filter(theme=theme).order_by("name"))
    shown = shown_group(theme, len(found))
    return (
        {**shown, "packages": [shown_package(each, site) for each in found]}
        if given.truth("include_datasets")
        else shown
    )


def tag_list(given: Parameters, site: str) -> list[Any]:
    """The tags of open datasets. `query` narrows them, `all_fields` gives all of each."""
    tags = sorted({tag for each in packages() for tag in tags_of(each)})
    sought = given.text("query")
    tags = [tag for tag in tags if sought in tag]
    return [shown_tag(tag) for tag in tags] if given.truth("all_fields") else tags


def tag_show(given: Parameters, site: str) -> dict[str, Any]:
    """A tag. `id`, `include_datasets`."""
    tag = given.needed("id")
    found = [each for each in packages() if tag in tags_of(each)]
    if not found:
        raise NotFound("Not found")
    shown = shown_tag(tag)
    return (
        {**shown, "packages": [shown_package(each, site) for each in found]}
        if given.truth("include_datasets")
        else shown
    )


def license_list(given: Parameters, site: str) -> list[dict[str, Any]]:
    """The one licence: the condition each dataset names itself."""
    return [
        {
            "id": "open",
            "title": "按数据集的开放条件",
            "status": "active",
            "url": f"{site}open-data/",
            "is_generic": True,
        }
    ]


ACTIONS: dict[str, Action] = {
    function.__name__: function
    for function in (
        current_package_list_with_resources, datastore_info, datastore_search, group_list, group_show, help_show,
        license_list, organization_list, organization_show, package_list, package_search, package_show, resource_show,
        site_read, status_show, tag_list, tag_show,
    )
}  # fmt: skip
WRITING = ("_create", "_update", "_patch", "_delete", "_purge", "_upsert")


def is_writing(name: str) -> bool:
    """Whether an action of CKAN's would change something: none may be called here."""
    return name.endswith(WRITING)
