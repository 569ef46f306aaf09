"""The pages of the catalogue, one module a thing; only re-exports here."""

from .catalogue import catalogue
from .ckan import ckan, ckan_root
from .editing import edit_resource, new_resource
from .entry_files import entry_file, entry_files, entry_template
from .open_data import open_data, open_file, open_resource
from .rdf import dcat, dcat_resource
from .resource import act, resource, schema

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
    "new_resource",
    "open_data",
    "open_file",
    "open_resource",
    "resource",
    "schema",
]
