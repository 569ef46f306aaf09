"""环境质量公报: a day or a month, as a page, a workbook and a PDF."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.ui.chart import Bar, Limit, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..air_quality import grade_of
from ..bulletin import Bulletin
from ..bulletin_tables import tables
from ..bulletin_xlsx import xlsx_of
from ..queries.bulletins import day_bulletin, month_bulletin
from .forms import read_day


def _pdf(bulletin: Bulletin) -> bytes:
    from ..bulletin_pdf import pdf_of  # the library is not loaded before somebody wants a PDF

    return pdf_of(bulletin)


MAKERS = {
    "xlsx": (xlsx_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (_pdf, "application/pdf"),
}


def bulletins(request: HttpRequest) -> HttpResponseBase:
    """`?period=day|month&on=YYYY-MM-DD`; yesterday's day when nothing is asked."""
    period = "month" if request.GET.get("period") == "month" else "day"
    on = min(read_day(request.GET.get("on"), today() - timedelta(days=1)), today())
    made = _made(period, on)
    return page(
        request,
        "environment/bulletins.html",
        {
            "bulletin": made,
            "tables": tables(made),
            "chart": _chart(made),
            "period": period,
            "on": on,
            "downloads": [
                (kind.upper(), reverse("environment:bulletin_file", args=[period, on.isoformat(), kind]))
                for kind in MAKERS
            ],
            "before": _moved(period, on, -1),
            "after": _moved(period, on, 1),
            "today": today(),
        },
    )


def _made(period: str, on: date) -> Bulletin:
    return month_bulletin(on.year, on.month) if period == "month" else day_bulletin(on)


def _moved(period: str, on: date, by: int) -> date:
    if period == "day":
        return on + timedelta(days=by)
    month = on.year * 12 + on.month - 1 + by
    return date(month // 12, month % 12 + 1, 1)


def _chart(bulletin: Bulletin) -> Bar:
    """AQI of the stations on a day, or of every day of the best covered station in a month."""
    if bulletin.period == "day":
        pairs = [(station.name, day.aqi) for station in bulletin.air for day in station.valid_days]
        title = _("各站点 AQI")
    else:
        station = max(bulletin.air, key=lambda each: len(each.valid_days), default=None)
        pairs = [(str(day.on.day), day.aqi) for day in station.valid_days] if station else []
        title = _("%(name)s逐日 AQI") % {"name": station.name if station else ""}
    known = [(name, aqi) for name, aqi in pairs if aqi is not None]
    return Bar(
        title=title,
        decimals=0,
        x=[name for name, _aqi in known],
        traces=[Trace("AQI", [aqi for _name, aqi in known])],
        colours=[grade_of(aqi).colour for _name, aqi in known],
        limits=[Limit(_("优良"), 100)],
    )


@part(of="bulletins", path="bulletins/<str:period>/<str:on>.<str:kind>")
def bulletin_file(request: HttpRequest, period: str, on: str, kind: str) -> HttpResponse:
    if period not in ("day", "month") or kind not in MAKERS:
        raise Http404(f"{period}.{kind}")
    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise Http404(on) from error
    made = _made(period, day)
    write, media_type = MAKERS[kind]
    response = HttpResponse(write(made), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{made.title}.{kind}") or ""
    return response
