"""血缘: who told what came from what, and the way up and down from a thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from district.kernel.datasets.models import LineageEdge, LineageNode

Named = tuple[str, object, str]
"""Kind, id, label."""
MOST = 400


@dataclass(frozen=True)
class Lineage:
    """The nodes that data came through to one, or went to from it; nearer ones first. `steps` is minus for upstream."""

    nodes: tuple[LineageNode, ...]
    steps: dict[int, int]
    edges: tuple[LineageEdge, ...]
    is_cut: bool


def tell(from_: Iterable[Named], to: Named, by: str = "") -> LineageNode:
    """Data of all these went into that. Told twice is the same as told once. Returns the node of `to`."""
    with transaction.atomic():
        target = _node(to)
        for each in from_:
            origin = _node(each)
            if origin.pk != target.pk:
                LineageEdge.objects.get_or_create(origin=origin, target=target, by=by[:120])
    return target


def lineage(kind: str, key: object, *, versions_of_a_resource: int = 5, most: int = MOST) -> Lineage:
    """All that is above and below a thing. Of the many versions of a resource only the last few are followed."""
    start = LineageNode.objects.filter(kind=kind, key=str(key)).first()
    if start is None:
        return Lineage((), {}, (), False)
    steps = {start.pk: 0}
    for direction in (-1, 1):
        steps.update(_walk(start.pk, direction, versions_of_a_resource, most))
    ordered = sorted(steps, key=lambda pk: (abs(steps[pk]), pk))
    kept = ordered[:most]
    nodes = LineageNode.objects.in_bulk(kept)
    edges = LineageEdge.objects.filter(origin__in=kept, target__in=kept).order_by("pk")
    return Lineage(
        tuple(nodes[pk] for pk in kept), {pk: steps[pk] for pk in kept}, tuple(edges), len(ordered) > most
    )


def is_used(kind: str, key: object) -> bool:
    """Whether something was made of it."""
    return LineageEdge.objects.filter(
        origin__kind=kind, origin__key=str(key), target__kind__in=("product", "grant")
    ).exists()


def _node(named: Named) -> LineageNode:
    kind, key, label = named
    node, _ = LineageNode.objects.update_or_create(kind=kind, key=str(key), defaults={"label": label[:200]})
    return node


def _walk(start: int, direction: int, versions: int, most: int) -> dict[int, int]:
    """Level by level, so that a ring of edges ends by itself."""
    near, far = ("target_id", "origin_id") if direction < 0 else ("origin_id", "target_id")
    sql = f"""
        SELECT edge.{far}, node.kind FROM datasets_lineageedge edge
        JOIN datasets_lineagenode node ON node.id = edge.{far}
        WHERE edge.{near} = ANY(%s) GROUP BY 1, 2 ORDER BY 1 DESC"""  # noqa: S608 - names of columns
    found: dict[int, int] = {}
    level, step = [start], 0
    while level and len(found) <= most:
        step += direction
        with connection.cursor() as cursor:
            cursor.execute(sql, [level])
            met = cursor.fetchall()
        fresh = [(pk, kind) for pk, kind in met if pk not in found and pk != start]
        last = {pk for pk, kind in fresh if kind == "version"}
        last = set(sorted(last, reverse=True)[: versions * max(1, len(level))])
        level = [pk for pk, kind in fresh if kind != "version" or pk in last]
        found.update(dict.fromkeys(level, step))
    return found
