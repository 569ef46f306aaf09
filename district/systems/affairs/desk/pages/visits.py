"""走访记录: who called where and when; the village itself reads what was said."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from district.kernel.clock import now
from district.kernel.files.models import FileLink
from district.kernel.people import masking
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...circulation.queries import month_start
from ...models import Visit
from ..actions import FILES_OF
from ..queries import may_read, visits_seen_by


def visits(request: HttpRequest) -> HttpResponseBase:
    """Households masked."""
    rows = visits_seen_by(request.user)
    table = Table(
        "visits",
        columns=[
            Column("at", _("走访时间"), format="moment", filter="date", link=_link(request)),
            Column("village.name", _("村（社区）"), filter="text"),
            Column("account.name", _("走访人"), filter="text"),
            Column("purpose", _("事由"), filter="choice", choices=dict(Visit.Purpose.choices)),
            Column("household", _("走访户"), value=lambda row: masking.person_name(row.household), sortable=False),
            Column("voice_count", _("语音"), format=0),
            Column("concern.case.number", _("形成事项"), filter="text"),
            Column("received_at", _("收到时间"), format="moment", filter="date", shown=False),
        ],
        source=rows, order="-at", title=_("走访记录"), exports=False, empty=_("没有走访记录"),
    )  # fmt: skip
    answer = table.respond(request)
    if answer is not None:
        return answer
    month = rows.filter(at__gte=month_start(now()))
    figures = {
        "visits": month.count(), "concerns": month.filter(concern__isnull=False).count(),
        "voices": month.filter(voice_count__gt=0).count(),
    }  # fmt: skip
    return page(request, "affairs/desk/visits.html", {"table": table, "figures": figures})


@part(of="visits", path="visits/<int:visit_id>/", roles=("clerk",))
@never_cache
def visit(request: HttpRequest, visit_id: int) -> HttpResponseBase:
    """One visit with its household, words and voices; the look is noted."""
    row = get_object_or_404(visits_seen_by(request.user), pk=visit_id)
    if not may_read(request.user, row):
        raise Http404("another village's")
    record_look(request.user, FILES_OF, row.pk, _("查看走访记录"), ("household", "note"),
                address=client_address(request) or "")  # fmt: skip
    files = list(FileLink.objects.filter(subject_kind=FILES_OF, subject=str(row.pk)).select_related("file"))
    return page(request, "affairs/desk/visit_record.html", {
        "row": row, "files": files, "crumbs": [(_("走访记录"), reverse("affairs:visits"))],
    })  # fmt: skip


def _link(request: HttpRequest) -> Callable[[Visit], str | None]:
    def link(row: Visit) -> str | None:
        return reverse("affairs:visit", args=[row.pk]) if may_read(request.user, row) else None

    return link
