"""电子站牌 and 播放单: set up, put together, released, and seen to have been shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q, Sum
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.files.refusal import Refusal
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Playlist, PlaylistItem, Release, Screen, Showing
from ..notices.actions import edited
from ..notices.refused import Refused
from ..notices.releasing import BADGES, act_on, acts_for, form_page
from ..public.network import network_in_force
from . import actions
from .forms import ItemForm, PlaylistForm, ScreenForm
from .playing import played_at
from .queries import hours_of, playlists_of, programme_of, software_version, state_of

LIGHTS = {"online": "green", "silent": "red", "never": "secondary", "off": "secondary"}
PLAYED_DAYS = 30


def states() -> dict[str, str]:
    return {"online": _("在线"), "silent": _("失联"), "never": _("未上线"), "off": _("停用")}


def screens(request: HttpRequest) -> HttpResponseBase:
    network = network_in_force()
    rows = [
        {"pk": each.pk, "name": each.name, "group": each.group, "state": state_of(each), "seen_at": each.seen_at,
         "stops": "、".join(network.stop_name(stop) if network else stop for stop in each.stops),
         "is_new": each.software == software_version(), "missing": each.condition.get("missing", 0)}
        for each in Screen.objects.all()
    ]  # fmt: skip
    table = Table(
        "screens",
        columns=[
            Column("name", _("名称"), filter="text", link=lambda row: reverse("transit:screen_settings", args=[row["pk"]])),
            Column("state", _("状态"), filter="choice", choices=states(), badge=LIGHTS),
            Column("group", _("分组"), filter="text"), Column("stops", _("站点"), filter="text"),
            Column("seen_at", _("最近心跳"), format="ago"),
            Column("is_new", _("页面版本"), choices={True: _("最新"), False: _("旧")}, badge={True: "green", False: "yellow"}),
            Column("missing", _("缺媒体"), format=0),
        ],
        source=rows, order="name", title=_("电子站牌"), empty=_("还没有登记站牌"),
    )  # fmt: skip
    return table.respond(request) or page(request, "transit/screens/screens.html", {"table": table})


@part(of="screens", path="screen-settings/new", methods=("GET", "POST"), roles=("editor", "operator"))
def new_screen(request: HttpRequest) -> HttpResponseBase:
    form = ScreenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.set_up(request.user, form.instance)
        messages.success(request, _("站牌已登记，请在设备上打开它的地址"))
        return redirect("transit:screen_settings", made.pk)
    return form_page(
        request, _("登记站牌"), PageForm(form, submit=_("登记"), columns=2), reverse("transit:screens")
    )


@part(of="screens", path="screen-settings/<int:pk>/", methods=("GET", "POST"))
def screen_settings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How it is set up, what it plays now, what it said of itself and of what it has shown."""
    found = get_object_or_404(Screen, pk=pk)
    form = ScreenForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.set_up(request.user, form.instance)
        messages.success(request, _("已保存，站牌在一分钟内更新"))
        return redirect("transit:screen_settings", pk)
    table = Table(
        "showings",
        columns=[
            Column("began_at", _("开始"), format="second", filter="date"),
            Column("kind", _("类型"), filter="choice", choices=dict(PlaylistItem.Kind.choices)),
            Column("title", _("标题"), filter="text"), Column("seconds", _("播放秒数"), format=1),
            Column("is_whole", _("完整"), filter="choice", choices={True: _("完整"), False: _("中断")},
                   badge={True: "green", False: "red"}),
        ],
        source=Showing.objects.filter(screen=found), order="-began_at", title=_("播放记录"), empty=_("还没有播放记录"),
    )  # fmt: skip
    playlists = playlists_of(found)
    played = set(played_at([hours_of(each) for each in playlists], now().astimezone(CHINA)))
    return table.respond(request) or page(request, "transit/screens/settings.html", {
        "screen": found, "state": state_of(found), "states": states(), "lights": LIGHTS, "table": table,
        "form": PageForm(form, submit=_("保存"), columns=2),
        "address": request.build_absolute_uri(reverse("transit:screen", args=[found.key])),
        "playlists": playlists, "played": played, "version": programme_of(found)["version"], "software": software_version(),
    })  # fmt: skip


@part(of="screens", path="screen-settings/<int:pk>/key", methods=("POST",), roles=("editor", "operator"))
def renew_screen(request: HttpRequest, pk: int) -> HttpResponseBase:
    actions.renew_key(request.user, get_object_or_404(Screen, pk=pk))
    messages.success(request, _("地址已更换，旧地址不再显示"))
    return redirect("transit:screen_settings", pk)


