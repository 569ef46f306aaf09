"""视频查看记录: who asked to see which camera, when and why; and a viewing that was allowed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Viewing, ViewingResult
from ..queries import cameras_visible_to, media_server, viewings_visible_to
from ..words import reason_text


def video_viewings(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "viewings",
        columns=[
            Column("at", _("时间"), format="second", filter="date"),
            Column("account.name", _("查看人"), filter="text"),
            Column("organisation.name", _("单位"), filter="text"),
            Column("camera.name", _("摄像机"), filter="text"),
            Column("purpose", _("用途"), filter="text"),
            Column("grant_id", _("授权编号"), format=lambda value: str(value)),
            Column("result", _("结果"), filter="choice", choices=dict(ViewingResult.choices),
                   badge={"allowed": "green", "refused": "red"}),
            Column("reason", _("原因"), format=reason_text),
            Column("until_at", _("有效至"), format="moment"),
        ],
        source=viewings_visible_to(request.user), order="-at", title=_("视频查看记录"), empty=_("还没有查看记录"),
    )  # fmt: skip
    return table.respond(request) or page(request, "governance/video/viewings.html", {"table": table})


@part(of="cameras", path="viewings/<int:pk>/", name="viewing")
def viewing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A viewing of one's own while it lasts: what a media server would be asked for."""
    mine = Viewing.objects.filter(account=request.user, result=ViewingResult.ALLOWED).select_related(
        "camera", "grant"
    )
    found = get_object_or_404(mine, pk=pk)
    camera = cameras_visible_to(request.user).filter(pk=found.camera_id).first()
    context = {
        "viewing": found, "camera": camera or found.camera, "media_server": media_server(),
        "is_over": found.until_at is not None and found.until_at <= now(), "reason": reason_text(found.camera.playable_reason),
        "is_playable": camera is not None and camera.state == "playable",
        "back": reverse("governance:camera", args=[found.camera.code]),
    }  # fmt: skip
    return page(request, "governance/video/viewing.html", context)
