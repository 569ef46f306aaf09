"""The tree of units, for all staff."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from district.kernel.people.access import ADMIN, allow, may
from district.kernel.people.models import Organisation, Status
from district.kernel.ui.render import page
from district.kernel.vocabulary import STAFF


@dataclass
class Node:
    """A unit with those below it; `people` counts its accounts in use, `total` those below as well."""

    unit: Organisation
    people: int
    below: list[Node] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.people + sum(node.total for node in self.below)


@allow(STAFF)
@require_safe
def organisations(request: HttpRequest) -> HttpResponseBase:
    wanted = request.GET.get("q", "").strip()
    roots = tree(wanted)
    shown = {"roots": roots, "q": wanted, "counts": may(request.user, ADMIN)}
    return page(request, "people/organisations.html", shown)


def tree(wanted: str = "") -> list[Node]:
    """The whole tree in order; with `wanted`, the units whose name or code contains it, and those above them."""
    in_use = Count("accounts", filter=Q(accounts__status=Status.ACTIVE))
    units = list(Organisation.objects.annotate(people=in_use).order_by("order", "code"))
    if wanted:
        hits = [unit for unit in units if wanted.lower() in f"{unit.name} {unit.en} {unit.code}".lower()]
        kept = {code for unit in hits for code in unit.path.split(".")}
        units = [unit for unit in units if unit.code in kept]
    nodes = {unit.pk: Node(unit, unit.people) for unit in units}
    roots: list[Node] = []
    for unit in units:
        parent = nodes.get(unit.parent_id) if unit.parent_id else None
        (parent.below if parent else roots).append(nodes[unit.pk])
    return roots
