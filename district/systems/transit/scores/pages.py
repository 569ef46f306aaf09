"""预报评分: how right the forecasts of arrivals were, for everybody to see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.ui.chart import Bar, Limit, Line, Trace
from district.kernel.ui.live import topic
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..accuracy import BUCKETS
from ..models import LearntModel, Score
from .weather_words import weather_lines

topic("transit.forecasts", roles=("public",))

TREND_DAYS = 60


def scores(request: HttpRequest) -> HttpResponse:
    """Of a line (all) and a day (the newest): the benchmark beside other methods; the trend; the lines."""
    line = request.GET.get("line", "")
    days = list(Score.objects.filter(route_id=line).order_by("-day").values_list("day", flat=True)[:TREND_DAYS])
    day = next((each for each in days if each.isoformat() == request.GET.get("day")), days[0] if days else None)
    chosen = Score.objects.filter(route_id=line, day=day).first() if day else None
    table = _lines(day)
    answer = table.respond(request)
    if answer is not None:
        return answer
    trend = list(Score.objects.filter(route_id=line, day__gte=today() - timedelta(days=TREND_DAYS)).order_by("day"))
    names = dict(Score.objects.exclude(route_id="").order_by("route_id").values_list("route_id", "line").distinct())
    model = LearntModel.objects.defer("packed").first()
    return page(request, "transit/scores/scores.html", {
        "weather": weather_lines(model.figures.get("weather", {})) if model else [],
        "score": chosen, "table": table, "days": days, "day": day, "line": line, "lines": names,
        "buckets": _buckets(chosen) if chosen and chosen.figures else None, "trend": _trend(trend) if len(trend) > 1 else None,
        "share": _shares(chosen) if chosen else {}, "model": model,
        "errors": _errors(chosen) if chosen and chosen.figures else [],
    })  # fmt: skip


def _methods() -> dict[str, str]:
    return {"ours": _("本系统"), "timetable": _("时刻表"), "last_delay": _("晚点顺延"), "historical": _("历史均值"),
            "kalman": _("卡尔曼滤波（TransitClock）")}  # fmt: skip


def _buckets(score: Score) -> Bar:
    figures = score.figures["buckets"]
    return Bar(
        title=_("各时段预报在容差内的比例"), unit="%", x=[_("%(span)s 分钟") % {"span": each.name} for each in BUCKETS],
        traces=[Trace(name, [figures[each.name].get(key) for each in BUCKETS]) for key, name in _methods().items()],
    )  # fmt: skip


def _errors(score: Score) -> list[dict[str, Any]]:
    figures = score.figures
    return [{"name": name, "overall": figures["overall"].get(key), "error": figures["mean_error_s"].get(key),
             "bias": figures["bias_s"].get(key)} for key, name in _methods().items()]  # fmt: skip


def _trend(rows: list[Score]) -> Line:
    shares = [_shares(row) for row in rows]
    return Line(
        title=_("逐日走势"), unit="%", x=[row.day for row in rows],
        traces=[
            Trace(_("有预报的到站"), [each["forecast"] for each in shares]),
            Trace(_("基准平均得分"), [row.figures.get("overall", {}).get("ours") for row in rows]),
            Trace(_("提前五分钟预报准确"), [each["right"] for each in shares]),
            Trace(_("90% 区间命中"), [each["covered"] for each in shares], dashed=True),
        ],
        limits=[Limit(_("预报率目标"), 90)],
    )  # fmt: skip


def _shares(score: Score) -> dict[str, float | None]:
    def share(part: int, whole: int) -> float | None:
        return round(100 * part / whole, 2) if whole else None

    return {"forecast": share(score.forecast, score.visits), "right": share(score.right, score.visits),
            "covered": share(score.covered, score.judged)}  # fmt: skip


def _lines(day: Any) -> Table:
    rows = [
        {
            "line": row.line or row.route_id, "visits": row.visits, **_shares(row),
            "ours": row.figures.get("overall", {}).get("ours"), "timetable": row.figures.get("overall", {}).get("timetable"),
            "width": row.figures.get("width_s"),
            **{f"b{number}": _of_bucket(row, each.name) for number, each in enumerate(BUCKETS)},
        }
        for row in (Score.objects.filter(day=day).exclude(route_id="") if day else ())
    ]  # fmt: skip
    return Table("line_scores", columns=[
        Column("line", _("线路"), filter="text"), Column("visits", _("到站次数")),
        Column("forecast", _("有预报"), format=1, unit="%"), Column("right", _("提前五分钟准确"), format=1, unit="%"),
        Column("ours", _("基准得分"), format=1, unit="%"), Column("timetable", _("按时刻表的得分"), format=1, unit="%"),
        *(Column(f"b{number}", _("%(span)s 分钟") % {"span": each.name}, format=1, unit="%")
          for number, each in enumerate(BUCKETS)),
        Column("covered", _("区间命中"), format=1, unit="%"), Column("width", _("区间中位宽度"), format=0, unit="s"),
    ], source=rows, order="line")  # fmt: skip


def _of_bucket(score: Score, name: str) -> float | None:
    found: float | None = score.figures.get("buckets", {}).get(name, {}).get("ours")
    return found
