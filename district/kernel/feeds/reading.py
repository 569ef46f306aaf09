"""Changes read by a program at its own pace: after a number, in order, as far as its grant goes at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min

from district.kernel import home
from district.kernel.datasets.models import Resource
from district.kernel.feeds import bodies, signing
from district.kernel.feeds.models import Change
from district.kernel.grants import uses
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.subjects import subject_hashes
from district.kernel.grants.viewers import Viewer

MOST = 1_000


@dataclass(frozen=True)
class Page:
    """`changes` as they are told; `next` is the number to ask after, `has_more` whether there are others already."""

    changes: list[dict[str, Any]]
    next: int
    has_more: bool


def changes_after(viewer: Viewer, rule: Rule, resource: Resource, after: int, limit: int) -> Page:
    """Up to `limit` changes with higher numbers. Their use is recorded before they are handed out.

    Raises Refused `too_old` (410) when changes after this number are no longer kept: the rows must be read anew.
    """
    ids = list(
        Change.objects.filter(resource=resource, pk__gt=after).order_by("pk").values_list("pk", flat=True)[: limit + 1]
    )
    _still_kept(resource, after)
    has_more, ids = len(ids) > limit, ids[:limit]
    if not ids:
        return Page([], after, False)
    found = bodies.told(rule, resource, ids, {})
    if found:
        persons = subject_hashes(number for each in found for number in each.subjects)
        uses.record(viewer, rule, channel="stream", rows=len(found), subjects=persons, title=resource.title)
    key = f"{home.secret('feeds')}:{rule.grant_id}"
    return Page([as_json(each, key) for each in found], ids[-1], has_more)


def as_json(told: bodies.Told, key: str) -> dict[str, Any]:
    return {
        "sequence": told.change.pk, "op": told.op, "at": told.change.at,
        "subject": signing.opaque(key, told.change.subject), "row": told.row,
    }  # fmt: skip


def newest(resource: Resource) -> int:
    """The number of the newest change; 0 when there was none."""
    return Change.objects.filter(resource=resource).aggregate(Max("pk"))["pk__max"] or 0


def _still_kept(resource: Resource, after: int) -> None:
    oldest = Change.objects.filter(resource=resource).aggregate(Min("pk"))["pk__min"]
    if after and oldest is not None and not Change.objects.filter(resource=resource, pk__lte=after).exists():
        raise Refused(
            "too_old", "这个位置之后的变更已超过保存期，请重新读取全部数据", field="after", value=after, status=410
        )
