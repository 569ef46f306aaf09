"""What the catalogue tells. Listeners: `@on(ResourcePublished)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class ResourceSubmitted(Event):
    """A department asks for an entry to be reviewed."""

    resource_id: int
    resource: str
    title: str
    provider_id: int


@dataclass(frozen=True)
class ResourceReturned(Event):
    """The review sent an entry back to its department, and said why."""

    resource_id: int
    resource: str
    title: str
    provider_id: int
    reason: str


@dataclass(frozen=True)
class ResourcePublished(Event):
    """An entry stands in the catalogue."""

    resource_id: int
    resource: str
    title: str
    provider_id: int
    share: str
    published_at: datetime


@dataclass(frozen=True)
class ResourceChanged(Event):
    """A published entry says something else: `fields` of Resource, and `items` when these changed."""

    resource_id: int
    resource: str
    title: str
    provider_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ResourceWithdrawn(Event):
    """An entry was taken out of the catalogue: nothing of it may be handed out from this moment."""

    resource_id: int
    resource: str
    title: str
    provider_id: int
    reason: str
