"""Boards: what a role starts with, saving, sharing, and a tile that fails."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from district.kernel.people.models import Account
from district.kernel.ui.tile import Tile, all_tiles
from district.systems.brain.dashboard import actions
from district.systems.brain.dashboard.actions import BoardRefused, Place
from district.systems.brain.dashboard.plan import start_for
from district.systems.brain.dashboard.queries import board_for, boards_of
from district.systems.brain.models import Board
from district.testing.people import account

pytestmark = pytest.mark.django_db


def keys(board: Board | None) -> list[str]:
    return [tile.key for tile in board.tiles.all()] if board else []


def test_a_role_starts_with_a_board_and_saving_makes_a_copy_that_comes_first(leader: Account):
    assert board_for(leader, None) is None
    wanted = [placed.tile.key for placed in start_for(leader)][::-1]

    actions.arrange(leader, None, [Place(key) for key in wanted])

    assert keys(board_for(leader, None)) == wanted


def test_a_shared_board_is_seen_by_the_role_and_changed_only_as_a_copy(leader: Account):
    analyst = account("brain.analyst")
    board = actions.make_board(
        leader, "每日一看", [Place("brain.alarms"), Place("brain.health"), Place("brain.kpis")]
    )
    actions.change_board(
        board, leader, name="每日一看", look="light", turn_seconds=20, roles=["brain.analyst"]
    )
    assert board_for(analyst, None) == board

    copy = actions.arrange(analyst, board, [Place("brain.kpis")])

    assert copy.owner_id == analyst.pk
    assert keys(board_for(analyst, None)) == ["brain.kpis"]
    assert len(keys(board)) == 3


def test_a_shared_board_shows_nobody_a_tile_that_is_not_for_them(leader: Account, client: Client):
    board = actions.make_board(leader, "运行", [Place("brain.health"), Place("brain.kpis")])
    actions.change_board(board, leader, name="运行", look="dark", turn_seconds=20, roles=["brain.analyst"])
    client.force_login(account("brain.analyst"))

    page = client.get(reverse("brain:dashboard"), {"board": board.pk}).content.decode()

    assert 'data-tile="brain.kpis"' in page
    assert 'data-tile="brain.health"' not in page
    assert client.get(reverse("brain:dashboard_tile", args=["brain.health"])).status_code == 404


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ([Place("brain.nothing")], "unknown_tile"),
        ([Place("brain.kpis"), Place("brain.kpis")], "tile_twice"),
        ([Place("brain.kpis", width=5)], "tile_size"),
        ([Place("brain.kpis", page=0)], "tile_size"),
    ],
)
def test_what_cannot_be_placed_is_refused_by_name(leader: Account, places: list[Place], code: str):
    with pytest.raises(BoardRefused) as refused:
        actions.arrange(leader, None, places)
    assert refused.value.code == code
    assert not Board.objects.exists()


def test_only_leaders_and_stewards_share_and_nobody_changes_the_board_of_another(
    leader: Account, client: Client
):
    analyst = account("brain.analyst")
    own = actions.make_board(analyst, "我的", [Place("brain.kpis")])
    with pytest.raises(BoardRefused, match="共享"):
        actions.change_board(own, analyst, name="我的", look="dark", turn_seconds=30, roles=["brain.leader"])
    with pytest.raises(BoardRefused) as refused:
        actions.delete_board(own, leader)
    assert refused.value.code == "not_yours"
    client.force_login(leader)
    assert client.get(reverse("brain:dashboard"), {"board": own.pk}).status_code == 404
    assert own not in boards_of(leader)


def test_a_board_is_saved_by_its_page_and_what_it_cannot_read_is_refused(leader: Account, client: Client):
    client.force_login(leader)
    address = reverse("brain:dashboard_arrange")

    def post(body: Any) -> Any:
        return client.post(address, json.dumps(body), content_type="application/json")

    saved = post({"board": 0, "tiles": [{"key": "brain.kpis", "page": 1, "width": 2, "height": 1}]})
    assert saved.status_code == 200
    assert keys(Board.objects.get(pk=saved.json()["board"])) == ["brain.kpis"]
    for wrong in ([], {"tiles": 3}, {"tiles": [{"key": "brain.kpis"}]}, {"tiles": [None]}):
        assert post(wrong).status_code == 422


def test_settings_are_changed_on_their_page_with_the_reason_when_they_cannot_be(
    leader: Account, client: Client
):
    board = actions.make_board(leader, "大厅", [Place("brain.kpis")])
    client.force_login(leader)
    address = reverse("brain:dashboard_board", args=[board.pk])

    assert client.post(address, {"name": "大厅", "look": "dark", "turn_seconds": "2"}).status_code == 422
    assert (
        client.post(
            address, {"name": "门厅", "look": "light", "turn_seconds": "60", "roles": ["brain.leader"]}
        ).status_code
        == 302
    )
    board.refresh_from_db()
    assert (board.name, board.look, board.turn_seconds, board.roles) == (
        "门厅",
        "light",
        60,
        ["brain.leader"],
    )
    assert client.post(address, {"act": "delete"}).status_code == 302
    assert not Board.objects.exists()


def test_a_tile_that_fails_says_so_and_the_rest_goes_on(leader: Account, client: Client):
    def broken(_account: Any) -> Any:
        raise ZeroDivisionError

    tiles = dict(all_tiles()) | {"brain.kpis": Tile("brain.kpis", "指标", "Targets", broken)}
    client.force_login(leader)
    cache.clear()
    with patch("district.kernel.ui.tile.all_tiles", lambda: tiles):
        failed = client.get(reverse("brain:dashboard_tile", args=["brain.kpis"]))
        other = client.get(reverse("brain:dashboard_tile", args=["brain.alarms"]))

    assert "data-tile-failed" in failed.content.decode()
    assert "b-number" in other.content.decode()
    assert (
        "data-tile-failed"
        not in client.get(reverse("brain:dashboard_tile", args=["brain.kpis"])).content.decode()
    )


def test_what_the_reader_already_has_is_not_sent_again(leader: Account, client: Client):
    client.force_login(leader)
    address = reverse("brain:dashboard_tile", args=["brain.alarms"])
    digest = client.get(address)["X-Digest"]

    assert client.get(address, {"seen": digest}).status_code == 204
    assert client.get(address, {"seen": "another"}).status_code == 200


def test_a_system_offers_its_tile_by_a_file_of_its_own():
    assert all(key == tile.key and tile.roles for key, tile in all_tiles().items())
    assert {key.split(".")[0] for key in all_tiles()} >= {"brain", "environment"}
