"""车载图片: pictures that terminals sent; who opens one is noted with the purpose."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.files.models import FileLink
from district.kernel.files.owners import owner
from district.kernel.people.access import may
from district.kernel.people.models import AuditEntry
from district.kernel.ui.map import Layer, Map
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import TerminalMedia
from .keeping import SUBJECT, keep_days

SEEING = ("transit.operator", "transit.dispatcher")
STATES = {"kept": "green", "refused": "red", "forgotten": "secondary"}

owner(SUBJECT, may_look=lambda account, _subject: may(account, *SEEING))


def pictures(request: HttpRequest) -> HttpResponseBase:
    """All that came, without the pictures themselves: looking at one is an act of its own."""
    table = Table(
        "pictures",
        columns=[
            Column("taken_at", _("拍摄时间"), format="second", filter="date", link=lambda row: _address(row.pk)),
            Column("bus.number", _("车辆"), filter="text"),
            Column("device.code", _("终端号码"), filter="text"),
            Column("kind", _("类型"), filter="choice", choices=dict(TerminalMedia.Kind.choices)),
            Column("event", _("触发"), filter="choice", choices={int(key): words for key, words in events().items()}),
            Column("channel", _("通道"), filter="number", format=0),
            Column("state", _("状态"), badge=STATES, choices=states(), value=_state, sortable=False),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: _("真实")}),
        ],
        source=TerminalMedia.objects.select_related("bus", "device"),
        order="-taken_at",
        per_page=25,
        title=_("车载图片"),
        empty=_("还没有终端上传图片"),
    )  # fmt: skip
    context = {"table": table, "days": keep_days()}
    return table.respond(request) or page(request, "transit/pictures/pictures.html", context)


@part(of="pictures", path="pictures/<int:pk>/")
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of them. Its content is asked for by the page, and each time it is given out that is noted."""
    media = get_object_or_404(TerminalMedia.objects.select_related("bus", "device", "file"), pk=pk)
    link = FileLink.objects.filter(subject_kind=SUBJECT, subject=str(media.pk)).select_related("file").first()
    context: dict[str, Any] = {
        "media": media, "link": link, "event": events().get(str(media.event), str(media.event)), "map": _map(media),
        "looks": _looks(media, link) if link else [], "days": keep_days(),
    }  # fmt: skip
    return page(request, "transit/pictures/picture.html", context)


def _looks(media: TerminalMedia, link: FileLink) -> list[AuditEntry]:
    """Who has seen it, the newest first; nobody can have before it came."""
    subject = f"{SUBJECT} {media.pk} {link.pk}"
    noted = AuditEntry.objects.filter(at__gte=media.received_at, action="look", subject_kind="file", subject=subject)
    return list(noted.order_by("-seq")[:20])


def _address(pk: int) -> str:
    return reverse("transit:picture", args=[pk])


def _state(media: TerminalMedia) -> str:
    return "kept" if media.file_id else "refused" if media.refused else "forgotten"


def events() -> dict[str, str]:
    """What made the terminal take it: JT/T 808, table 77."""
    return {
        "0": _("平台下发"), "1": _("定时"), "2": _("抢劫报警"), "3": _("碰撞侧翻"), "4": _("开门"), "5": _("关门"),
        "6": _("车门由开变关且车速超过 20 km/h"), "7": _("定距"),
    }  # fmt: skip


def states() -> dict[str, str]:
    return {"kept": _("已保存"), "refused": _("未保存"), "forgotten": _("已过期删除")}


def _map(media: TerminalMedia) -> Map | None:
    if media.lon is None or media.lat is None:
        return None
    point = {"type": "Point", "coordinates": [media.lon, media.lat]}
    name = media.bus.number if media.bus else media.device.code
    feature = {"type": "Feature", "id": media.pk, "geometry": point, "properties": {"name": name}}
    layer = Layer("place", _("拍摄位置"), data={"type": "FeatureCollection", "features": [feature]}, label="name")
    return Map("picture", layers=[layer], center=(media.lon, media.lat), zoom=14)
