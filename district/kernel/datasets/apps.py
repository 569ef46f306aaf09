from typing import Any

from django.apps import AppConfig
from django.core import checks


class DatasetsConfig(AppConfig):
    name = "district.kernel.datasets"
    label = "datasets"
    verbose_name = "数据目录"

    def ready(self) -> None:
        checks.register(every_share_is_a_dataset)


def every_share_is_a_dataset(**_: Any) -> list[checks.CheckMessage]:
    """A name in a manifest's `shares` needs a Dataset of that name in the contract."""
    from district.kernel.datasets.catalogue import missing

    return [
        checks.Error(
            f"{name}: the manifest shares it, contract.py has no Dataset of that name", id="datasets.E001"
        )
        for name in missing()
    ]
