"""周报: the briefings of the weeks, on the page and as a Word document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.ui.chart import Bar, Line, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...manifest import SYSTEM
from ...models import Trend, TrendKind
from ..actions.briefings import from_json
from ..briefing import BarChart, LineChart, Section, WeekFacts, sections
from ..queries.events import kind_names, town_names

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "周村区社会治理周报"


def briefings(request: HttpRequest) -> HttpResponseBase:
    rows = [
        {"on": row.on, "first": row.result["first"], "opened": row.result["opened"], "closed": row.result["closed"],
         "clusters": len(row.result["clusters"]), "warnings": len(row.result["warnings"]), "made_at": row.made_at}
        for row in Trend.objects.filter(kind=TrendKind.BRIEFING)
    ]  # fmt: skip
    table = Table(
        "briefings",
        columns=[
            Column("on", _("周末日"), format="day", link=_url),
            Column("first", _("周一")),
            Column("opened", _("新增"), format=0),
            Column("closed", _("办结"), format=0),
            Column("clusters", _("新发热点"), format=0),
            Column("warnings", _("预警"), format=0),
            Column("made_at", _("生成时间"), format="moment"),
        ],
        source=rows, order="-on", title=_("周报"), empty=_("还没有周报：每周一早上生成上一周的"),
    )  # fmt: skip
    return table.respond(request) or page(request, "governance/insight/briefings.html", {"table": table})


def _url(row: dict[str, Any]) -> str:
    return reverse("governance:briefing", args=[row["on"].isoformat()])


def _of_week(on: str) -> tuple[WeekFacts, tuple[Section, ...]]:
    try:
        row = Trend.objects.filter(kind=TrendKind.BRIEFING, on=date.fromisoformat(on)).first()
    except ValueError:
        row = None
    if row is None:
        raise Http404(on)
    facts = from_json(row.result)
    return facts, sections(facts, kind_names(), town_names())


@part(of="briefings", path="briefings/<str:on>/")
def briefing(request: HttpRequest, on: str) -> HttpResponseBase:
    facts, found = _of_week(on)
    shown = [(section, [_chart(chart) for chart in section.charts]) for section in found]
    return page(
        request,
        "governance/insight/briefing.html",
        {"facts": facts, "sections": shown, "on": on, "name": TITLE},
    )


@part(of="briefings", path="briefings/<str:on>/docx")
def briefing_file(request: HttpRequest, on: str) -> HttpResponseBase:
    from ..briefing_docx import briefing_docx  # the library is not loaded before somebody wants a document

    facts, found = _of_week(on)
    answer = HttpResponse(briefing_docx(facts, found, TITLE, SYSTEM.lead), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="briefing-{facts.last:%Y%m%d}.docx"'
    return answer


def _chart(chart: BarChart | LineChart) -> Any:
    traces = [Trace(name, list(values)) for name, values in chart.series.items()]
    kind = Bar if isinstance(chart, BarChart) else Line
    return kind(title=chart.title, x=list(chart.categories), traces=traces, decimals=0 if kind is Bar else 1)