def playlists(request: HttpRequest) -> HttpResponseBase:
    since = now() - timedelta(days=PLAYED_DAYS)
    shown = Count(
        "items__showings", filter=Q(items__showings__began_at__gte=since, items__showings__is_whole=True)
    )
    table = Table(
        "playlists",
        columns=[
            Column("title", _("名称"), filter="text", link=lambda row: reverse("transit:playlist", args=[row.pk])),
            Column("state", _("状态"), filter="choice", choices=dict(Release.choices), badge=BADGES),
            Column("priority", _("优先级"), format=0),
            Column("groups", _("分组"), sortable=False, value=lambda row: "、".join(row.groups) or _("全部")),
            Column("hours", _("时段"), sortable=False, value=_hours), Column("begin_on", _("开始日期"), format="day"),
            Column("end_on", _("结束日期"), format="day"),
            Column("played", _("近 30 天完整播放"), format=0),
        ],
        source=Playlist.objects.annotate(played=shown), order="-priority", title=_("播放单"), empty=_("还没有播放单"),
    )  # fmt: skip
    return table.respond(request) or page(request, "transit/screens/playlists.html", {"table": table})


def _hours(playlist: Playlist) -> str:
    if playlist.from_time is None and playlist.to_time is None:
        return _("全天")
    begin = f"{playlist.from_time:%H:%M}" if playlist.from_time else "00:00"
    return f"{begin}–{playlist.to_time:%H:%M}" if playlist.to_time else f"{begin}–24:00"


@part(of="playlists", path="playlists/new", methods=("GET", "POST"), roles=("editor",))
def new_playlist(request: HttpRequest) -> HttpResponseBase:
    form = PlaylistForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = edited(form.instance, request.user)
        return redirect("transit:playlist", made.pk)
    return form_page(
        request, _("新建播放单"), PageForm(form, submit=_("保存"), columns=2), reverse("transit:playlists")
    )


@part(of="playlists", path="playlists/<int:pk>/", methods=("GET", "POST"))
def playlist(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its hours, its pieces in order, how often each was shown whole."""
    found = get_object_or_404(Playlist, pk=pk)
    form = PlaylistForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        edited(form.instance, request.user)
        messages.success(request, _("已保存为草稿，提交审核后由他人发布"))
        return redirect("transit:playlist", pk)
    since = Q(showings__began_at__gte=now() - timedelta(days=PLAYED_DAYS))
    items = found.items.select_related("file", "bulletin").annotate(
        whole=Count("showings", filter=since & Q(showings__is_whole=True)),
        broken=Count("showings", filter=since & Q(showings__is_whole=False)),
        played_s=Sum("showings__seconds", filter=since), on=Count("showings__screen", distinct=True, filter=since),
        last=Max("showings__began_at"),
    )  # fmt: skip
    return page(request, "transit/screens/playlist.html", {
        "playlist": found, "form": PageForm(form, submit=_("保存"), columns=2), "items": items, "badge": BADGES[found.state],
        "item_form": PageForm(ItemForm(), action=reverse("transit:add_item", args=[pk]), submit=_("加入播放单"), columns=2),
        "acts": acts_for(request.user, found), "act_url": reverse("transit:playlist_act", args=[pk, "ACT"]),
    })  # fmt: skip


@part(of="playlists", path="playlists/<int:pk>/items", methods=("POST",), roles=("editor",))
def add_item(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Playlist, pk=pk)
    form = ItemForm(request.POST, request.FILES)
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            actions.add_item(request.user, found, **given)
        except (Refused, Refusal) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已加入，播放单回到草稿状态"))
    else:
        messages.error(request, "；".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("transit:playlist", pk)


@part(
    of="playlists",
    path="playlists/<int:pk>/items/<int:item_id>/<slug:act>",
    methods=("POST",),
    roles=("editor",),
)
def item_act(request: HttpRequest, pk: int, item_id: int, act: str) -> HttpResponseBase:
    item = get_object_or_404(PlaylistItem, pk=item_id, playlist_id=pk)
    if act == "drop":
        actions.drop_item(request.user, item)
    elif act in ("up", "down"):
        actions.move_item(request.user, item, -1 if act == "up" else 1)
    else:
        raise Http404(act)
    return redirect("transit:playlist", pk)


@part(of="playlists", path="playlists/<int:pk>/acts/<slug:act>", methods=("POST",))
def playlist_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    act_on(request, get_object_or_404(Playlist, pk=pk), act)
    return redirect("transit:playlist", pk)
