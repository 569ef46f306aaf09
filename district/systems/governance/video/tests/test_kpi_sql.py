"""The published SQL of networked cameras comes to what the platform measures."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.clock import CHINA
from district.kernel.devices.models import Device
from district.kernel.kpis.recomputing import agrees, published, read_only, recompute
from district.systems.governance import kpis
from district.systems.governance.models import Camera, KeyPoint, VideoSource

from .seeing import TOWN, camera

AT = datetime(2026, 11, 4, 9, 30, tzinfo=CHINA)
places = st.tuples(st.floats(117.850, 117.853), st.floats(36.800, 36.802))
cameras = st.tuples(
    st.none() | places, st.none() | st.floats(0, 359), st.sampled_from([30, 90, 180, 360]), st.sampled_from([50, 150, 400]),
    st.booleans(), st.none() | st.booleans(), st.none() | st.booleans(), st.sampled_from([None, 0, 29, 30, 31]),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(places, max_size=3), st.lists(cameras, max_size=6))
def test_the_sql_comes_to_the_measured_rate(points, seen) -> None:
    for model in (Camera, VideoSource, Device, KeyPoint):
        model.objects.all().delete()
    for number, (lon, lat) in enumerate(points):
        KeyPoint.objects.create(code=f"K{number}", name="示", kind="school", division_code=TOWN, lon=lon, lat=lat)
    for number, (place, heading, view, reach, in_use, registered, playable, minutes) in enumerate(seen):
        device = None
        if registered is not None:
            device = Device.objects.create(code=f"D{number}", name="示", kind="video_nvr", system="governance")
            VideoSource.objects.create(device=device, is_registered=registered)
        camera(
            device, f"{number:020}", lon=place and place[0], lat=place and place[1], heading_deg=heading, view_deg=view,
            range_m=reach, is_in_use=in_use, is_playable=playable,
            probed_at=None if minutes is None else AT - timedelta(minutes=minutes),
        )  # fmt: skip
    measured = kpis.video_networked_rate(AT)
    sql = published("governance", "video_networked_rate")
    assert sql is not None
    with read_only():
        found = recompute(sql, AT)
    assert agrees(measured.value, measured.fractions, found), (measured, found)
    assert len(measured.evidence) == sum(each.denominator for each in measured.fractions)
