"""月度简报: made from the records by a button, kept as they were made."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.files.models import FileLink
from district.kernel.files.owners import owner
from district.kernel.people.access import may
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Briefing
from ..briefing.actions import FILES_OF
from ..briefing.actions import make_briefing as make
from ..months import month_of
from ..powers import is_office
from ..refused import Refused

READERS = ("programme.office", "programme.leader", "programme.auditor")
owner(FILES_OF, may_look=lambda account, _subject: may(account, *READERS))


def briefings(request: HttpRequest) -> HttpResponseBase:
    links = {(row.subject, row.file_id): reverse("files:download", args=[row.pk])
             for row in FileLink.objects.filter(subject_kind=FILES_OF)}  # fmt: skip
    rows = [
        {
            "month": f"{each.month:%Y-%m}", "edition": each.edition, "made_at": each.made_at,
            "made_by": each.made_by.name if each.made_by else _("平台"), "digest": each.digest[:16],
            "document": _("文稿"), "document_url": links.get((str(each.pk), each.document_id)),
            "slides": _("幻灯片"), "slides_url": links.get((str(each.pk), each.slides_id)),
        }
        for each in Briefing.objects.select_related("made_by")
    ]  # fmt: skip
    table = Table(
        "briefings",
        columns=[
            Column("month", _("月份"), filter="text"), Column("edition", _("版次")),
            Column("document", _("文稿"), sortable=False, link=lambda row: row["document_url"]),
            Column("slides", _("幻灯片"), sortable=False, link=lambda row: row["slides_url"]),
            Column("made_by", _("生成人"), filter="text"), Column("made_at", _("生成时间"), format="moment", filter="date"),
            Column("digest", _("摘要值")),
        ],
        source=rows, order="-made_at", title=_("月度简报"), empty=_("还没有简报"),
    )  # fmt: skip
    return table.respond(request) or page(request, "programme/tasks/briefings.html", {
        "table": table, "is_office": is_office(request.user), "months": _months(),
    })  # fmt: skip


@part(of="briefings", path="briefings/make", methods=("POST",), roles=("office",))
def make_briefing(request: HttpRequest) -> HttpResponseBase:
    try:
        month = date.fromisoformat(f"{request.POST.get('month', '')}-01")
    except ValueError:
        messages.error(request, _("请选择月份"))
        return redirect("programme:briefings")
    try:
        made = make(month, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(month)s 简报第 %(n)s 版已生成") % {"month": f"{month:%Y-%m}", "n": made.edition})
    return redirect("programme:briefings")


def _months() -> list[str]:
    """This month and the twelve before, newest first."""
    found = [month_of(today())]
    for _back in range(12):
        found.append(month_of(date.fromordinal(found[-1].toordinal() - 1)))
    return [f"{month:%Y-%m}" for month in found]
