"""What of the cameras an account may see, and the figures the pages show."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.fields import CharField

from district.kernel.clock import now, today
from district.kernel.people.access import may, scope_of
from district.systems.governance.models import (
    Camera,
    CatalogueDifference,
    GrantState,
    KeyPoint,
    VideoAlarm,
    VideoGrant,
    VideoSource,
    Viewing,
)

from .coverage import Point, View, covered
from .states import STALE_AFTER

KEEPERS = ("governance.video_officer", "governance.officer")
"""Those who look after the cameras of their area."""


def cameras_visible_to(account: Any) -> QuerySet[Camera]:
    """Cameras of the account's area or unit, and those its unit has been granted; with `state` for lists."""
    scope = scope_of(account, "governance")
    mine = scope.filter(
        Camera.objects.all(), division_field="division_code", organisation_field="organisation_id"
    )
    granted = Camera.objects.filter(grants__in=grants_in_force(account))
    rows = Camera.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=granted.values("pk")))
    return with_state(rows.select_related("device__video_source", "organisation"))


def with_state(rows: QuerySet[Camera]) -> QuerySet[Camera]:
    """The same words as `states.camera_state`, worked out by the database."""
    stale_before = now() - STALE_AFTER
    state = Case(
        When(is_in_use=False, then=Value("retired")),
        When(Q(device__video_source__is_registered=False) | Q(device__video_source__isnull=True), then=Value("offline")),
        When(Q(is_playable__isnull=True) | Q(probed_at__isnull=True), then=Value("unproved")),
        When(probed_at__lt=stale_before, then=Value("stale")),
        When(is_playable=True, then=Value("playable")),
        default=Value("unplayable"), output_field=CharField(),
    )  # fmt: skip
    return rows.annotate(state=state)


def grants_in_force(account: Any) -> QuerySet[VideoGrant]:
    """Approved grants of the account's unit, or of a unit above it, whose term runs today."""
    organisation = getattr(account, "organisation", None)
    if organisation is None:
        return VideoGrant.objects.none()
    parts = organisation.path.split(".")
    above = [".".join(parts[: n + 1]) for n in range(len(parts))]
    return VideoGrant.objects.filter(
        state=GrantState.APPROVED, from_on__lte=today(), until_on__gte=today(), organisation__path__in=above
    )


def live_grant(account: Any, camera: Camera) -> VideoGrant | None:
    """The grant by which the account may watch this camera now, if any; the one that ends last."""
    return grants_in_force(account).filter(cameras=camera).order_by("-until_on", "pk").first()


def watches_without_grant(account: Any, camera: Camera) -> bool:
    """Those who look after the cameras of an area need no grant for them."""
    scope = scope_of(account, "governance")
    return may(account, *KEEPERS) and (
        scope.covers(camera.division_code) or scope.covers(camera.organisation_id)
    )


def sources_visible_to(account: Any) -> QuerySet[VideoSource]:
    rows = VideoSource.objects.select_related("device", "device__owner").annotate(
        open_differences=Count("differences", filter=Q(differences__ended_at__isnull=True)),
        unexplained=Count("differences", filter=Q(differences__ended_at__isnull=True, differences__explanation="")),
        name=F("device__name"), code=F("device__code"),
    )  # fmt: skip
    return scope_of(account, "governance").filter(
        rows, division_field="device__division_code", organisation_field="device__owner_id"
    )


def differences_visible_to(account: Any) -> QuerySet[CatalogueDifference]:
    """Open ones, those without an explanation first."""
    rows = CatalogueDifference.objects.filter(ended_at__isnull=True).select_related(
        "source__device", "explained_by"
    )
    return scope_of(account, "governance").filter(
        rows, division_field="source__device__division_code", organisation_field="source__device__owner_id"
    )


def alarms_visible_to(account: Any) -> QuerySet[VideoAlarm]:
    rows = VideoAlarm.objects.select_related("device", "camera")
    return scope_of(account, "governance").filter(
        rows, division_field="device__division_code", organisation_field="camera__organisation_id"
    )


def grants_visible_to(account: Any) -> QuerySet[VideoGrant]:
    """All for those who look after cameras of the whole district; else those of the own unit and those asked for."""
    rows = VideoGrant.objects.select_related("organisation", "asked_by", "decided_by").annotate(
        camera_count=Count("cameras")
    )
    if may(account, *KEEPERS) and scope_of(account, "governance").is_whole:
        return rows
    return rows.filter(Q(organisation=account.organisation) | Q(asked_by=account))


def viewings_visible_to(account: Any) -> QuerySet[Viewing]:
    """All for auditors and keepers of the whole district; else one's own."""
    rows = Viewing.objects.select_related("camera", "account", "organisation", "grant")
    is_keeper = may(account, *KEEPERS) and scope_of(account, "governance").is_whole
    return rows if is_keeper or may(account, "people.auditor") else rows.filter(account=account)


@dataclass(frozen=True)
class Coverage:
    """Of the key points: which cameras see each, and which of those can be watched just now."""

    points: tuple[KeyPoint, ...]
    cameras_of: dict[int, list[int]]
    playable_of: dict[int, list[int]]

    @property
    def planned(self) -> int:
        """Points in view of a camera of the register, whether it works or not."""
        return sum(1 for point in self.points if self.cameras_of[point.pk])

    @property
    def proved(self) -> int:
        """Points in view of a camera that gives a picture."""
        return sum(1 for point in self.points if self.playable_of[point.pk])

    def percent(self, count: int) -> float | None:
        return 100.0 * count / len(self.points) if self.points else None


def coverage() -> Coverage:
    """Worked out anew from positions, headings, angles and ranges."""
    points = tuple(KeyPoint.objects.all())
    cameras = list(with_state(Camera.objects.filter(is_in_use=True, lon__isnull=False, lat__isnull=False)))
    wanted = [Point(point.pk, point.lon, point.lat) for point in points]
    all_views = [view_of(camera) for camera in cameras]
    is_playable = {camera.pk for camera in cameras if camera.state == "playable"}
    return Coverage(
        points,
        covered(wanted, all_views),
        covered(wanted, [view for view in all_views if view.id in is_playable]),
    )


def view_of(camera: Camera) -> View:
    assert camera.lon is not None
    assert camera.lat is not None
    return View(camera.pk, camera.lon, camera.lat, camera.heading_deg, camera.view_deg, camera.range_m)


def state_figures(account: Any) -> dict[str, int]:
    """How many cameras stand how."""
    rows = cameras_visible_to(account).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def media_server() -> str:
    """The media server that would carry pictures to browsers, empty when none is connected: none is shipped."""
    return os.environ.get("DISTRICT_MEDIA_SERVER", "")
