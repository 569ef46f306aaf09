"""时刻表版本: the list, one edition with what validation says of it, uploads, two editions side by side, the open feed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.languages import is_english
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Edition, FeedUpload
from ..schedule import FeedError
from . import actions, queries
from .comparing import compared
from .forms import CompareForm, PublishForm, UploadForm, WithdrawForm, report
from .notices import counts, place_of, words, words_in_english

PLANNER = "transit.planner"
DAYS_SHOWN = 42
STATE_COLOURS = {"draft": "yellow", "published": "green", "withdrawn": "secondary"}
UPLOAD_COLOURS = {"waiting": "yellow", "running": "azure", "done": "green", "refused": "red"}


def editions(request: HttpRequest) -> HttpResponseBase:
    """All editions, and what was brought in lately."""
    table = Table(
        "editions",
        columns=[
            Column("title", _("名称"), filter="text", link=lambda row: reverse("transit:edition", args=[row.pk])),
            Column("state", _("状态"), filter="choice", choices=dict(Edition.State.choices), badge=STATE_COLOURS),
            Column("valid_from", _("启用日期"), format="day", filter="date"),
            Column("valid_to", _("停用日期"), format="day", filter="date"),
            Column("errors", _("错误"), sortable=False, value=lambda row: counts(row.notices)["ERROR"], format=0),
            Column("warnings", _("警告"), sortable=False, value=lambda row: counts(row.notices)["WARNING"], format=0),
            Column("published_at", _("发布时间"), format="moment", filter="date"),
            Column("made_at", _("生成时间"), format="moment", filter="date", shown=False),
        ],
        source=Edition.objects.defer("feed"), order="-made_at", title=_("时刻表版本"), empty=_("还没有时刻表"),
    )  # fmt: skip
    uploads = Table(
        "uploads",
        columns=[
            Column("title", _("名称"), filter="text", link=lambda row: reverse("transit:upload", args=[row.pk])),
            Column("file_name", _("文件"), filter="text"),
            Column("size", _("字节"), format=0),
            Column("state", _("状态"), filter="choice", choices=dict(FeedUpload.State.choices), badge=UPLOAD_COLOURS),
            Column("made_at", _("时间"), format="moment", filter="date"),
        ],
        source=FeedUpload.objects.defer("feed"), order="-made_at", per_page=10, title=_("导入与校验记录"),
        empty=_("还没有导入"),
    )  # fmt: skip
    for each in (table, uploads):
        answer = each.respond(request)
        if answer is not None:
            return answer
    context = {"table": table, "uploads": uploads, "may_plan": may(request.user, PLANNER), "current": queries.in_force()}
    return page(request, "transit/editions/editions.html", context)


@part(of="editions", path="editions/upload", methods=("GET", "POST"), roles=("planner",))
def upload_edition(request: HttpRequest) -> HttpResponseBase:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["feed"]
        try:
            made = actions.receive(
                file.read(), title=form.cleaned_data["title"], file_name=file.name or "", account=request.user
            )
        except Refused as refused:
            report(form, refused)
        else:
            return redirect("transit:upload", made.pk)
    status = 422 if request.method == "POST" else 200
    shown = PageForm(form, submit=_("导入并校验"), cancel=reverse("transit:editions"))
    return page(request, "transit/editions/form.html", {"form": shown, "heading": _("导入 GTFS")}, status=status)


@part(of="editions", path="editions/uploads/<int:pk>/")
def upload(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far an upload is; what was found."""
    found = get_object_or_404(FeedUpload.objects.defer("feed"), pk=pk)
    is_moving = found.ended_at is None
    context = {"upload": found, "is_moving": is_moving, "notices": _shown(found.notices), "counts": counts(found.notices),
               "may_plan": may(request.user, PLANNER)}  # fmt: skip
    name = "_upload" if request.headers.get("HX-Request") == "true" else "upload"
    return page(request, f"transit/editions/{name}.html", context)


