"""Drafts: the list, a new one, one opened from an edition; what is in one, validation and publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...editions.forms import report
from ...models import Draft, Edition
from .. import actions, jobs, storing
from ..forms import NewDraftForm, SettingsForm

ROOT = "timetables/<int:draft_id>"
LARGE = 300_000
"""Feeds that are opened in the background: reading half a million stop times takes some seconds."""


def timetables(request: HttpRequest) -> HttpResponseBase:
    """All drafts, the one changed last first."""
    table = Table(
        "drafts",
        columns=[
            Column("title", _("名称"), filter="text", link=lambda row: reverse("transit:draft", args=[row.pk])),
            Column("valid_from", _("启用日期"), format="day", filter="date"),
            Column("valid_to", _("停用日期"), format="day", filter="date"),
            Column("revision", _("修改次数"), format=0),
            Column("changed_at", _("修改时间"), format="moment", filter="date"),
        ],
        source=Draft.objects.defer("carried"), order="-changed_at", title=_("时刻草案"), empty=_("还没有草案"),
    )  # fmt: skip
    editions = Edition.objects.defer("feed", "notices")[:20]
    return table.respond(request) or page(request, "transit/timetables/drafts.html", {"table": table, "editions": editions})


@part(of="timetables", path="timetables/new", methods=("GET", "POST"))
def new_draft(request: HttpRequest) -> HttpResponseBase:
    year = today().year
    form = NewDraftForm(request.POST or None, initial={"valid_from": today(), "valid_to": f"{year}-12-31", "agency_id": "bus"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        agency = {key: given[key] for key in ("agency_id", "agency_name", "agency_url")}
        made = actions.new_draft(given["title"], given["valid_from"], given["valid_to"], agency, request.user)
        return redirect("transit:draft", made.pk)
    shown = PageForm(form, submit=_("建立"), cancel=reverse("transit:timetables"), columns=2)
    return page(request, "transit/editions/form.html", {"form": shown, "heading": _("新建草案")}, status=_status(request))


@part(of="timetables", path="timetables/from", methods=("POST",))
def edit_edition(request: HttpRequest) -> HttpResponseBase:
    """An edition into the editor."""
    found = get_object_or_404(Edition, pk=request.POST.get("edition") or 0)
    if len(found.feed) > LARGE:
        jobs.open_edition.start(edition_id=found.pk, account_id=request.user.pk)
        messages.info(request, _("文件较大，正在后台打开，稍候刷新本页"))
        return redirect("transit:timetables")
    try:
        made, left_out = actions.open_edition(found, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("transit:edition", found.pk)
    for reason, count in left_out.items():
        messages.warning(request, _("%(reason)s：%(n)s 处不合规的内容未带入") % {"reason": reason, "n": count})
    return redirect("transit:draft", made.pk)


@part(of="timetables", path=f"{ROOT}/")
def draft(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """What is in a draft."""
    found = get_object_or_404(Draft, pk=draft_id)
    lines = found.draftlines.annotate(
        pattern_count=Count("patterns", distinct=True), trip_count=Count("patterns__trips", distinct=True)
    )
    table = Table(
        "lines",
        columns=[
            Column("short_name", _("线路"), filter="text", value=lambda row: row.name,
                   link=lambda row: reverse("transit:draft_line", args=[draft_id, row.pk])),
            Column("long_name", _("线路全称"), filter="text"),
            Column("key", _("编号"), filter="text"),
            Column("pattern_count", _("走向"), format=0),
            Column("trip_count", _("班次"), format=0),
            Column("order", _("排序"), format=0, shown=False),
        ],
        source=lines, order="order", title=_("线路"), empty=_("还没有线路"),
    )  # fmt: skip
    context = {
        "draft": found, "table": table, "uploads": found.uploads.defer("feed")[:5],
        "counts": [(_("线路"), found.draftlines.count(), ""), (_("站点"), found.draftstops.count(), "transit:draft_stops"),
                   (_("日历"), found.draftservices.count(), "transit:services"), (_("班次"), found.drafttrips.count(), "")],
    }  # fmt: skip
    return table.respond(request) or page(request, "transit/timetables/draft.html", context)


@part(of="timetables", path=f"{ROOT}/settings", methods=("GET", "POST"))
def draft_settings(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    found = get_object_or_404(Draft, pk=draft_id)
    summer = found.summer if len(found.summer) == 2 else ["", ""]
    agency = found.agencies[0] if found.agencies else {}
    initial = {"contact": found.info.get("feed_contact_email", ""), "summer_from": summer[0], "summer_to": summer[1],
               **{name: agency.get(name, "") for name in ("agency_name", "agency_url")}}  # fmt: skip
    form = SettingsForm(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = form.save(commit=False)
        named = {name: given[name] for name in ("agency_name", "agency_url")}
        made.agencies = [{"agency_timezone": "Asia/Shanghai", **agency, **named}, *found.agencies[1:]]
        made.summer = [given["summer_from"], given["summer_to"]] if given["summer_from"] and given["summer_to"] else []
        made.info = {**made.info, "feed_contact_email": given["contact"]} if given["contact"] else \
            {key: value for key, value in made.info.items() if key != "feed_contact_email"}  # fmt: skip
        made.save()
        storing.touch(made)
        messages.success(request, _("已保存"))
        return redirect("transit:draft", draft_id)
    shown = PageForm(form, cancel=reverse("transit:draft", args=[draft_id]), columns=2)
    return page(request, "transit/editions/form.html", {"form": shown, "heading": _("草案设置")}, status=_status(request))


@part(of="timetables", path=f"{ROOT}/<slug:act>", methods=("POST",))
def draft_act(request: HttpRequest, draft_id: int, act: str) -> HttpResponseBase:
    """Has a draft judged, or throws it away."""
    found = get_object_or_404(Draft, pk=draft_id)
    if act == "delete":
        found.delete()
        messages.success(request, _("草案已删除，已发布的版本不受影响"))
        return redirect("transit:timetables")
    if act != "judge":
        raise Http404(act)
    try:
        return redirect("transit:upload", actions.hand_in(found, request.user).pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("transit:draft", draft_id)


@part(of="timetables", path=f"{ROOT}/gtfs.zip")
def draft_feed(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """The draft as a feed, judged or not."""
    answer = HttpResponse(actions.feed_of(get_object_or_404(Draft, pk=draft_id)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="draft-{draft_id}.zip"'
    return answer


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def save_or_report(form: Any, save: Any) -> bool:
    """Runs an action; its refusal becomes an error of the form."""
    try:
        save()
    except Refused as refused:
        report(form, refused)
        return False
    return True
