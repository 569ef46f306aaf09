"""Boards of the district's dashboard: which tiles, in which order, how large."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Account

LOOKS = (("auto", _("随系统")), ("dark", _("深色")), ("light", _("浅色")))


class Board(models.Model):
    """A saved board. `roles` are full role keys it is shown to beside its owner; each sees in it what they may see.

    `is_first`: what the owner sees without choosing. `look` and `turn_seconds` are for the full screen.
    """

    owner = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("所有人"))
    name = models.CharField(_("名称"), max_length=40)
    roles = models.JSONField(_("共享给"), default=list, blank=True)
    is_first = models.BooleanField(_("首选"), default=False)
    look = models.CharField(_("大屏外观"), max_length=5, choices=LOOKS, default="dark")
    turn_seconds = models.PositiveSmallIntegerField(_("翻页间隔（秒）"), default=30)
    made_at = models.DateTimeField(_("创建时间"), default=now)
    changed_at = models.DateTimeField(_("修改时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("看板")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("owner", "name"), name="brain_board_name_once"),
            models.UniqueConstraint(
                fields=("owner",), condition=Q(is_first=True), name="brain_one_first_board"
            ),
        )

    def __str__(self) -> str:
        return self.name


class BoardTile(models.Model):
    """A tile on a board: `page` counts the screens of the full-screen view from 1, `width` columns, `height` rows."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="tiles", verbose_name=_("看板"))
    key = models.CharField(_("图块"), max_length=80)
    page = models.PositiveSmallIntegerField(_("页"), default=1)
    position = models.PositiveSmallIntegerField(_("次序"))
    width = models.PositiveSmallIntegerField(_("宽"), default=1)
    height = models.PositiveSmallIntegerField(_("高"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("看板图块")
        ordering = ("board", "page", "position")
        constraints = (
            models.UniqueConstraint(fields=("board", "key"), name="brain_tile_once"),
            models.CheckConstraint(
                condition=Q(width__gte=1, width__lte=4, height__gte=1, height__lte=3, page__gte=1),
                name="brain_tile_size",
            ),
        )

    def __str__(self) -> str:
        return f"{self.board_id} {self.key}"
