"""The briefing as sections of sentences, tables and charts: what the document prints and the slides show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .facts import Facts

LIGHT_NAMES = {"red": "严重滞后", "amber": "需要关注", "green": "正常", "grey": "无数据"}
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bars:
    """A bar chart: categories, and values by name; None where nothing is known."""

    title: str
    categories: Sequence[str]
    series: dict[str, Sequence[float | None]]


@dataclass(frozen=True)
class Section:
    """`table` has its heading as its first row."""

    title: str
    sentences: Sequence[str] = ()
    chart: Bars | None = None
    table: Rows = ()


def title(facts: Facts) -> str:
    return f"新型智慧城市建设重点工作月度简报（{facts.month.year} 年 {facts.month.month} 月）"


def sections(facts: Facts) -> list[Section]:
    return [_overview(facts), _tasks(facts), _milestones(facts), _units(facts), _reports(facts), _indicators(facts)]


def _overview(facts: Facts) -> Section:
    counts = {light: sum(each.light == light for each in facts.tasks) for light in LIGHT_NAMES}
    words = "，".join(f"{LIGHT_NAMES[light]} {n} 项" for light, n in counts.items() if n)
    sentences = [
        f"截至 {_day(facts.on.isoformat())}，{len(facts.tasks)} 项重点工作中{words}。",
        f"本月完成里程碑 {len(facts.done_this_month)} 个，逾期未完成 {len(facts.late)} 个，下月到期 {len(facts.next_month)} 个。",
    ]
    if facts.is_simulated:
        sentences.append("本期含模拟数据，仅供演示。")
    chart = Bars("重点工作状态", [LIGHT_NAMES[light] for light in counts], {"项": [float(n) for n in counts.values()]})
    return Section("一、总体情况", sentences, chart)


def _tasks(facts: Facts) -> Section:
    table = [["条款", "重点工作", "牵头单位", "状态", "应完成", "已完成", "原因"]]
    table += [[str(each.clause), each.name, each.lead, LIGHT_NAMES[each.light], _share(each.planned), _share(each.done), each.why]
              for each in facts.tasks]  # fmt: skip
    known = [each for each in facts.tasks if each.done is not None]
    chart = Bars("应完成与已完成（%）", [str(each.clause) for each in known], {
        "应完成": [_percent(each.planned) for each in known], "已完成": [_percent(each.done) for each in known],
    })  # fmt: skip
    return Section("二、各项工作进度", ["状态由平台按里程碑计算，牵头单位不能修改。"], chart if known else None, table)


def _milestones(facts: Facts) -> Section:
    table = [["类别", "重点工作", "里程碑", "日期", "单位"]]
    for words, rows in (("本月完成", facts.done_this_month), ("逾期未完成", facts.late), ("下月到期", facts.next_month)):
        table += [[words, *row] for row in rows]
    return Section("三、里程碑", [] if len(table) > 1 else ["本月没有里程碑变化。"], None, table if len(table) > 1 else ())


def _units(facts: Facts) -> Section:
    if not facts.late_units:
        return Section("四、逾期单位", ["没有单位逾期未提交成果。"])
    chart = Bars("各单位逾期成果（项）", [unit for unit, _n, _days in facts.late_units],
                 {"逾期成果": [float(n) for _unit, n, _days in facts.late_units]})  # fmt: skip
    table = [["单位", "逾期成果", "最长逾期（天）"], *[[unit, str(n), str(days)] for unit, n, days in facts.late_units]]
    return Section("四、逾期单位", [f"共有 {len(facts.late_units)} 个单位逾期未提交成果。"], chart, table)


def _reports(facts: Facts) -> Section:
    on_time, late, waiting = facts.reports
    sentences = [f"本月月报按时填报 {on_time} 份，逾期 {late} 份，未到期 {waiting} 份。"]
    table = [["重点工作", "主要风险", "风险值"], *[[task, risk, str(score)] for task, risk, score in facts.risks]]
    return Section("五、月报与风险", sentences, None, table if facts.risks else ())


def _indicators(facts: Facts) -> Section:
    if not facts.indicators:
        return Section("六、规划指标", ["还没有可计算的指标。"])
    table = [["指标", "现值", "目标"]]
    table += [[name, "无数据" if value is None else f"{value:g} {unit}", f"{target:g} {unit}"]
              for name, value, target, unit in facts.indicators]  # fmt: skip
    return Section("六、规划指标", [], None, table)


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.0f}%"


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{year} 年 {int(month)} 月 {int(day)} 日"
