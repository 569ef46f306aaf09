"""公众信息、周边商家、天气: edited by one, released by another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.files.actions import attach, keep
from district.kernel.files.refusal import Refusal
from district.kernel.ui.form import PageForm
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Bulletin, Release, Shop, Weather
from . import actions
from .forms import PICTURES, BulletinForm, ShopForm, WeatherForm
from .releasing import BADGES, act_on, acts_for, form_page

FILES_OF = "transit.bulletin"
topic(actions.TOPIC, roles=("public",))


def bulletins(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "bulletins",
        columns=[
            Column("title", _("标题"), filter="text", link=lambda row: reverse("transit:bulletin", args=[row.pk])),
            Column("kind", _("类别"), filter="choice", choices=dict(Bulletin.Kind.choices)),
            Column("state", _("状态"), filter="choice", choices=dict(Release.choices), badge=BADGES),
            Column("is_urgent", _("紧急"), filter="choice", choices={True: _("紧急"), False: _("普通")}),
            Column("begin_at", _("开始显示"), format="moment", filter="date"),
            Column("end_at", _("停止显示"), format="moment"),
            Column("made_by.name", _("编辑")), Column("approved_by.name", _("审核人")),
        ],
        source=Bulletin.objects.select_related("made_by", "approved_by"), order="-begin_at", title=_("公众信息"),
        empty=_("还没有公众信息"),
    )  # fmt: skip
    return table.respond(request) or page(request, "transit/notices/bulletins.html", {"table": table})


@part(of="bulletins", path="bulletins/new", methods=("GET", "POST"), roles=("editor",))
def new_bulletin(request: HttpRequest) -> HttpResponseBase:
    return _edit(request, Bulletin())


@part(of="bulletins", path="bulletins/<int:pk>/edit", methods=("GET", "POST"), roles=("editor",))
def edit_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _edit(request, get_object_or_404(Bulletin, pk=pk))


def _edit(request: HttpRequest, bulletin: Bulletin) -> HttpResponseBase:
    form = BulletinForm(request.POST or None, request.FILES or None, instance=bulletin)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["upload"]:
                bulletin.picture = keep(
                    form.cleaned_data["upload"], request.user, "bulletin", taken=PICTURES, is_bare=True
                )
            saved = actions.edited(form.instance, request.user)
        except Refusal as refusal:
            form.add_error("upload", str(refusal))
        else:
            if saved.picture is not None:
                attach(saved.picture, FILES_OF, saved.pk, request.user, is_personal=False)
            messages.success(request, _("已保存为草稿，提交审核后由他人发布"))
            return redirect("transit:bulletin", saved.pk)
    back = reverse("transit:bulletin", args=[bulletin.pk]) if bulletin.pk else reverse("transit:bulletins")
    title = _("编辑公众信息") if bulletin.pk else _("新建公众信息")
    return page(
        request,
        "transit/notices/form.html",
        {"title": title, "form": PageForm(form, submit=_("保存"), columns=2), "back": back},
    )


@part(of="bulletins", path="bulletins/<int:pk>/")
def bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Bulletin.objects.select_related("made_by", "approved_by"), pk=pk)
    return page(request, "transit/notices/bulletin.html", {
        "bulletin": found, "acts": acts_for(request.user, found), "act_url": reverse("transit:bulletin_act", args=[pk, "ACT"]),
        "badge": BADGES[found.state],
    })  # fmt: skip


@part(of="bulletins", path="bulletins/<int:pk>/acts/<slug:act>", methods=("POST",))
def bulletin_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    act_on(request, get_object_or_404(Bulletin, pk=pk), act)
    return redirect("transit:bulletin", pk)


def shops(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "shops",
        columns=[
            Column("name", _("名称"), filter="text", link=lambda row: reverse("transit:shop", args=[row.pk])),
            Column("trade", _("行业"), filter="text"), Column("address", _("地址"), filter="text"),
            Column("hours", _("营业时间")), Column("is_paid", _("广告"), choices={True: _("广告"), False: "—"}),
            Column("state", _("状态"), filter="choice", choices=dict(Release.choices), badge=BADGES),
            Column("until_on", _("显示至"), format="day"),
        ],
        source=Shop.objects.all(), order="name", title=_("周边商家"), empty=_("还没有商家"),
    )  # fmt: skip
    return table.respond(request) or page(request, "transit/notices/shops.html", {"table": table})


@part(of="shops", path="shops/new", methods=("GET", "POST"), roles=("editor",))
def new_shop(request: HttpRequest) -> HttpResponseBase:
    form = ShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.edited(form.instance, request.user)
        messages.success(request, _("已保存为草稿，提交审核后由他人发布"))
        return redirect("transit:shop", made.pk)
    return form_page(
        request, _("登记商家"), PageForm(form, submit=_("保存"), columns=2), reverse("transit:shops")
    )


@part(of="shops", path="shops/<int:pk>/", methods=("GET", "POST"))
def shop(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Shop, pk=pk)
    form = ShopForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.edited(form.instance, request.user)
        messages.success(request, _("已保存为草稿，提交审核后由他人发布"))
        return redirect("transit:shop", pk)
    return page(request, "transit/notices/shop.html", {
        "shop": found, "form": PageForm(form, submit=_("保存"), columns=2), "acts": acts_for(request.user, found),
        "act_url": reverse("transit:shop_act", args=[pk, "ACT"]), "badge": BADGES[found.state],
    })  # fmt: skip


@part(of="shops", path="shops/<int:pk>/acts/<slug:act>", methods=("POST",))
def shop_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    act_on(request, get_object_or_404(Shop, pk=pk), act)
    return redirect("transit:shop", pk)


def weather(request: HttpRequest) -> HttpResponseBase:
    """The newest reports; a new one is typed or pasted."""
    form = WeatherForm(
        request.POST or None, initial={"issued_at": now().astimezone(CHINA).replace(tzinfo=None)}
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        actions.give_weather(request.user, given["issued_at"], given["days"], given["source"], warning=given["warning"],
                             warning_until=given["warning_until"])  # fmt: skip
        messages.success(request, _("天气预报已更新到站牌和手机页面"))
        return redirect("transit:weather")
    return page(request, "transit/notices/weather.html", {
        "form": PageForm(form, submit=_("发布"), columns=2), "reports": Weather.objects.select_related("made_by")[:10],
    })  # fmt: skip
