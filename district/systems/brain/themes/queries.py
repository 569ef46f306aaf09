"""The maps over the catalogue as it is now, the three lists, and the indicators of sharing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from district.kernel.datasets.cycles import late_since
from district.kernel.datasets.models import Resource, Shelf, ShelfStep
from district.kernel.datasets.queries import with_figures
from district.kernel.grants.models import Need, Request, RequestState
from district.kernel.people.models import Organisation

from ..models import ThemeLink
from .expectations import STATES, Offer, Standing, standings


@dataclass(frozen=True)
class Indicator:
    """A rate with what it is made of; `value` is a percentage, None where nothing is counted yet."""

    key: str
    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None


def offers() -> list[Offer]:
    """Published and withdrawn entries as they are held against the expectations."""
    steps = Prefetch(
        "steps", ShelfStep.objects.filter(shelf=Shelf.WITHDRAWN).order_by("-at"), to_attr="withdrawals"
    )
    found = with_figures(
        Resource.objects.filter(shelf__in=(Shelf.PUBLISHED, Shelf.WITHDRAWN)).exclude(library="", theme="")
    ).prefetch_related("items", steps)
    return [_offer(resource) for resource in found]


def all_standings(at: datetime) -> list[Standing]:
    """How every expectation stands."""
    links: dict[str, set[str]] = {}
    for key, name in ThemeLink.objects.values_list("expectation", "resource__name"):
        links.setdefault(key, set()).add(name)
    return standings(offers(), links, at)


def counted(found: list[Standing]) -> dict[tuple[str, str], Counter[str]]:
    """(kind, map) → how many expectations are in each state."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for each in found:
        where = (each.expectation.kind, each.expectation.map)
        counts.setdefault(where, Counter(dict.fromkeys(STATES, 0)))[each.state] += 1
    return counts


def units_by_code() -> dict[str, Organisation]:
    return {unit.code: unit for unit in Organisation.objects.exclude(kind__in=("village", "enterprise"))}


def closed_resources() -> QuerySet[Resource]:
    """负面清单: what is not shared, and on what ground."""
    return Resource.objects.filter(shelf=Shelf.PUBLISHED, share="closed", is_secret=False).select_related(
        "provider"
    )


def needs() -> QuerySet[Need]:
    """需求清单: what departments lack; the open ones are those without `met_at`."""
    return Need.objects.select_related("organisation", "holder", "resource")


def indicators(at: datetime) -> list[Indicator]:
    """目录挂接率, 数据更新及时率, 需求满足率, 按时响应率 from the records as they are."""
    published = list(with_figures(Resource.objects.filter(shelf=Shelf.PUBLISHED)))
    hooked = [resource for resource in published if resource.is_delivered]
    timed = [resource for resource in hooked if resource.renewed_at is not None]
    on_time = [resource for resource in timed if late_since(resource.cycle, resource.renewed_at, at) is None]
    answered = Request.objects.filter(decided_at__isnull=False)
    granted = answered.filter(state__in=(RequestState.AGREED, RequestState.CONDITIONAL))
    due = Request.objects.filter(due_at__isnull=False).filter(Q(decided_at__isnull=False) | Q(due_at__lt=at))
    in_time = due.filter(decided_at__lte=F("due_at"))
    return [
        Indicator("hooked", len(hooked), len(published)), Indicator("on_time", len(on_time), len(timed)),
        Indicator("satisfied", granted.count(), answered.count()), Indicator("answered_in_time", in_time.count(), due.count()),
    ]  # fmt: skip


def _offer(resource: Resource) -> Offer:
    withdrawals: list[ShelfStep] = resource.withdrawals
    is_gone = resource.shelf == Shelf.WITHDRAWN
    return Offer(
        resource.name, resource.title, resource.provider.code, resource.library, resource.theme,
        frozenset(item.title for item in resource.items.all()), resource.cycle, bool(resource.is_delivered),
        resource.published_at, resource.renewed_at,
        (withdrawals[0].at if withdrawals else resource.updated_at) if is_gone else None,
    )  # fmt: skip
