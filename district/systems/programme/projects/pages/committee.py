"""The expert committee and the firms that take part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.audit import record_act
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Expert, Firm, Participation
from ..forms import ExpertForm, FirmForm
from .marks import is_post

ROLES = {**dict(Participation.Role.choices), "agent": _("采购代理"), "operator": _("运营单位")}


def experts(request: HttpRequest) -> HttpResponseBase:
    may_edit = is_post(request.user, "office")
    table = Table(
        "experts",
        title=_("专家咨询委员会"),
        order="number",
        empty=_("还没有专家"),
        source=Expert.objects.annotate(
            asked=Count("invitations"), came=Count("invitations", filter=Q(invitations__state="accepted"))
        ),
        columns=[
            Column(
                "number",
                _("专家编号"),
                filter="text",
                link=(lambda row: reverse("programme:expert", args=[row.pk])) if may_edit else None,
            ),
            Column("name", _("姓名"), filter="text"),
            Column("fields", _("专业"), sortable=False, value=lambda row: "、".join(row.fields)),
            Column("title", _("职称")),
            Column("employer", _("工作单位"), filter="text"),
            Column("appointed_on", _("聘任日期"), format="day"),
            Column("until_on", _("聘期截止"), format="day", filter="date"),
            Column("state", _("在聘"), sortable=False, value=_standing),
            Column("asked", _("受邀次数"), format=0),
            Column("came", _("参加次数"), format=0),
            Column("is_simulated", _("模拟"), filter="choice", choices={True: _("模拟"), False: "—"}),
        ],
    )
    return table.respond(request) or page(
        request,
        "programme/projects/register.html",
        {
            "title": _("专家咨询委员会"),
            "table": table,
            "new": reverse("programme:new_expert") if may_edit else "",
            "lead": _("抽取只在聘期内、有账号、无须回避的专家中进行；不对专家打分排名。"),
        },
    )


def _standing(expert: Expert) -> str:
    if expert.left_on is not None:
        return _("已退出")
    return _("在聘") if expert.appointed_on <= today() <= expert.until_on else _("不在聘期")


@part(of="experts", path="experts/new", methods=("GET", "POST"), roles=("office",))
def new_expert(request: HttpRequest) -> HttpResponseBase:
    return _edit(request, ExpertForm, Expert(), "experts", _("聘任专家"))


@part(of="experts", path="experts/<int:pk>/", methods=("GET", "POST"), roles=("office",))
def expert(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _edit(request, ExpertForm, get_object_or_404(Expert, pk=pk), "experts", _("修改专家"))


def firms(request: HttpRequest) -> HttpResponseBase:
    may_edit = is_post(request.user, "office")
    table = Table(
        "firms",
        title=_("参建单位"),
        order="name",
        empty=_("还没有单位"),
        source=Firm.objects.annotate(taken=Count("parts", distinct=True)).prefetch_related("affiliates"),
        columns=[
            Column(
                "name",
                _("单位名称"),
                filter="text",
                link=(lambda row: reverse("programme:firm", args=[row.pk])) if may_edit else None,
            ),
            Column("uscc", _("统一社会信用代码"), filter="text"),
            Column(
                "trades",
                _("业务"),
                sortable=False,
                value=lambda row: "、".join(str(ROLES.get(each, each)) for each in row.trades),
            ),
            Column(
                "affiliates",
                _("关联单位"),
                sortable=False,
                value=lambda row: "、".join(each.name for each in row.affiliates.all()),
            ),
            Column("is_barred_until", _("禁入截止"), format="day", filter="date"),
            Column("taken", _("参与项目数"), format=0),
            Column("is_simulated", _("模拟"), filter="choice", choices={True: _("模拟"), False: "—"}),
        ],
    )
    return table.respond(request) or page(
        request,
        "programme/projects/register.html",
        {
            "title": _("参建单位"),
            "table": table,
            "new": reverse("programme:new_firm") if may_edit else "",
            "lead": _("第三方不得是承建单位或其关联单位；禁入期内的单位不能投标或承担任何角色。"),
        },
    )


@part(of="firms", path="firms/new", methods=("GET", "POST"), roles=("office",))
def new_firm(request: HttpRequest) -> HttpResponseBase:
    return _edit(request, FirmForm, Firm(), "firms", _("登记单位"))


@part(of="firms", path="firms/<int:pk>/", methods=("GET", "POST"), roles=("office",))
def firm(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _edit(request, FirmForm, get_object_or_404(Firm, pk=pk), "firms", _("修改单位"))


def _edit(request: HttpRequest, kind: Any, row: Any, back: str, title: str) -> HttpResponseBase:
    form = kind(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            record_act(
                request.user,
                f"{back[:-1]}_saved",
                subject_kind=f"programme.{back[:-1]}",
                subject=str(saved.pk),
                fields=form.changed_data,
            )
        messages.success(request, _("已保存"))
        return redirect(f"programme:{back}")
    return page(
        request,
        "programme/projects/form.html",
        {
            "title": title,
            "form": PageForm(form, submit=_("保存"), columns=2),
            "back": reverse(f"programme:{back}"),
        },
    )
