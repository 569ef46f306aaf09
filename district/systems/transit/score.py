"""`district score transit FEED.zip --learn DAY.csv … --judge DAY.csv`: forecasts of recorded days, judged."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pandas as pd

from . import accuracy, positions, schedule
from .passages import Run, runs_of
from .scoring import Score, score

METHODS = (("ours", "区智 ours"), ("timetable", "时刻表 timetable"), ("last_delay", "晚点顺延 last delay"),
           ("historical", "历史均值 historical"), ("kalman", "卡尔曼 Kalman"))  # fmt: skip


def main(arguments: list[str]) -> int:
    """Prints a table and, last, one JSON object. Exit code 1 with the reason when the files are of no use."""
    parser = argparse.ArgumentParser(prog="district score transit", description=__doc__)
    parser.add_argument("feed", type=Path, help="GTFS zip")
    parser.add_argument("--learn", type=Path, nargs="+", required=True, metavar="DAY.csv")
    parser.add_argument("--judge", type=Path, nargs="+", required=True, metavar="DAY.csv")
    parser.add_argument("--live", action="store_true", help="按实时进程逐个位置重放 · through the live parts")
    given = parser.parse_args(arguments)
    try:
        timetable = schedule.read(given.feed)
        learn, judge = (_runs(timetable, files) for files in (given.learn, given.judge))
        found = _live(timetable, learn, judge, given.judge) if given.live else score(learn, judge)
    except (schedule.FeedError, positions.PositionsError, ValueError) as error:
        print(f"不能评分：{error}", file=sys.stderr)
        return 1
    show(found)
    print(json.dumps(told(found), ensure_ascii=False))
    return 0


def _live(timetable: schedule.Schedule, learn: list[Run], judge: list[Run], files: list[Path]) -> Score:
    from .live.recorded import score_live

    return score_live(timetable, learn, judge, pd.concat([positions.read(file)[0] for file in files], ignore_index=True))


def _runs(timetable: schedule.Schedule, files: list[Path]) -> list[Run]:
    found = []
    for file in files:
        rows, refused = positions.read(file)
        runs = runs_of(timetable, rows)
        on_line = sum(len(run.at) for run in runs)
        print(f"{file.name}：{len(rows)} 个位置（另有 {refused} 行不能用），{len(runs)} 个班次，{on_line} 个位置在线路上",
              file=sys.stderr)  # fmt: skip
        found += runs
    return found


def show(found: Score) -> None:
    """The table for people."""
    print(f"到站 {found.visits} 次，判定 {found.rows} 条；每分钟取样，按到站前剩余时间分档，数字为容差内的百分比")
    heads = [*(each.name for each in accuracy.BUCKETS), "平均 mean", "绝对误差 MAE s", "偏差 bias s"]
    print(f"{'':24}" + "".join(f"{head:>12}" for head in heads))
    for key, label in METHODS:
        cells = [found.buckets[each.name][key] for each in accuracy.BUCKETS]
        numbers = [*cells, found.overall[key], found.mean_error_s[key], found.bias_s[key]]
        print(f"{label:24}" + "".join(f"{'—' if each is None else f'{each:.1f}':>12}" for each in numbers))
    print(f"有预报的到站 {found.forecast_rate} %；提前五分钟的预报准确 {found.right_rate} %；"
          f"九成区间覆盖 {found.interval_coverage} %，中位宽度 {found.width_s:.0f} 秒")  # fmt: skip


def told(found: Score) -> dict[str, object]:
    """The figures for machines; rates and coverage as per cent."""
    return {
        "buckets": found.buckets, "forecast_rate": found.forecast_rate, "interval_coverage": found.interval_coverage,
        "overall": found.overall, "mean_error_s": found.mean_error_s, "bias_s": found.bias_s, "right_rate": found.right_rate,
        "visits": found.visits, "rows": found.rows,
    }  # fmt: skip
