"""The rows of versions, to be read: as DuckDB's SQL or as a table of Ibis."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from district.kernel.datasets.merging import Part, files_sql
from district.kernel.datasets.models import LakeFile, Resource, Version


class NoVersion(LookupError):
    """The resource has no published rows in the lake."""


def published(resource: Resource) -> Version | None:
    """The version readers get."""
    return Version.objects.filter(resource=resource, state=Version.State.PUBLISHED).first()


def lake_sql(version: Version) -> str:
    """DuckDB's SELECT of a version's rows: the items, `_row`, `_run`. Raises NoVersion for one that was purged."""
    if version.state == Version.State.PURGED or not version.files:
        raise NoVersion(f"{version.resource.name} v{version.number}")
    return files_sql(parts_of(version), [(column["name"], column["type"]) for column in version.schema])


def relation(resource: Resource, engine: ibis.BaseBackend | None = None) -> ir.Table:
    """The published rows in the lake as an Ibis table of `engine`, by default a DuckDB of its own.

    Raises NoVersion.
    """
    from district.kernel.datasets.engines import engine as default_engine
    from district.kernel.datasets.engines import table_of_files

    version = published(resource)
    if version is None:
        raise NoVersion(resource.name)
    columns = [(column["name"], column["type"]) for column in version.schema]
    return table_of_files(engine or default_engine(), parts_of(version), columns)


def parts_of(version: Version) -> list[Part]:
    columns = dict(LakeFile.objects.filter(path__in=version.files).values_list("path", "columns"))
    return [Part(path, tuple(columns[path])) for path in version.files]
