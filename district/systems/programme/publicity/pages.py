"""宣传推广: plans, articles and events from draft to public, and how far they reached."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.files.actions import attach, keep
from district.kernel.files.owners import owner
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Article, ArticleDay, Life, PublicEvent, PublicityPlan, PublicityStep
from . import actions, queries
from .forms import PICTURES, ArticleForm, EventForm, PlanForm, StepForm

MAKERS = ("publicist", "office")
BADGES = {"draft": "secondary", "submitted": "yellow", "published": "green", "withdrawn": "red"}
KINDS: dict[str, tuple[Any, type[forms.ModelForm]]] = {
    "article": (Article, ArticleForm), "event": (PublicEvent, EventForm), "plan": (PublicityPlan, PlanForm),
}  # fmt: skip
DAYS = 60
FILES_OF = "programme.article"
owner(FILES_OF, may_look=lambda account, _subject: may(account, "staff"))


def publicity(request: HttpRequest) -> HttpResponseBase:
    """Articles with their views; the chart of sixty days; plans and events beside."""
    end = today()
    begin = end - timedelta(days=DAYS - 1)
    views = queries.views_by_day(begin, end)
    chart = Bar(
        title=_("近 %(n)s 天浏览次数") % {"n": DAYS}, unit=_("次"), decimals=0, stacked=True,
        x=[begin + timedelta(n) for n in range(DAYS)],
        traces=[Trace(words, views[way]) for way, words in ArticleDay.Way.choices],
    )  # fmt: skip
    table = Table(
        "articles",
        columns=[
            Column("title", _("标题"), filter="text",
                   link=lambda row: reverse("programme:publicity_thing", args=["article", row.pk])),
            Column("category", _("栏目"), filter="choice", choices=dict(Article.Category.choices)),
            Column("state", _("状态"), filter="choice", choices=dict(Life.choices), badge=BADGES),
            Column("published_at", _("发布时间"), format="moment", filter="date"), Column("views", _("浏览次数"), format=0),
            Column("made_by.name", _("编辑")), Column("approved_by.name", _("审核人")),
            Column("is_simulated", _("模拟"), choices={True: _("模拟"), False: "—"}),
        ],
        source=queries.articles_with_views(), order="-published_at", title=_("宣传稿件"), empty=_("还没有稿件"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/publicity/publicity.html", {
        "table": table, "chart": chart, "may_make": _may_make(request), "badges": BADGES, "today": today(),
        "plans": [queries.plan_state(plan, today()) for plan in PublicityPlan.objects.all()[:20]],
        "events": PublicEvent.objects.all()[:20],
    })  # fmt: skip


def _may_make(request: HttpRequest) -> bool:
    return may(request.user, *(f"programme.{role}" for role in MAKERS))


@part(of="publicity", path="publicity/<slug:kind>/new", methods=("GET", "POST"), roles=MAKERS)
def new_publicity_thing(request: HttpRequest, kind: str) -> HttpResponseBase:
    model, _form = _kind(kind)
    return _edit(request, kind, model())


@part(of="publicity", path="publicity/<slug:kind>/<int:pk>/edit", methods=("GET", "POST"), roles=MAKERS)
def edit_publicity_thing(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    return _edit(request, kind, get_object_or_404(_kind(kind)[0], pk=pk))


def _kind(kind: str) -> tuple[Any, type[forms.ModelForm]]:
    from django.http import Http404

    if kind not in KINDS:
        raise Http404("no such kind")
    return KINDS[kind]


def _edit(request: HttpRequest, kind: str, thing: Any) -> HttpResponseBase:
    form = _kind(kind)[1](request.POST or None, request.FILES or None, instance=thing)
    if request.method == "POST" and form.is_valid():
        try:
            for upload in form.cleaned_data.get("upload", ()):
                form.instance.picture = keep(upload, request.user, "article", taken=PICTURES, is_bare=True)
            saved = actions.edited(form.instance, request.user)
        except Refusal as refusal:
            form.add_error("upload", str(refusal))
        else:
            if isinstance(saved, Article) and saved.picture is not None:
                attach(saved.picture, FILES_OF, saved.pk, request.user, is_personal=False)
            messages.success(request, _("已保存为草稿，提交后由他人审核发布"))
            return redirect("programme:publicity_thing", kind, saved.pk)
    return page(request, "programme/training/form.html", {
        "title": _("编辑") if thing.pk else _("新建"), "form": PageForm(form, submit=_("保存"), columns=2), "crumbs": _crumbs(),
    })  # fmt: skip


@part(of="publicity", path="publicity/<slug:kind>/<int:pk>/")
def publicity_thing(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    found = get_object_or_404(_kind(kind)[0].objects.select_related("made_by", "approved_by"), pk=pk)
    context: dict[str, Any] = {
        "thing": found, "kind": kind, "badge": BADGES[found.state], "acts": _acts(request, found), "crumbs": _crumbs(),
        "may_make": _may_make(request), "now_at": now(),
    }  # fmt: skip
    if isinstance(found, PublicityPlan):
        context |= {
            "plan": queries.plan_state(found, today()), "form": PageForm(StepForm(), submit=_("添加事项"), columns=3),
            "articles": Article.objects.order_by("-pk")[:100], "events": PublicEvent.objects.order_by("-pk")[:100],
        }  # fmt: skip
    if isinstance(found, Article):
        end = today()
        begin = end - timedelta(days=29)
        views = queries.views_by_day(begin, end, found)
        context["chart"] = Bar(
            title=_("近 30 天浏览次数"), unit=_("次"), decimals=0, stacked=True, x=[begin + timedelta(n) for n in range(30)],
            traces=[Trace(words, views[way]) for way, words in ArticleDay.Way.choices],
        )  # fmt: skip
    return page(request, "programme/publicity/thing.html", context)


def _acts(request: HttpRequest, found: Any) -> list[tuple[str, str, bool]]:
    """Act, words, whether it asks for a reason: those the reader may do now."""
    if not _may_make(request):
        return []
    acts: list[tuple[str, str, bool]] = []
    if found.state == Life.DRAFT:
        acts.append(("submit", _("提交审核"), False))
    if found.state == Life.SUBMITTED and found.made_by_id != request.user.pk:
        acts += [("approve", _("审核发布"), False), ("send_back", _("退回"), True)]
    if found.state in (Life.PUBLISHED, Life.SUBMITTED):
        acts.append(("withdraw", _("撤回"), True))
    return acts


@part(of="publicity", path="publicity/<slug:kind>/<int:pk>/acts/<slug:act>", methods=("POST",), roles=MAKERS)
def publicity_act(request: HttpRequest, kind: str, pk: int, act: str) -> HttpResponseBase:
    found = get_object_or_404(_kind(kind)[0], pk=pk)
    try:
        if act in ("submit", "approve"):
            {"submit": actions.submit, "approve": actions.approve}[act](found, request.user)
        elif act in ("send_back", "withdraw"):
            reason = request.POST.get("reason", "")
            {"send_back": actions.send_back, "withdraw": actions.withdraw}[act](found, request.user, reason)
        elif act == "count" and isinstance(found, PublicEvent):
            given = request.POST.get("attended", "")
            actions.count_attended(
                found, request.user, int(given) if given.isdecimal() and len(given) < 8 else -1
            )
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("programme:publicity_thing", kind, pk)


@part(of="publicity", path="publicity/plan/<int:pk>/steps", methods=("POST",), roles=MAKERS)
def add_publicity_step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A plan that is out takes no more steps: it is edited and released anew."""
    plan = get_object_or_404(PublicityPlan, pk=pk)
    form = StepForm(request.POST, instance=PublicityStep(plan=plan))
    if plan.state != Life.DRAFT:
        messages.error(request, _("只有草稿可以添加事项"))
    elif form.is_valid():
        form.save()
    else:
        messages.error(request, "；".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("programme:publicity_thing", "plan", pk)


@part(of="publicity", path="publicity/steps/<int:pk>/stand", methods=("POST",), roles=MAKERS)
def stand_for_step(request: HttpRequest, pk: int) -> HttpResponseBase:
    step = get_object_or_404(PublicityStep, pk=pk)
    kind, _colon, number = request.POST.get("thing", "").partition(":")
    if kind in ("article", "event") and number.isdecimal():
        actions.stand_for(step, request.user, get_object_or_404(KINDS[kind][0], pk=int(number)))
    return redirect("programme:publicity_thing", "plan", step.plan_id)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("宣传推广"), reverse("programme:publicity"))]
