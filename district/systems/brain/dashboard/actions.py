"""Saving boards. What belongs to somebody else is never changed: the reader gets a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.roles import all_roles
from district.kernel.ui.tile import tiles_for

from ..models import Board, BoardTile
from .plan import MOST_PAGES, TALLEST, WIDEST
from .queries import may_share

LONGEST_NAME, MOST_BOARDS = 40, 20


class BoardRefused(ValueError):
    """A board cannot be saved so: `code` for machines, the text for people."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Place:
    """What the reader wants: which tile, where, how large."""

    key: str
    page: int = 1
    width: int = 1
    height: int = 1


@transaction.atomic
def arrange(account: Any, board: Board | None, places: Sequence[Place]) -> Board:
    """Saves order and sizes into the account's own board, or into a copy that becomes its first."""
    _check(account, places)
    if board is None or board.owner_id != account.pk:
        board = _copy(account, board)
    board.tiles.all().delete()
    BoardTile.objects.bulk_create(
        BoardTile(
            board=board,
            key=place.key,
            page=place.page,
            position=position,
            width=place.width,
            height=place.height,
        )
        for position, place in enumerate(places)
    )
    Board.objects.filter(pk=board.pk).update(changed_at=now())
    return board


@transaction.atomic
def make_board(account: Any, name: str, places: Sequence[Place]) -> Board:
    """Another board of one's own, which becomes the first."""
    _check(account, places)
    return arrange(account, _first(account, Board(owner_id=account.pk, name=_name(account, name))), places)


@transaction.atomic
def change_board(
    board: Board, account: Any, *, name: str, look: str, turn_seconds: int, roles: Sequence[str]
) -> Board:
    """Name, look and turning of the full screen, and whom it is shown to."""
    _own(board, account)
    board.name = name if name == board.name else _name(account, name)
    known = {entry.key for entry in all_roles()}
    wanted = sorted(set(roles))
    if wanted != sorted(board.roles) and not may_share(account):
        raise BoardRefused("may_not_share", _("只有领导和数据管理员可以共享看板"))
    if not set(wanted) <= known:
        raise BoardRefused(
            "unknown_role", _("没有这个岗位：%(roles)s") % {"roles": "、".join(set(wanted) - known)}
        )
    if look not in ("auto", "dark", "light"):
        raise BoardRefused("unknown_look", _("外观应为深色、浅色或随系统：%(look)s") % {"look": look})
    if not 5 <= turn_seconds <= 600:
        raise BoardRefused("turn_seconds", _("翻页间隔应为 5 至 600 秒：%(n)d") % {"n": turn_seconds})
    board.roles, board.look, board.turn_seconds, board.changed_at = wanted, look, turn_seconds, now()
    board.save()
    return board


@transaction.atomic
def choose_first(account: Any, board: Board | None) -> None:
    """What the account sees without choosing; None: the board of its role, or one shared with it."""
    Board.objects.filter(owner_id=account.pk, is_first=True).update(is_first=False)
    if board is not None:
        _own(board, account)
        Board.objects.filter(pk=board.pk).update(is_first=True)


def delete_board(board: Board, account: Any) -> None:
    _own(board, account)
    board.delete()


def _own(board: Board, account: Any) -> None:
    if board.owner_id != account.pk:
        raise BoardRefused("not_yours", _("这是别人的看板，只能另存为自己的"))


def _copy(account: Any, board: Board | None) -> Board:
    look, turn = (board.look, board.turn_seconds) if board else ("dark", 30)
    name = _free_name(account, board.name if board else str(_("我的看板")))
    return _first(account, Board(owner_id=account.pk, name=name, look=look, turn_seconds=turn))


def _first(account: Any, board: Board) -> Board:
    if Board.objects.filter(owner_id=account.pk).count() >= MOST_BOARDS:
        raise BoardRefused("too_many", _("每人最多 %(n)d 块看板，请先删除不用的") % {"n": MOST_BOARDS})
    Board.objects.filter(owner_id=account.pk, is_first=True).update(is_first=False)
    board.is_first = True
    board.save()
    return board


def _free_name(account: Any, wanted: str) -> str:
    taken = set(Board.objects.filter(owner_id=account.pk).values_list("name", flat=True))
    name, number = wanted[: LONGEST_NAME - 4], 1
    while name in taken:
        number += 1
        name = f"{wanted[: LONGEST_NAME - 4]} {number}"
    return name


def _name(account: Any, name: str) -> str:
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST_NAME:
        raise BoardRefused("name", _("看板名称应为 1 至 %(n)d 个字") % {"n": LONGEST_NAME})
    if Board.objects.filter(owner_id=account.pk, name=wanted).exists():
        raise BoardRefused("name_taken", _("已有同名看板：%(name)s") % {"name": wanted})
    return wanted


def _check(account: Any, places: Sequence[Place]) -> None:
    offered, seen = tiles_for(account), set()
    for place in places:
        if place.key not in offered:
            raise BoardRefused("unknown_tile", _("没有这个图块，或无权查看：%(key)s") % {"key": place.key})
        if place.key in seen:
            raise BoardRefused("tile_twice", _("图块重复：%(key)s") % {"key": place.key})
        if not (
            1 <= place.width <= WIDEST and 1 <= place.height <= TALLEST and 1 <= place.page <= MOST_PAGES
        ):
            raise BoardRefused("tile_size", _("图块 %(key)s 的大小或页码超出范围") % {"key": place.key})
        seen.add(place.key)
