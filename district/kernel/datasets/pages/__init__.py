"""The pages of the catalogue, one module a thing; only re-exports here."""

from .catalogue import catalogue
from .ckan import ckan, ckan_root
from .editing import edit_resource, new_resource
from .entry_files import entry_file, entry_files, entry_template
from .lineage import lineage_page
from .open_data import open_data, open_file, open_resource
from .quality import (
    failing_rows_page,
    new_quality_rule,
    quality,
    quality_rule,
    resource_quality,
    switch_quality_rule,
)
from .rdf import dcat, dcat_resource
from .resource import act, resource, schema
from .versions import roll_back_version, verify_version, versions

__all__ = [
    "act",
    "catalogue",
    "ckan",
    "ckan_root",
    "dcat",
    "dcat_resource",
    "edit_resource",
    "entry_file",
    "entry_files",
    "entry_template",
    "failing_rows_page",
    "lineage_page",
    "new_quality_rule",
    "new_resource",
    "open_data",
    "open_file",
    "open_resource",
    "quality",
    "quality_rule",
    "resource",
    "resource_quality",
    "roll_back_version",
    "schema",
    "switch_quality_rule",
    "verify_version",
    "versions",
]
