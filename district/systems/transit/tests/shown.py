"""What the browser test of all pages looks at beside the pages of the manifest: details with something in them."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils.http import urlencode

from district.kernel.clock import now, today
from district.kernel.devices.models import Device, DeviceReport
from district.kernel.files import content_store
from district.systems.transit import seed
from district.systems.transit.fleet.seed import phone_of
from district.systems.transit.models import (
    Assignment,
    Bulletin,
    Bus,
    Change,
    DraftLine,
    DraftPattern,
    DraftProfile,
    DraftStop,
    Edition,
    OutsideFeed,
    Playlist,
    Screen,
    TopUp,
)
from district.systems.transit.pictures.keeping import keep_media
from district.systems.transit.screens import seed as public
from district.systems.transit.simulator.terminal import PICTURE
from district.systems.transit.timetables import actions as timetables
from district.testing.people import account, organisation

DISPATCHER = "transit.dispatcher"


def prepare() -> dict[str, str]:
    """The demonstration; address → the role that looks at it ("" the public). Each sub-feature adds its own below."""
    organisation("zhoucun", kind="district")
    seed.seed()
    found: dict[str, str] = {}
    found |= _dispatching()
    found |= _timetables()
    found |= _changes_and_feeds()
    found |= _terminals()
    found |= _pictures()
    found |= _plans_and_cards()
    found |= _public()
    return found


def _public() -> dict[str, str]:
    """A stop, a line, a screen, and how what it shows is edited."""
    public.make(account("transit.editor"), account("transit.operator"))
    screen, bulletin = Screen.objects.order_by("pk").first(), Bulletin.objects.order_by("pk").first()
    passengers = ("/transit/stops/Z001A/?all=1", "/transit/lines/L1/", f"/transit/screens/{screen.key}/")
    staff = (f"/transit/bulletins/{bulletin.pk}/", f"/transit/screen-settings/{screen.pk}/",
             f"/transit/playlists/{Playlist.objects.order_by('pk').first().pk}/")  # fmt: skip
    return dict.fromkeys(passengers, "") | dict.fromkeys(staff, "transit.editor")


def _pictures() -> dict[str, str]:
    """What the camera of a simulated bus sent."""
    device = Device.objects.filter(code=phone_of(1)).get()
    sha256 = hashlib.sha256(PICTURE.read_bytes()).hexdigest()
    told = {"media_type": 0, "format": 0, "event": 0, "channel": 1, "sha256": sha256}
    content_store.write(sha256, PICTURE.read_bytes())
    report = DeviceReport.objects.create(device=device, protocol="jt808", kind="media", key="shown", at=now(), is_told=True,
                                         payload=told | {"lat": 36.8031, "lon": 117.8702})  # fmt: skip
    media = keep_media(report.pk)
    assert media is not None
    return {f"/transit/pictures/{media.pk}/": DISPATCHER}


def _plans_and_cards() -> dict[str, str]:
    """A plan, a receipt, the test provider's page; an order as the cashier sees it."""
    asked = urlencode({"from": "北郊镇公交站", "to": "永安街道公交站", "at": f"{today()}T08:00"})
    paid, waiting = TopUp.objects.filter(state="paid").first(), TopUp.objects.filter(state="waiting").first()
    public = (f"/transit/plan/?{asked}", f"/transit/cards/orders/{paid.key}/", waiting.pay_url)
    return dict.fromkeys(public, "") | {f"/transit/card-orders/{paid.number}/": "transit.cashier"}


def _terminals() -> dict[str, str]:
    """A terminal, a form of it, a new one, an exchange."""
    terminal = Device.objects.filter(protocol="jt808").first()
    one = f"/transit/terminals/{terminal.pk}/"
    return dict.fromkeys((one, f"{one}?do=parameters", "/transit/terminals/new", "/transit/terminals/swap"), "transit.operator")


def _changes_and_feeds() -> dict[str, str]:
    """A change as it is told, the forms of two kinds, a feed of others."""
    change, feed = Change.objects.filter(is_simulated=True, kind="skip").first(), OutsideFeed.objects.first()
    addresses = (f"/transit/changes/{change.pk}/", "/transit/changes/new/?kind=detour", f"/transit/changes/{change.pk}/amend/",
                 f"/transit/feeds/{feed.pk}/", "/transit/feeds/new/")  # fmt: skip
    return dict.fromkeys(addresses, "transit.planner")


def _dispatching() -> dict[str, str]:
    """A trip with what can be done to it, a bus, a replay."""
    told, bus = Assignment.objects.order_by("start_time").last(), Bus.objects.first()
    trip = urlencode({"day": told.day, "trip": told.trip_id, "start": told.start_time, "do": "short_turn"})
    replay = urlencode({"day": today(), "begin": "00:00", "minutes": 60, "line": "", "bus": bus.number})
    addresses = (f"/transit/board/trip?{trip}", f"/transit/buses/{bus.pk}", f"/transit/replay/?{replay}", "/transit/board/?all=1")
    return dict.fromkeys(addresses, DISPATCHER) | {"/transit/buses/new": "transit.operator"}


def _timetables() -> dict[str, str]:
    """An edition, two compared, and a small draft with each kind of page."""
    edition = Edition.objects.defer("feed").get(is_simulated=True)
    agency = {"agency_id": "bus", "agency_name": "演示公交", "agency_url": "https://example.org/"}
    draft = timetables.new_draft("演示草案", today(), today() + timedelta(90), agency, None, is_simulated=True)
    DraftStop.objects.bulk_create(
        DraftStop(draft=draft, key=f"s{n}", name=f"演示{n}站", lat=36.80, lon=117.84 + n * 0.01) for n in range(6)
    )
    line = DraftLine.objects.create(draft=draft, key="L1", short_name="演示1路", agency="bus")
    pattern = DraftPattern(draft=draft, line=line, direction="0")
    timetables.save_pattern(pattern, [f"s{n}" for n in range(6)], [])
    times = [n * 120 for n in range(6)]
    timetables.save_profile(DraftProfile(pattern=pattern, name="全天", arrivals=times, departures=times))
    service = draft.draftservices.get(key="work")
    timetables.enter_departures(pattern, service, "06:00–20:30 每10分钟", headsign="演示5站")
    root = f"/transit/timetables/{draft.pk}"
    addresses = (
        f"{root}/", f"{root}/stops/", f"{root}/days/", f"{root}/days/{service.pk}/", f"{root}/lines/{line.pk}/",
        f"{root}/patterns/{pattern.pk}/", f"{root}/patterns/{pattern.pk}/times/",
        f"{root}/patterns/{pattern.pk}/profiles/{pattern.profiles.get().pk}/", f"/transit/editions/{edition.pk}/",
        f"/transit/editions/compare?before={edition.pk}&after={edition.pk}",
    )  # fmt: skip
    return dict.fromkeys(addresses, "transit.planner")
