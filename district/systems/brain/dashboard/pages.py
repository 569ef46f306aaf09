"""The dashboard: boards, tiles, the full screen, and how a board is changed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.roles import all_roles
from district.kernel.ui.languages import pick
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.tile import Tile, tiles_for

from ..models import Board
from ..models.boards import LOOKS
from . import actions, map_layers
from .plan import MOST_PAGES, Placed, pages_of, placed, start_for
from .queries import board_for, boards_of, may_share
from .rendering import body_of

CASES_TOPIC = "brain.cases"
topic(CASES_TOPIC, roles=("staff",))


def dashboard(request: HttpRequest) -> HttpResponseBase:
    """A board; `?board=` another one, `?board=0` that of the role; `?wall=1` the full screen that turns its pages."""
    board = _asked(request)
    tiles = placed(board.tiles.all(), request.user) if board else start_for(request.user)
    is_wall = request.GET.get("wall") == "1"
    on_it = {each.tile.key for each in tiles}
    context = {
        "board": board,
        "pages": pages_of(tiles),
        "look": _look(request, board),
        "turn_seconds": board.turn_seconds if board else 30,
        "most_pages": MOST_PAGES,
        "boards": [] if is_wall else boards_of(request.user),
        "left_out": []
        if is_wall
        else [tile for key, tile in tiles_for(request.user).items() if key not in on_it],
        "is_mine": board is not None and board.owner_id == request.user.pk,
        "wall_url": f"{reverse('brain:dashboard')}?wall=1" + (f"&board={board.pk}" if board else ""),
        "plan": _plan(tiles),
    }
    return page(
        request, "brain/dashboard/wall.html" if is_wall else "brain/dashboard/dashboard.html", context
    )


@part(of="dashboard", path="dashboard/tiles/<str:key>/")
def dashboard_tile(request: HttpRequest, key: str) -> HttpResponseBase:
    """What a tile shows now; 204 when that is what the reader has (`?seen=` its digest)."""
    html, digest = body_of(request, _tile(request, key))
    if digest and request.GET.get("seen") == digest:
        return HttpResponse(status=204)
    answer = HttpResponse(html)
    answer["X-Digest"] = digest
    answer["Cache-Control"] = "no-store"
    return answer


@part(of="dashboard", path="dashboard/map/<slug:layer>.json", name="dashboard_layer")
def dashboard_layer(request: HttpRequest, layer: str) -> HttpResponseBase:
    """A layer of the board's map."""
    if layer not in map_layers.LAYERS:
        raise Http404(layer)
    return JsonResponse(map_layers.LAYERS[layer](request.user), json_dumps_params={"ensure_ascii": False})


@part(of="dashboard", path="dashboard/arrange/", methods=("POST",))
def dashboard_arrange(request: HttpRequest) -> HttpResponseBase:
    """`{"tiles": [{"key", "page", "width", "height"}, …], "board": number or 0, "name": ""}`: saved in this order.

    With a name a new board is made. Answers `{"board": number, "url": …}`, or 422 with code and words.
    """
    try:
        asked = json.loads(request.body)
        places = [
            actions.Place(str(each["key"]), int(each["page"]), int(each["width"]), int(each["height"]))
            for each in asked["tiles"]
        ]
        number, name = int(asked.get("board") or 0), str(asked.get("name") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"code": "not_understood", "words": _("看不懂的看板")}, status=422)
    try:
        board = _board(request, number) if number else None
        saved = (
            actions.make_board(request.user, name, places)
            if name
            else actions.arrange(request.user, board, places)
        )
    except actions.BoardRefused as refusal:
        return JsonResponse({"code": refusal.code, "words": str(refusal)}, status=422)
    return JsonResponse({"board": saved.pk, "url": f"{reverse('brain:dashboard')}?board={saved.pk}"})


@part(of="dashboard", path="dashboard/boards/<int:pk>/", methods=("GET", "POST"))
def dashboard_board(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Name, look, turning, sharing of one's own board; delete it; see it first."""
    board, refusal = _board(request, pk), ""
    if board.owner_id != request.user.pk:
        raise Http404(str(pk))
    if request.method == "POST":
        try:
            return _changed(request, board)
        except actions.BoardRefused as refused:
            refusal = str(refused)
    context = {
        "board": board,
        "refusal": refusal,
        "looks": LOOKS,
        "may_share": may_share(request.user),
        "roles": [(entry.key, pick(entry)) for entry in all_roles() if entry.key.startswith("brain.")],
    }
    return page(request, "brain/dashboard/board.html", context, status=422 if refusal else 200)


@part(of="dashboard", path="dashboard/first/", methods=("POST",))
def dashboard_first(request: HttpRequest) -> HttpResponseBase:
    """Back to the board of the role."""
    actions.choose_first(request.user, None)
    return redirect("brain:dashboard")


def _changed(request: HttpRequest, board: Board) -> HttpResponseBase:
    given = request.POST
    if given.get("act") == "delete":
        actions.delete_board(board, request.user)
        messages.success(request, _("看板已删除"))
        return redirect("brain:dashboard")
    if given.get("act") == "first":
        actions.choose_first(request.user, board)
        return redirect("brain:dashboard")
    turn = given.get("turn_seconds", "")
    actions.change_board(
        board, request.user, name=given.get("name", ""), look=given.get("look", ""), roles=given.getlist("roles"),
        turn_seconds=int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 6 else 0,
    )  # fmt: skip
    messages.success(request, _("看板已保存"))
    return redirect(f"{reverse('brain:dashboard')}?board={board.pk}")


def _asked(request: HttpRequest) -> Board | None:
    text = request.GET.get("board", "")
    if text == "0":
        return None
    return (
        _board(request, int(text))
        if text.isascii() and text.isdigit() and len(text) < 18
        else board_for(request.user, None)
    )


def _board(request: HttpRequest, number: int) -> Board:
    try:
        found = board_for(request.user, number)
    except Board.DoesNotExist as missing:
        raise Http404(str(number)) from missing
    assert found is not None  # a number was asked for
    return found


def _tile(request: HttpRequest, key: str) -> Tile:
    tile = tiles_for(request.user).get(key)
    if tile is None:
        raise Http404(key)
    return tile


def _look(request: HttpRequest, board: Board | None) -> str:
    chosen = board.look if board else "dark"
    return request.COOKIES.get("theme", "light") if chosen == "auto" else chosen


def _plan(tiles: list[Placed]) -> list[dict[str, Any]]:
    return [
        {"key": each.tile.key, "page": each.page, "width": each.width, "height": each.height}
        for each in tiles
    ]
