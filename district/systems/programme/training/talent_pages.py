"""人才库: masked on lists; whole for a reason, noted; the person sees, objects, and is forgotten, with or without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.people.request_address import client_address
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Talent
from . import talents as acts
from .forms import NumberForm, TalentForm
from .keeping import MOST_YEARS, OBJECTION_DAYS
from .refused import Refused


def talents(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "talents",
        columns=[
            Column("number", _("编号"), link=lambda row: reverse("programme:talent", args=[row.pk])),
            Column("name", _("姓名"), sortable=False, value=lambda row: acts.masked(row)["name"]),
            Column("level", _("类别"), filter="choice", choices=dict(Talent.Level.choices)),
            Column("fields", _("专业方向"), sortable=False, format=lambda value: "、".join(value)),
            Column("source", _("来源"), filter="choice", choices=dict(Talent.Source.choices)),
            Column("state", _("状态"), filter="choice", choices=dict(Talent.State.choices),
                   badge={"active": "green", "objected": "orange", "erased": "secondary"}),
            Column("until_on", _("保存至"), format="day", filter="date"),
            Column("answer_by", _("异议答复期限"), format="day", badge=None),
            Column("late", _("逾期"), sortable=False,
                   value=lambda row: _("逾期") if row.answer_by and row.answer_by < today() else ""),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
        source=Talent.objects.all(), order="number", title=_("人才库"), empty=_("人才库是空的"),
    )  # fmt: skip
    counts = dict(Talent.objects.exclude(state="erased").values_list("level").annotate(n=Count("pk")))
    chart = Bar(
        title=_("在库人才类别"), unit=_("人"), decimals=0, x=[str(words) for _key, words in Talent.Level.choices],
        traces=[Trace(_("人数"), [counts.get(key, 0) for key, _words in Talent.Level.choices])],
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/training/talents.html", {
        "table": table, "chart": chart, "may_make": may(request.user, "programme.trainer"), "years": MOST_YEARS,
    })  # fmt: skip


@part(of="talents", path="talents/new", methods=("GET", "POST"), roles=("trainer",))
def new_talent(request: HttpRequest) -> HttpResponseBase:
    form = TalentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.register(form.declared(), request.user)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("已登记 %(n)s，请把查询码 %(code)s 交给本人，凭它可查阅、异议和删除") % {
                "n": made.number, "code": acts.query_code(made.number),
            })  # fmt: skip
            return redirect("programme:talent", made.pk)
    return page(request, "programme/training/form.html", {
        "title": _("登记人才"), "form": PageForm(form, submit=_("登记"), columns=2),
        "crumbs": [(_("人才库"), reverse("programme:talents"))],
    })  # fmt: skip


@part(of="talents", path="talents/<int:pk>/", methods=("GET", "POST"))
def talent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Masked; a reason shows it whole once, to trainer and office."""
    found = get_object_or_404(Talent, pk=pk)
    whole: dict[str, str] | None = None
    if request.method == "POST":
        try:
            if not may(request.user, "programme.trainer", "programme.office"):
                raise Refused("role", _("只有培训管理员和推进办可以查看完整信息"))
            whole = acts.look(
                found, request.user, request.POST.get("purpose", ""), client_address(request) or ""
            )
        except Refused as refused:
            messages.error(request, str(refused))
    answer = page(request, "programme/training/talent.html", {
        "talent": found, "seen": whole or acts.masked(found), "is_whole": whole is not None, "purposes": acts.PURPOSES,
        "looks": acts.looks(found)[:50], "may_act": may(request.user, "programme.trainer"), "today": today(),
        "crumbs": [(_("人才库"), reverse("programme:talents"))],
    })  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


@part(of="talents", path="talents/<int:pk>/answer", methods=("POST",), roles=("trainer",))
def answer_talent(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _acted(request, pk, lambda found: acts.answer(found, request.user, request.POST.get("words", "")))


@part(of="talents", path="talents/<int:pk>/erase", methods=("POST",), roles=("trainer",))
def erase_talent(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _acted(request, pk, lambda found: acts.erase(found, request.user, "本人要求或目的已实现"))


def _acted(request: HttpRequest, pk: int, act: Any) -> HttpResponseBase:
    try:
        act(get_object_or_404(Talent, pk=pk))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:talent", pk)


@part(of="courses", path="training/my-talent", methods=("GET", "POST"))
def own_talent(request: HttpRequest) -> HttpResponseBase:
    """Somebody with an account: says it of themselves, sees it, who looked, objects, takes it back."""
    found = Talent.objects.filter(account=request.user).first()
    if found is not None:
        return _own(request, found, reverse("programme:own_talent"), "", "")
    form = TalentForm(request.POST or None, own=True)
    if request.method == "POST" and form.is_valid():
        try:
            acts.register(form.declared(), request.user, own=True)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("programme:own_talent")
    return page(request, "programme/training/form.html", {
        "title": _("申报进入人才库"), "form": PageForm(form, submit=_("申报"), columns=2),
        "crumbs": [(_("培训学习"), reverse("programme:courses"))],
    })  # fmt: skip


def talent_record(request: HttpRequest) -> HttpResponseBase:
    """Somebody without an account, by number and code; asked by POST, so that the code stands in no address and no log."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = acts.found_by_code(form.cleaned_data["number"], form.cleaned_data["code"])
        if found is not None:
            return _own(request, found, reverse("programme:talent_record"), form.cleaned_data["number"],
                        form.cleaned_data["code"])  # fmt: skip
        form.add_error(None, _("编号或查询码不对"))
    answer = page(
        request, "programme/training/talent_record.html", {"form": PageForm(form, submit=_("查询"))}
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _own(request: HttpRequest, found: Talent, address: str, number: str, code: str) -> HttpResponseBase:
    problem = ""
    try:
        if request.POST.get("do") == "object":
            found = acts.object_to(found, request.POST.get("words", ""))
        elif request.POST.get("do") == "erase":
            found = acts.erase(found, None, "本人撤回同意")
    except Refused as refused:
        problem = str(refused)
    answer = page(request, "programme/training/own_talent.html", {
        "talent": found, "looks": acts.looks(found)[:50], "address": address, "number": number, "code": code,
        "problem": problem, "days": OBJECTION_DAYS,
    })  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer
