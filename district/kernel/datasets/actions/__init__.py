"""Every change to the catalogue; only re-exports here."""

from district.kernel.datasets.actions.entries import add_resource, change_resource, relate
from district.kernel.datasets.actions.entry_files import take_file
from district.kernel.datasets.actions.shelf import (
    publish,
    publish_all,
    return_to_department,
    submit,
    withdraw,
)
from district.kernel.datasets.refused import Refused

__all__ = [
    "Refused",
    "add_resource",
    "change_resource",
    "publish",
    "publish_all",
    "relate",
    "return_to_department",
    "submit",
    "take_file",
    "withdraw",
]
