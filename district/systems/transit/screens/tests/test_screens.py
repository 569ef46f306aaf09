"""A screen: what it is given, what it may fetch, what it says it has shown, and who decides."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from district.kernel.clock import now
from district.kernel.people.models import Account, Duty
from district.testing.people import account as new_account

from ...models import Playlist, PlaylistItem, Screen, Showing
from ...notices import actions as releasing
from .. import actions
from ..queries import programme_of, state_of

pytestmark = pytest.mark.django_db


def account(role: str) -> Account:
    """The one account with that duty."""
    duty = Duty.objects.filter(role=role).select_related("account").first()
    return duty.account if duty else new_account(role)


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(drawn, "PNG")
    return SimpleUploadedFile("演示.png", drawn.getvalue())


@pytest.fixture
def screen() -> Screen:
    return Screen.objects.create(name="演示站牌", stops=["Z001A"], group="城区")


def released(groups: list[str] | None = None, **fields: Any) -> Playlist:
    editor = account("transit.editor")
    made = releasing.edited(Playlist(title="演示播放单", groups=groups or [], **fields), editor)
    actions.add_item(editor, made, "image", upload=picture(), seconds=8)
    actions.add_item(editor, made, "text", title="文明乘车", text="先下后上")
    return releasing.approve(releasing.submit(made, editor), account("transit.operator"))


def report(client: Client, screen: Screen, **told: Any) -> Any:
    return client.post(f"/transit/screens/{screen.key}/report", json.dumps(told), "application/json")


def showing(key: str, began: datetime, **fields: Any) -> dict[str, Any]:
    return {
        "key": key,
        "item": None,
        "kind": "text",
        "title": "文明乘车",
        "began": began.timestamp(),
        "seconds": 12,
        "whole": True,
    } | fields


def test_a_screen_gets_the_playlists_of_its_group_and_their_media(client: Client, screen: Screen):
    released(["城区"])
    released(["乡镇"])
    told = client.get(f"/transit/screens/{screen.key}/programme.json").json()
    assert [each["kind"] for each in told["playlists"][0]["items"]] == ["image", "text"]
    assert len(told["playlists"]) == 1
    media = client.get(told["playlists"][0]["items"][0]["media"])
    assert media["Content-Type"] == "image/png"
    assert "immutable" in media["Cache-Control"]
    assert client.get(f"/transit/screens/{screen.key}/").status_code == 200


def test_what_is_not_released_is_neither_in_the_programme_nor_fetched(client: Client, screen: Screen):
    playlist = released()
    media = programme_of(screen)["playlists"][0]["items"][0]["media"]
    actions.add_item(account("transit.editor"), playlist, "text", title="新", text="未审")
    assert programme_of(screen)["playlists"] == [], "changed, it is a draft again"
    assert client.get(media).status_code == 404


def test_the_programme_says_whether_it_changed(client: Client, screen: Screen):
    address = f"/transit/screens/{screen.key}/programme.json"
    before = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": before}).status_code == 304
    released()
    assert client.get(address, headers={"If-None-Match": before}).status_code == 200


def test_a_heartbeat_shows_it_online_and_silence_is_seen(client: Client, screen: Screen):
    assert state_of(screen) == "never"
    assert (
        report(
            client,
            screen,
            version="1",
            software="2",
            condition={"width": 1080, "odd": 1, "browser": "x" * 900},
        ).status_code
        == 200
    )
    screen.refresh_from_db()
    assert (state_of(screen), screen.version, screen.condition["width"]) == ("online", "1", 1080)
    assert "odd" not in screen.condition
    assert len(screen.condition["browser"]) == 200
    screen.seen_at = now() - timedelta(minutes=4)
    assert state_of(screen) == "silent"


def test_a_showing_counts_once_however_often_it_is_told(client: Client, screen: Screen):
    item = released().items.first()
    assert item is not None
    told = [
        showing("key-00000001", now(), item=item.pk),
        showing("key-00000002", now(), item=item.pk, whole=False),
    ]
    for _time in range(2):
        assert report(client, screen, shown=told).json() == {"taken": ["key-00000001", "key-00000002"]}
    assert Showing.objects.filter(item=item).count() == 2
    assert Showing.objects.filter(item=item, is_whole=True).count() == 1


@pytest.mark.parametrize("odd", [
    {"began": (now() - timedelta(days=40)).timestamp()}, {"began": (now() + timedelta(days=1)).timestamp()}, {"began": "x"},
    {"began": 1e300}, {"seconds": -1}, {"seconds": None}, {"key": "short"},
])  # fmt: skip
def test_a_showing_that_cannot_be_is_taken_from_the_screen_but_not_believed(
    client: Client, screen: Screen, odd: dict[str, Any]
):
    told = [showing("key-00000001", now()) | odd]
    assert report(client, screen, shown=told).json()["taken"] == [told[0]["key"]]
    assert not Showing.objects.exists()


def test_a_piece_that_never_was_is_counted_without_one(client: Client, screen: Screen):
    report(
        client,
        screen,
        shown=[showing("key-00000001", now(), item=987654), showing("key-00000002", now(), item=True)],
    )
    assert list(Showing.objects.values_list("item", flat=True)) == [None, None]


def test_nonsense_is_refused_and_too_much_is_held_back(client: Client, screen: Screen):
    address = f"/transit/screens/{screen.key}/report"
    assert client.post(address, "nonsense", "application/json").status_code == 400
    assert client.post(address, "[]", "application/json").status_code == 400
    answers = [report(client, screen).status_code for _ in range(40)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_a_new_key_and_a_screen_switched_off_show_nothing_any_more(client: Client, screen: Screen):
    old = screen.key
    actions.renew_key(account("transit.editor"), screen)
    assert client.get(f"/transit/screens/{old}/").status_code == 404
    Screen.objects.update(is_active=False)
    assert client.get(f"/transit/screens/{screen.key}/programme.json").status_code == 404


def test_pieces_are_moved_and_dropped_in_order():
    playlist, editor = released(), account("transit.editor")
    first, second = playlist.items.all()
    actions.move_item(editor, second, -1)
    assert [each.pk for each in playlist.items.all()] == [second.pk, first.pk]
    actions.drop_item(editor, PlaylistItem.objects.get(pk=second.pk))
    assert [each.pk for each in playlist.items.all()] == [first.pk]


def test_an_editor_sets_up_screens_and_playlists_in_the_browser(client: Client):
    client.force_login(account("transit.editor"))
    client.post(
        "/transit/screen-settings/new",
        {"name": "新站牌", "stops": "none", "group": "城区", "is_active": "on"},
    )
    assert not Screen.objects.exists(), "a stop that is not there"
    client.post(
        "/transit/playlists/new",
        {"title": "早间", "priority": 2, "from_time": "06:00", "to_time": "09:00", "weekdays": [0, 1]},
    )
    made = Playlist.objects.get()
    client.post(f"/transit/playlists/{made.pk}/items", {"kind": "image", "seconds": 10, "upload": picture()})
    client.post(f"/transit/playlists/{made.pk}/items", {"kind": "video", "seconds": 10})
    assert made.items.count() == 1, "a video needs its file"
    client.post(f"/transit/playlists/{made.pk}/acts/submit")
    made.refresh_from_db()
    assert (made.state, made.weekdays) == ("submitted", [0, 1])
    assert client.get(f"/transit/playlists/{made.pk}/").status_code == 200
    for page in ("screens", "playlists", "bulletins", "shops", "weather"):
        assert client.get(f"/transit/{page}/").status_code == 200
