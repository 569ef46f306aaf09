"""What versions and their quality tell. Listeners: `@on(QualityFell)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class VersionPublished(Event):
    """Readers of the resource get these rows from now on. `made_by` is the delivery."""

    resource_id: int
    version_id: int
    number: int
    rows: int
    made_by: str


@dataclass(frozen=True)
class VersionRefused(Event):
    """A delivery did not become the published version; the one before stays."""

    resource_id: int
    version_id: int
    number: int
    reason: str


@dataclass(frozen=True)
class QualityFell(Event):
    """The quality of a resource is below its mark, or a rule that matters is broken, and was not before.

    `version_id` is None when time alone did it: the resource is overdue by its cycle. `kind` is the weakest dimension.
    """

    resource_id: int
    version_id: int | None
    provider_id: int
    resource_name: str
    title: str
    total: float
    before: float | None
    kind: str
    reason: str
