from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class DatasetsConfig(AppConfig):
    name = "district.kernel.datasets"
    label = "datasets"
    verbose_name = "数据目录"

    def ready(self) -> None:
        checks.register(every_share_is_a_dataset)
        checks.register(every_dataset_can_be_catalogued)
        post_migrate.connect(catalogue_contracts, sender=self)


def every_share_is_a_dataset(**_: Any) -> list[checks.CheckMessage]:
    """A name in a manifest's `shares` needs a Dataset of that name in the contract."""
    from district.kernel.datasets.catalogue import missing

    return [
        checks.Error(
            f"{name}: the manifest shares it, contract.py has no Dataset of that name", id="datasets.E001"
        )
        for name in missing()
    ]


def every_dataset_can_be_catalogued(**_: Any) -> list[checks.CheckMessage]:
    """A Dataset names a cycle, a library and a theme that there are, and a ground where it is closed."""
    from district.kernel.datasets.catalogue import faults

    return [checks.Error(fault, id="datasets.E002") for fault in faults()]


def catalogue_contracts(using: str, **_: Any) -> None:
    """After the tables have changed: contracts come with the code, and so do their entries."""
    from django.db import connections

    from district.kernel.datasets.actions.contracts import sync_contracts

    # A migration back to a time before the catalogue leaves no table to fill.
    if {"datasets_resource", "people_organisation"} <= set(connections[using].introspection.table_names()):
        sync_contracts()
