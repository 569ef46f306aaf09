"""The weekly briefing: facts, and sentences that say nothing but their facts.

Every sentence is made of a template and named numbers; `sentence.numbers` are those numbers, and the text holds no other
figure than theirs. Pure: what is counted comes in as columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

TOP = 5
FORECAST_COVER = "80"


@dataclass(frozen=True)
class Sentence:
    """`text` for people; `numbers`: what it states, by name, as it was printed."""

    text: str
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BarChart:
    """Named numbers to be drawn as bars, `series`: name → one value for each category."""

    title: str
    categories: tuple[str, ...]
    series: dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class LineChart:
    """Days and lines over them; None where a line has no value."""

    title: str
    categories: tuple[str, ...]
    series: dict[str, tuple[float | None, ...]]


@dataclass(frozen=True)
class Section:
    title: str
    sentences: tuple[Sentence, ...]
    charts: tuple[BarChart | LineChart, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class WeekFacts:
    """What was counted. Counts by kind and town are of cases opened in the week and in the one before.

    `four_weeks`: cases opened in the four weeks before the week. `closed`, `closed_on_time`: cases closed in the week
    that had a limit; `hours_to_close`: their median from opening, None when there are none. `overdue`: open at the end of
    the week and past their limit.
    """

    first: date
    last: date
    opened: int
    opened_before: int
    four_weeks: int
    by_kind: Mapping[str, tuple[int, int]]
    by_town: Mapping[str, tuple[int, int]]
    daily: tuple[int, ...]
    closed: int
    closed_on_time: int
    hours_to_close: float | None
    running: int
    overdue: int
    clusters: Sequence[Mapping[str, Any]] = ()
    warnings: Sequence[Mapping[str, Any]] = ()
    ahead: Sequence[tuple[date, float, float, float]] = ()
    """Day, mean, low and high (80 %) of the district's forecast after the week."""
    is_simulated: bool = False
    topics: Sequence[Mapping[str, Any]] = ()
    """`terms` that many more reports use than expected: `observed`, `expected`, `p`."""


Names = Mapping[str, str]


def sections(facts: WeekFacts, kinds: Names, towns: Names) -> tuple[Section, ...]:
    """The briefing. `kinds` and `towns` are the names of the codes."""
    return (
        _overview(facts),
        _ranking(facts, "二、事件类别", "类别", facts.by_kind, kinds),
        _ranking(facts, "三、镇办分布", "镇办", facts.by_town, towns),
        _handling(facts),
        _hot_spots(facts),
        _warnings(facts, kinds, towns),
        _topics(facts),
        _forecast(facts),
    )


def _say(template: str, **numbers: Any) -> Sentence:
    """Fills a template; only what is named here can stand in it as a number."""
    printed = {name: str(value) for name, value in numbers.items()}
    return Sentence(template.format(**printed), printed)


def _change(now: int, before: int) -> tuple[str, dict[str, str]]:
    """How a count compares, in words and numbers."""
    if now == before:
        return "与上周持平", {}
    word = "多" if now > before else "少"
    said, numbers = f"比上周{word} {{difference}} 件", {"difference": str(abs(now - before))}
    if before:
        said += "（{change}%）"
        numbers["change"] = f"{100 * (now - before) / before:+.1f}"
    return said, numbers


def _overview(facts: WeekFacts) -> Section:
    said, numbers = _change(facts.opened, facts.opened_before)
    busiest = (
        max(range(len(facts.daily)), key=lambda place: (facts.daily[place], -place)) if facts.daily else None
    )
    sentences = [
        _say("本周新增 {opened} 件，上周 {before} 件，" + said + "。", opened=facts.opened, before=facts.opened_before,
             **numbers),
        _say("前四周平均每周 {mean} 件。", mean=f"{facts.four_weeks / 4:.1f}"),
    ]  # fmt: skip
    if busiest is not None and facts.opened:
        day = date.fromordinal(facts.first.toordinal() + busiest)
        sentences.append(_say("新增最多的一天是 {month} 月 {day} 日，{most} 件。", month=day.month, day=day.day,
                              most=facts.daily[busiest]))  # fmt: skip
    days = [date.fromordinal(facts.first.toordinal() + place) for place in range(len(facts.daily))]
    chart = BarChart(
        "本周每日新增（件）", tuple(f"{day.month}-{day.day}" for day in days), {"新增": facts.daily}
    )
    return Section("一、总体情况", tuple(sentences), (chart,))