@part(of="editions", path="editions/<int:pk>/", methods=("GET", "POST"))
def edition(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An edition: what is in it, what validation says, publishing and withdrawing."""
    found = get_object_or_404(Edition.objects.defer("feed").select_related("made_by", "published_by"), pk=pk)
    form = _act_form(request, found)
    if request.method == "POST":
        if form is None:
            raise Http404("act")
        if form.is_valid():
            try:
                _act(request, found, form.cleaned_data)
                return redirect("transit:edition", pk)
            except Refused as refused:
                report(form, refused)
    timetable = _read(found)
    shown = None
    if form is not None:
        is_draft = isinstance(form, PublishForm)
        asked = _("发布后立即对外生效，确定发布？") if is_draft else _("撤回后由此前发布的版本生效，确定撤回？")
        shown = PageForm(form, submit=_("发布") if is_draft else _("撤回"), columns=2, danger=not is_draft, confirm=asked)
    context = {
        "edition": found, "timetable": timetable, "notices": _shown(found.notices), "counts": counts(found.notices),
        "form": shown, "may_plan": may(request.user, PLANNER), "chart": _by_day(found, timetable) if timetable else None,
        "current": queries.in_force(),
    }  # fmt: skip
    return page(request, "transit/editions/edition.html", context, status=422 if request.method == "POST" else 200)


def _act_form(request: HttpRequest, found: Edition) -> Any:
    """What the planner may do with it next: publish, or withdraw; None for others."""
    if not may(request.user, PLANNER):
        return None
    given = request.POST if request.method == "POST" else None
    if found.state == Edition.State.PUBLISHED:
        return WithdrawForm(given)
    return PublishForm(given, initial={"valid_from": max(found.valid_from, today()), "valid_to": found.valid_to})


def _act(request: HttpRequest, found: Edition, given: dict[str, Any]) -> None:
    if found.state == Edition.State.PUBLISHED:
        actions.withdraw(found, request.user, given["remark"])
        messages.success(request, _("已撤回"))
    else:
        actions.publish_edition(found, request.user, given["valid_from"], given["valid_to"])
        messages.success(request, _("已发布"))


def _read(found: Edition) -> Any:
    try:
        return queries.schedule_of(found.pk)
    except FeedError:
        return None


def _shown(notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notices with their words and places."""
    said = words_in_english() if is_english() else words()
    return [each | {"words": said.get(each["code"], each["code"]), "places": [place_of(one) for one in each["samples"]]}
            for each in notices]  # fmt: skip


def _by_day(found: Edition, timetable: Any) -> Bar:
    """Trips of each day from today on."""
    first = min(max(found.valid_from, today()), found.valid_to)
    days = [first + timedelta(days=n) for n in range(DAYS_SHOWN) if first + timedelta(days=n) <= found.valid_to]
    services: dict[str, int] = {}
    for trip in timetable.trips.values():
        services[trip.service_id] = services.get(trip.service_id, 0) + 1
    values = [sum(count for service, count in services.items() if timetable.calendar.runs(service, day)) for day in days]
    return Bar(title=_("每日班次"), unit=_("班"), decimals=0, x=[f"{day:%m-%d}" for day in days],
               traces=[Trace(_("班次"), values)])  # fmt: skip


@part(of="editions", path="editions/<int:pk>/gtfs.zip")
def edition_feed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Any edition as it is, for those who work on it."""
    return _zip(request, get_object_or_404(Edition, pk=pk), f"gtfs-{pk}.zip")


@part(of="editions", path="gtfs.zip", roles=("public",), methods=("GET", "HEAD"))
def gtfs_zip(request: HttpRequest) -> HttpResponseBase:
    """The timetable in force for everybody: no registration, conditional requests answered without the file."""
    found = queries.feed_in_force()
    if found is None:
        return HttpResponse(_("目前没有已发布的时刻表"), status=404, content_type="text/plain; charset=utf-8")
    answer = _zip(request, found, "gtfs.zip")
    patch_cache_control(answer, public=True, max_age=600)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Link"] = f'<{request.build_absolute_uri("/open-data/#licence")}>; rel="license"'
    return answer


def _zip(request: HttpRequest, found: Edition, name: str) -> HttpResponse:
    """The feed, or that it is still the one the asker has: then it is not even read."""
    tag, changed_at = f'"{found.sha256}"', (found.published_at or found.made_at).timestamp()
    answer: HttpResponse | None = get_conditional_response(request, etag=tag, last_modified=int(changed_at))
    if answer is None:
        answer = HttpResponse(bytes(found.feed), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"], answer["Last-Modified"] = tag, http_date(changed_at)
    return answer


@part(of="editions", path="editions/compare")
def compare_editions(request: HttpRequest) -> HttpResponseBase:
    """Two editions side by side, as passengers would notice."""
    form = CompareForm(request.GET or None)
    context: dict[str, Any] = {"form": PageForm(form, submit=_("比较"), method="get", columns=2), "found": None}
    if request.GET and form.is_valid():
        before, after = form.cleaned_data["before"], form.cleaned_data["after"]
        days = list(zip(queries.day_types_of(before), queries.day_types_of(after), strict=True))
        old, new = _read(before), _read(after)
        if old is not None and new is not None:
            context |= {"found": compared(old, new, days), "before": before, "after": after, "days": days}
        else:
            form.add_error(None, _("时刻表无法读取"))
    return page(request, "transit/editions/compare.html", context)


