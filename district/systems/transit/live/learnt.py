"""The newest model and history, unpacked."""

from __future__ import annotations

from ..forecast import Forecaster
from ..learning.storage import unpacked
from ..models import LearntModel
from .knowledge import LearntHops


def newest_version() -> int | None:
    """The id of the newest; None before anything was learnt."""
    return LearntModel.objects.order_by("-pk").values_list("pk", flat=True).first()


def newest() -> tuple[Forecaster | None, LearntHops, int]:
    """Model (None where there was too little for one), history, version; as the nightly work has packed them."""
    row = LearntModel.objects.order_by("-pk").first()
    if row is None:
        return None, LearntHops(), 0
    return (*unpacked(bytes(row.packed)), row.pk)