def _ranking(
    facts: WeekFacts, title: str, what: str, counts: Mapping[str, tuple[int, int]], names: Names
) -> Section:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1][0], pair[0]))
    rows = [(names.get(code, code), now, before) for code, (now, before) in ranked if now or before]
    if not facts.opened or not rows:
        return Section(title, (_say("本周没有新增。"),))
    shown = rows[:TOP]
    name, now, before = shown[0]
    said, numbers = _change(now, before)
    place = "并列首位" if len(rows) > 1 and rows[1][1] == now else "居首位"
    sentences = [
        _say(name + " {now} 件，占新增的 {share}%，" + place + "，" + said + "。", now=now,
             share=f"{100 * now / facts.opened:.1f}", **numbers)
    ]  # fmt: skip
    most = max(row[1] - row[2] for row in rows)
    grown = [row for row in rows if row[1] - row[2] == most]
    if most > 0 and len(grown) == 1:
        sentences.append(_say("增加最多的是" + grown[0][0] + "，从 {before} 件到 {now} 件。", before=grown[0][2],
                              now=grown[0][1]))  # fmt: skip
    table = (
        (what, "本周", "上周", "增减"),
        *((name, str(now), str(before), f"{now - before:+d}") for name, now, before in shown),
    )
    chart = BarChart(f"{what}新增（件）", tuple(row[0] for row in shown),
                     {"本周": tuple(row[1] for row in shown), "上周": tuple(row[2] for row in shown)})  # fmt: skip
    return Section(title, tuple(sentences), (chart,), table)


def _handling(facts: WeekFacts) -> Section:
    sentences = [_say("本周办结 {closed} 件。", closed=facts.closed)]
    if facts.closed:
        sentences[0] = _say(
            "本周办结有时限的案件 {closed} 件，其中按期 {in_time} 件，按期率 {rate}%。", closed=facts.closed,
            in_time=facts.closed_on_time, rate=f"{100 * facts.closed_on_time / facts.closed:.1f}",
        )  # fmt: skip
    if facts.hours_to_close is not None:
        sentences.append(_say("从立案到办结的中位用时 {hours} 小时。", hours=f"{facts.hours_to_close:.1f}"))
    sentences.append(
        _say("周末在办 {running} 件，其中超期 {overdue} 件。", running=facts.running, overdue=facts.overdue)
    )
    return Section("四、办理情况", tuple(sentences))


def _hot_spots(facts: WeekFacts) -> Section:
    if not facts.clusters:
        return Section("五、新发热点", (_say("按各地自身历史比较，没有统计上显著的新发热点。"),))
    said = [_say("时空扫描发现 {n} 处统计上显著的新发热点。", n=len(facts.clusters))]
    for number, one in enumerate(facts.clusters[:TOP], start=1):
        said.append(
            _say(
                "热点 {number}（" + str(one.get("near", "")) + "附近）：{days} 天内 {observed} 件，按当地历史应有 {expected} 件，"
                "相对风险 {risk}，p = {p}。",
                number=number, days=one["days"], observed=one["observed"], expected=f"{one['expected']:.1f}",
                risk=f"{one['relative_risk']:.1f}", p=f"{one['p']:.3f}",
            )
        )  # fmt: skip
    return Section("五、新发热点", tuple(said))


def _warnings(facts: WeekFacts, kinds: Names, towns: Names) -> Section:
    if not facts.warnings:
        return Section("六、早期预警", (_say("没有镇办或类别的周件数超出预警上限。"),))
    said = []
    for one in facts.warnings[:TOP]:
        name = towns.get(one["town"], one["town"]) + "·" + kinds.get(one["kind"], one["kind"])
        said.append(
            _say(name + "：{observed} 件，预期 {expected} 件，上限 {upper} 件。", observed=one["observed"],
                 expected=f"{one['expected']:.1f}", upper=f"{one['upper']:.0f}")
        )  # fmt: skip
    return Section("六、早期预警", tuple(said))


def _topics(facts: WeekFacts) -> Section:
    if not facts.topics:
        return Section("七、新兴话题", (_say("与前八周的用词相比，没有统计上显著增多的话题。"),))
    said = [
        _say(_plain(one["terms"]) + "：{observed} 件提到，按前八周应有 {expected} 件，p = {p}。",
             observed=one["observed"], expected=f"{one['expected']:.1f}", p=f"{one['p']:.4f}")
        for one in facts.topics[:TOP]
    ]  # fmt: skip
    return Section("七、新兴话题", tuple(said))


def _plain(terms: Sequence[str]) -> str:
    """The terms between quotes; braces of a text are no places of a template."""
    return "“" + "、".join(terms).replace("{", "{{").replace("}", "}}") + "”"


def _forecast(facts: WeekFacts) -> Section:
    ahead = facts.ahead[:7]
    if not ahead:
        return Section("八、下周预测", (_say("历史记录太短，不作预测。"),))
    sentences = (
        _say("预计下周新增约 {total} 件。", total=f"{sum(mean for _day, mean, _low, _high in ahead):.0f}"),
        _say(
            "单日最多的一天预计 {most} 件，{cover}% 区间 {low} 至 {high} 件。",
            cover=FORECAST_COVER,
            **_most(ahead),
        ),
    )
    days = tuple(f"{day.month}-{day.day}" for day, _mean, _low, _high in ahead)
    chart = LineChart("下周每日新增预测（件）", days, {
        "预测": tuple(row[1] for row in ahead), "区间下限": tuple(row[2] for row in ahead),
        "区间上限": tuple(row[3] for row in ahead),
    })  # fmt: skip
    return Section("八、下周预测", sentences, (chart,))


def _most(ahead: Sequence[tuple[date, float, float, float]]) -> dict[str, str]:
    _day, mean, low, high = max(ahead, key=lambda row: row[1])
    return {"most": f"{mean:.1f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
