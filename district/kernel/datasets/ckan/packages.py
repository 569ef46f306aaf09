"""Open entries in the shapes of CKAN: package, resource, organization, group, tag."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from district.kernel.clock import CHINA
from district.kernel.datasets import classes
from district.kernel.datasets.ckan.errors import NotFound
from district.kernel.datasets.cycles import cycle_rules
from district.kernel.datasets.models import Resource
from district.kernel.datasets.open_rows import OPEN
from district.kernel.datasets.queries import with_figures
from district.kernel.people.models import Organisation

FORMS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}
SPLIT = "--"


def packages() -> QuerySet[Resource]:
    """The entries a client may read."""
    return with_figures(Resource.objects.filter(OPEN)).prefetch_related("items")


def package_name(resource: Resource) -> str:
    """CKAN's names are lower case with dashes: `environment.AirQualityHourly` → `environment-airqualityhourly`."""
    return resource.name.replace(".", "-", 1).lower()


def package_of(name: str) -> Resource:
    """The entry of a package's name or id. NotFound."""
    found = packages().filter(name__iexact=name.replace("-", ".", 1)).first()
    if found is None:
        raise NotFound("Not found")
    return found


def file_of(identity: str) -> tuple[Resource, str]:
    """The entry and the form (`csv`, `json`) of a resource's id. NotFound."""
    name, _split, form = identity.partition(SPLIT)
    if form not in FORMS:
        raise NotFound("Not found: Resource")
    found = package_of(name)
    if not found.is_delivered:
        raise NotFound("Not found: Resource")
    return found, form


def tags_of(resource: Resource) -> list[str]:
    """The words an entry is found by: its theme, base library, class and cycle."""
    found = [classes.category_label(resource.category).split(" · ")[-1], cycle_rules()[resource.cycle].zh]
    if resource.theme:
        found.append(classes.themes()[resource.theme].zh)
    if resource.library:
        found.append(classes.libraries()[resource.library].zh)
    return sorted(set(found))


def shown_package(resource: Resource, site: str) -> dict[str, Any]:
    """A package as `package_show` gives it. `site` is the address of the site with its last slash."""
    name, tags = package_name(resource), tags_of(resource)
    files = [shown_file(resource, form, site) for form in FORMS] if resource.is_delivered else []
    groups = [shown_group(resource.theme)] if resource.theme else []
    return {
        "id": name, "name": name, "title": resource.title, "notes": resource.abstract, "type": "dataset",
        "state": "active", "private": False, "isopen": True, "url": f"{site}open-data/{resource.name}/", "version": None,
        "author": resource.provider.name, "author_email": None, "maintainer": resource.provider.name,
        "maintainer_email": None, "license_id": "open", "license_title": resource.open_condition,
        "metadata_created": moment(resource.created_at), "metadata_modified": moment(resource.updated_at),
        "creator_user_id": None, "owner_org": resource.provider.code,
        "organization": shown_organisation(resource.provider), "groups": groups,
        "tags": [shown_tag(tag) for tag in tags], "num_tags": len(tags), "resources": files,
        "num_resources": len(files), "relationships_as_object": [], "relationships_as_subject": [],
        "extras": [
            {"key": "identifier", "value": resource.code}, {"key": "frequency", "value": cycle_rules()[resource.cycle].frequency},
            {"key": "share", "value": resource.share}, {"key": "is_simulated", "value": str(resource.is_simulated).lower()},
        ],
    }  # fmt: skip


def shown_file(resource: Resource, form: str, site: str) -> dict[str, Any]:
    """A file of a package."""
    name, (label, media) = package_name(resource), FORMS[form]
    return {
        "id": f"{name}{SPLIT}{form}", "package_id": name, "name": f"{resource.title}（{label}）",
        "description": resource.abstract, "format": label, "mimetype": media, "state": "active",
        "url": f"{site}open-data/{resource.name}/{resource.name}.{form}", "url_type": None, "resource_type": "file",
        "datastore_active": True, "created": moment(resource.created_at), "last_modified": moment(resource.updated_at),
        "metadata_modified": moment(resource.updated_at), "hash": "", "size": None, "position": list(FORMS).index(form),
    }  # fmt: skip


def shown_organisation(unit: Organisation, count: int | None = None) -> dict[str, Any]:
    found = {
        "id": unit.code, "name": unit.code, "title": unit.name, "display_name": unit.name, "type": "organization",
        "description": unit.en, "image_url": "", "is_organization": True, "approval_status": "approved",
        "state": "active",
    }  # fmt: skip
    return found if count is None else {**found, "package_count": count}


def shown_group(theme: str, count: int | None = None) -> dict[str, Any]:
    """A theme as CKAN's group."""
    named = classes.themes()[theme]
    found = {
        "id": theme, "name": theme, "title": named.zh, "display_name": named.zh, "description": named.en,
        "image_display_url": "", "type": "group", "is_organization": False, "state": "active",
    }  # fmt: skip
    return found if count is None else {**found, "package_count": count}


def shown_tag(tag: str) -> dict[str, Any]:
    return {"id": tag, "name": tag, "display_name": tag, "state": "active", "vocabulary_id": None}


def moment(at: Any) -> str:
    """CKAN's times bear no zone; these are China Standard Time."""
    return at.astimezone(CHINA).replace(tzinfo=None).isoformat()
