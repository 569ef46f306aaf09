"""What the sharing of data tells. Listeners: `@on(RequestSubmitted)` in a `handlers.py`."""

from __future__ import annotations

from dataclasses import dataclass

from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class RequestSubmitted(Event):
    """A department asks for data that are shared on conditions; also when it sends in what was returned to it."""

    request_id: int
    number: str
    title: str
    provider_id: int
    organisation_id: int
    account_id: int


@dataclass(frozen=True)
class RequestReviewed(Event):
    """合规性审查: `outcome` is accepted, returned or declined."""

    request_id: int
    number: str
    outcome: str
    reason: str
    account_id: int | None


@dataclass(frozen=True)
class RequestDecided(Event):
    """The provider has answered, or the rules have: `outcome` is agreed, conditional or refused."""

    request_id: int
    number: str
    outcome: str
    reason: str
    account_id: int | None


@dataclass(frozen=True)
class RequestCancelled(Event):
    """The department does not want it any more."""

    request_id: int
    number: str


@dataclass(frozen=True)
class GrantGiven(Event):
    """A grant counts from now on, or from its start."""

    grant_id: int
    number: str
    resource_id: int
    grantee_id: int


@dataclass(frozen=True)
class GrantChanged(Event):
    """A grant says something else, or is suspended or active again."""

    grant_id: int
    number: str
    resource_id: int
    grantee_id: int
    state: str
    revision: int


@dataclass(frozen=True)
class GrantEnded(Event):
    """A grant was withdrawn or is over."""

    grant_id: int
    number: str
    resource_id: int
    grantee_id: int
    state: str
    reason: str


@dataclass(frozen=True)
class ObjectionRaised(Event):
    """Somebody says that data are wrong or were used wrongly."""

    objection_id: int
    number: str
    resource_id: int
    provider_id: int
