"""What protects a key place: posts in reach, patrols that come by, inspections in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from district.kernel.clock import now
from district.kernel.people.access import scope_of
from district.kernel.places.geo import distance_m

from ...models import CheckPoint, InspectionFinding, KeyPlace, Patrol, Post

PATROLLED_DAYS = 7
GAPS = {"no_post": "岗点不覆盖", "no_patrol": "七日未巡到", "overdue": "检查逾期", "faults": "隐患未整改"}


@dataclass(frozen=True)
class Protection:
    """How one key place stands. `gaps`: keys of GAPS."""

    place: KeyPlace
    nearest_post: Post | None
    post_distance_m: float | None
    patrolled_at: datetime | None
    inspected_at: datetime | None
    inspect_by_at: datetime | None
    open_faults: int
    gaps: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def kind(self) -> str:
        return self.place.kind

    @property
    def level(self) -> int:
        return self.place.level

    @property
    def is_protected(self) -> bool:
        return not self.gaps


def posts_visible_to(account: Any) -> QuerySet[Post]:
    return scope_of(account, "governance").filter(Post.objects.all(), division_field="division_code")


def key_places_visible_to(account: Any) -> QuerySet[KeyPlace]:
    return scope_of(account, "governance").filter(KeyPlace.objects.all(), division_field="division_code")


def protection_of(places: Iterable[KeyPlace], at: datetime | None = None) -> list[Protection]:
    """The state of each place at a moment, now by default."""
    moment = at or now()
    rows = list(places)
    posts = list(Post.objects.filter(is_in_use=True))
    patrolled = _patrolled(moment)
    faults = _open_faults()
    dated = KeyPlace.objects.filter(pk__in=[place.pk for place in rows])
    inspected = dict(dated.annotate(at=Max("inspections__at")).values_list("pk", "at"))
    return [
        _one(place, posts, patrolled, inspected.get(place.pk), faults.get(place.pk, 0), moment)
        for place in rows
    ]


def _one(
    place: KeyPlace, posts: list[Post], patrolled: dict[int, datetime], inspected_at: datetime | None, faults: int,
    moment: datetime,
) -> Protection:  # fmt: skip
    far = sorted(((distance_m(place.lon, place.lat, post.lon, post.lat), post) for post in posts),
                 key=lambda pair: (pair[0], pair[1].pk))  # fmt: skip
    in_reach = any(gone <= post.reach_m for gone, post in far)
    due_at = inspected_at + timedelta(days=place.inspect_every_days) if inspected_at else None
    seen_at = patrolled.get(place.pk)
    found = {
        "no_post": not in_reach,
        "no_patrol": seen_at is None or seen_at < moment - timedelta(days=PATROLLED_DAYS),
        "overdue": due_at is None or due_at < moment,
        "faults": faults > 0,
    }
    return Protection(
        place, far[0][1] if far else None, far[0][0] if far else None, seen_at, inspected_at, due_at, faults,
        tuple(key for key, is_so in found.items() if is_so),
    )  # fmt: skip


def _patrolled(moment: datetime) -> dict[int, datetime]:
    """Key place → when a patrol last came to one of its check points, in the last weeks."""
    belongs = dict(CheckPoint.objects.filter(key_place__isnull=False).values_list("pk", "key_place_id"))
    found: dict[int, datetime] = {}
    since = moment - timedelta(days=4 * PATROLLED_DAYS)
    for reached in Patrol.objects.filter(started_at__gte=since, started_at__lte=moment).values_list(
        "reached", flat=True
    ):
        for key, text in (reached.get("check_points") or {}).items():
            place = belongs.get(int(key))
            if place is not None:
                at = datetime.fromisoformat(text)
                found[place] = max(found.get(place, at), at)
    return found


def _open_faults() -> dict[int, int]:
    counted: dict[int, int] = defaultdict(int)
    rows = InspectionFinding.objects.filter(fixed_at=None, inspection__key_place__isnull=False)
    for place, _item in rows.values_list("inspection__key_place", "item").order_by().distinct():
        counted[place] += 1
    return dict(counted)
