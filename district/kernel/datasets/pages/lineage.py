"""血缘: what a thing came from and what came of it, drawn and as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel.datasets.lineage import Lineage, lineage
from district.kernel.datasets.models import LineageNode, NodeKind, Version
from district.kernel.datasets.pages import words
from district.kernel.datasets.posts import visible_resources
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 176, 46, 54, 18
DRAWN_A_LEVEL = 12
PAGES = {"source": "connectors:source", "grant": "grants:grant"}
"""Names of the pages of nodes that belong to other packages; they say themselves who may see them."""


@dataclass(frozen=True)
class Box:
    """A node as it is drawn."""

    node: LineageNode
    x: int
    y: int
    url: str | None
    is_here: bool


@allow("staff")
@require_safe
def lineage_page(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The nodes above and below one. Resources the reader may not see are named, not linked."""
    found = lineage(kind, key)
    if kind not in NodeKind.values or not _is_visible(kind, key, request.user):
        raise Http404(f"{kind} {key}")
    urls = {node.pk: address(node, request.user) for node in found.nodes}
    table = _table(found, urls)
    drawing = _drawn(found, urls)
    context = {
        "found": found,
        "table": table,
        "drawing": drawing,
        "here": found.nodes[0] if found.nodes else None,
    }
    return table.respond(request) or page(request, "datasets/lineage.html", context)


def address(node: LineageNode, account: Any) -> str | None:
    """The page of a node for this reader."""
    if node.kind in (NodeKind.RESOURCE, NodeKind.PRODUCT):
        found = visible_resources(account).filter(pk=node.key).first() if node.key.isdecimal() else None
        return reverse("datasets:resource", args=[found.name]) if found else None
    if node.kind == NodeKind.VERSION:
        version = Version.objects.filter(pk=node.key).first()
        is_shown = version is not None and _is_visible("resource", str(version.resource_id), account)
        return reverse("datasets:versions", args=[version.resource_id]) if version and is_shown else None
    try:
        return reverse(PAGES[node.kind], args=[node.key])
    except NoReverseMatch:  # a key of another form than the page's address
        return reverse("datasets:lineage", args=[node.kind, node.key])


def _is_visible(kind: str, key: str, account: Any) -> bool:
    if not key.isdecimal():
        return kind not in ("resource", "version", "product")
    if kind == "version":
        return Version.objects.filter(pk=key, resource__in=visible_resources(account)).exists()
    if kind in ("resource", "product"):
        return bool(visible_resources(account).filter(pk=key).exists())
    return True


def _table(found: Lineage, urls: dict[int, str | None]) -> Table:
    names = {node.pk: node.label for node in found.nodes}
    ways = {"up": _("上游"), "here": _("本节点"), "down": _("下游")}
    rows = [
        {
            "way": "here" if not found.steps[node.pk] else "up" if found.steps[node.pk] < 0 else "down",
            "steps": abs(found.steps[node.pk]), "kind": node.kind, "label": node.label, "pk": node.pk,
            "from": "、".join(
                dict.fromkeys(names[edge.origin_id] for edge in found.edges if edge.target_id == node.pk)
            ),
            "by": "、".join(sorted({words.maker(edge.by) for edge in found.edges if edge.target_id == node.pk and edge.by})),
        }
        for node in found.nodes
    ]  # fmt: skip
    return Table(
        "nodes",
        columns=[
            Column("way", _("方向"), filter="choice", choices=ways),
            Column("steps", _("层数")),
            Column("kind", _("种类"), filter="choice", choices=dict(NodeKind.choices)),
            Column("label", _("名称"), filter="text", link=lambda row: urls[row["pk"]]),
            Column("from", _("直接来自"), sortable=False),
            Column("by", _("途径"), sortable=False),
        ],
        source=rows, title=_("节点"), empty=_("还没有血缘记录"),
    )  # fmt: skip


def _drawn(found: Lineage, urls: dict[int, str | None]) -> dict[str, Any]:
    """Columns by steps, from the sources at the left to grants at the right."""
    columns: dict[int, list[LineageNode]] = {}
    for node in found.nodes:
        columns.setdefault(found.steps[node.pk], []).append(node)
    boxes: dict[int, Box] = {}
    for place, step in enumerate(sorted(columns)):
        for row, node in enumerate(columns[step][:DRAWN_A_LEVEL]):
            x, y = place * (BOX_WIDTH + GAP_X) + 4, row * (BOX_HEIGHT + GAP_Y) + 4
            boxes[node.pk] = Box(node, x, y, urls[node.pk], step == 0)
    lines = [
        {
            "x1": boxes[edge.origin_id].x + BOX_WIDTH, "y1": boxes[edge.origin_id].y + BOX_HEIGHT // 2,
            **_end(boxes[edge.origin_id], boxes[edge.target_id]),
        }
        for edge in found.edges if edge.origin_id in boxes and edge.target_id in boxes
    ]  # fmt: skip
    tallest = max((min(len(nodes), DRAWN_A_LEVEL) for nodes in columns.values()), default=0)
    return {
        "boxes": list(boxes.values()), "lines": lines, "box_width": BOX_WIDTH, "box_height": BOX_HEIGHT,
        "width": len(columns) * (BOX_WIDTH + GAP_X) - GAP_X + 8, "height": tallest * (BOX_HEIGHT + GAP_Y) + 8,
        "is_cut": found.is_cut or len(boxes) < len(found.nodes),
    }  # fmt: skip


def _end(origin: Box, target: Box) -> dict[str, int]:
    """Where a line ends and how far before it bends: at the left side, within a column at the right side."""
    y = target.y + BOX_HEIGHT // 2
    if origin.x == target.x:
        return {"x2": target.x + BOX_WIDTH, "y2": y, "bend": GAP_X // 2}
    return {"x2": target.x, "y2": y, "bend": -GAP_X // 2}
