"""件数预测: what came and what is to be expected, per town and kind, with intervals; and how such forecasts did."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.people.access import scope_of
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ...models import TrendKind
from ..queries.events import kind_names, town_names
from ..queries.trends import newest

WEEK = 7
ALL_KEY = "all"
"""What stands in a row for all towns or all kinds: an empty text is shown as nothing."""


def load_forecast(request: HttpRequest) -> HttpResponseBase:
    """`?town=370306001&kind=E01`: one series; without them, the sum of all the reader may see."""
    kept = newest(TrendKind.FORECAST)
    found = kept.result if kept else {"series": [], "days": [], "ahead": [], "score": None}
    names, kinds = town_names(), {code: _(name) for code, name in kind_names().items()}
    scope = scope_of(request.user, "governance")
    series = [one for one in found["series"] if scope.is_whole or scope.covers(one["town"] or None)]
    chosen = _chosen(series, request.GET.get("town", ""), request.GET.get("kind", ""))
    towns = {key: name for key, name in names.items() if any(one["town"] == key for one in series)}
    table = Table(
        "series",
        columns=[
            Column("town", _("镇办"), filter="choice", choices={ALL_KEY: names[""], **towns}),
            Column("kind", _("类别"), filter="choice", choices={ALL_KEY: kinds[""], **kinds}),
            Column("last_week", _("近 7 天"), format=0),
            Column("next_week", _("未来 7 天预测"), format=1),
            Column("tomorrow", _("首日预测"), format=1),
            Column("interval", _("首日 80% 区间"), sortable=False),
        ],
        source=[_row(one) for one in series], order="-next_week", title=_("各镇办、各类别"), per_page=20,
        empty=_("历史记录太短，还不能预测"),
    )  # fmt: skip
    context = {
        "kept": kept, "table": table, "score": found.get("score"), "chart": _chart(found, chosen, names, kinds),
        "towns": towns,
        "kinds": {key: name for key, name in kinds.items() if any(one["kind"] == key for one in series)},
        "town": chosen["town"] if chosen else "", "kind": chosen["kind"] if chosen else "",
    }  # fmt: skip
    return table.respond(request) or page(request, "governance/insight/load_forecast.html", context)


def _chosen(series: list[dict[str, Any]], town: str, kind: str) -> dict[str, Any] | None:
    exact = next((one for one in series if (one["town"], one["kind"]) == (town, kind)), None)
    return exact or next((one for one in series if not one["kind"]), series[0] if series else None)


def _row(one: dict[str, Any]) -> dict[str, Any]:
    low, high = one["bounds"]["80"]
    return {
        "town": one["town"] or ALL_KEY, "kind": one["kind"] or ALL_KEY, "last_week": sum(one["past"][-WEEK:]),
        "next_week": sum(one["mean"][:WEEK]), "tomorrow": one["mean"][0], "interval": f"{low[0]:.0f} – {high[0]:.0f}",
    }  # fmt: skip


def _chart(
    found: dict[str, Any], one: dict[str, Any] | None, names: dict[str, str], kinds: dict[str, str]
) -> Line | None:
    if one is None:
        return None
    days = [date.fromisoformat(day) for day in [*found["days"], *found["ahead"]]]
    before, after = [None] * len(found["days"]), [None] * len(found["ahead"])

    def ahead(values: list[float]) -> list[float | None]:
        return [*before, *values]

    title = f"{names.get(one['town'], one['town'])} · {kinds.get(one['kind'], one['kind'])}"
    return Line(
        title=title, unit=_("件"), decimals=1, x=days,
        traces=[
            Trace(_("实际"), [*one["past"], *after]),
            Trace(_("预测（90% 区间）"), ahead(one["mean"]), dashed=True,
                  band=(ahead(one["bounds"]["90"][0]), ahead(one["bounds"]["90"][1]))),
            Trace(_("80% 区间"), ahead(one["mean"]), dashed=True,
                  band=(ahead(one["bounds"]["80"][0]), ahead(one["bounds"]["80"][1]))),
        ],
    )  # fmt: skip
