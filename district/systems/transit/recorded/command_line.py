"""`district replay transit FEED.zip --learn DAY.csv … --judge DAY.csv`: recorded days through the terminals' own door.

Needs the gateway of this installation to run (`district up --no-demo`). The days are moved by whole weeks to the past; what
comes of them is marked as simulated. The last line is one JSON object, as of `district score transit`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from district.kernel.clock import CHINA, today

from .. import positions, schedule
from ..learning.days import close_day
from ..learning.learning import learn
from ..manifest import SYSTEM
from ..models import Score
from ..score import METHODS
from ..scores.scoring import score_day
from .following import follow
from .preparing import NotAlone, alone, assign, buses_of, edition_of, put_away
from .sending import send
from .shifting import moved_feed, shift_s, weeks_between

V2013 = 2013


def replay(arguments: list[str]) -> int:
    """Exit code 1 with the reason when it cannot be done, 3 when the gateway did not acknowledge every position."""
    given = _parser().parse_args(arguments)
    try:
        alone()
        return _replayed(given)
    except NotAlone:
        _say("这里有真实的时刻表或车辆，不与录制数据混在一起；请用另一个 DISTRICT_HOME（not mixed with real data）")
    except (schedule.FeedError, positions.PositionsError, ValueError) as error:
        print(f"不能回放：{error}", file=sys.stderr)
    return 1


def _replayed(given: argparse.Namespace) -> int:
    original = schedule.read(given.feed)
    learnt = [_read(file, original.timezone) for file in given.learn]
    judged_day, judged = _read(given.judge, original.timezone)
    shift = weeks_between(judged_day, today())
    taught = sorted(day + shift for day, _rows in learnt)
    day = judged_day + shift
    if day in taught or (taught and taught[-1] > day):
        raise ValueError("评分日应在学习日之后（the judged day comes last）")
    edition_of(moved_feed(given.feed.read_bytes(), shift), [*taught, day])
    rows = [_moved(each, recorded, shift, original.timezone) for recorded, each in (*learnt, (judged_day, judged))]
    window = _window(given, day)
    rows[-1] = rows[-1][rows[-1]["at"].between(window[0].timestamp(), window[1].timestamp())]
    all_rows = pd.concat(rows, ignore_index=True)
    buses = buses_of(all_rows["vehicle"].unique().tolist())
    try:
        is_whole = _sent(given, all_rows, {vehicle: bus.device.code for vehicle, bus in buses.items() if bus.device})
        for each in taught:
            close_day(each)
        learn(day)
        told = assign(rows[-1], buses, day) if not given.untold else 0
        _say(f"{day:%Y-%m-%d} 派车 {told} 个班次，逐分钟预报")
        follow(*window, given.every, _progress)
        close_day(day)
        show(score_day(day))
    finally:
        put_away(buses)
    return 0 if is_whole else 3


def _read(file: Path, timezone: str) -> tuple[date, pd.DataFrame]:
    """(the recorded day, its positions)."""
    rows, _refused = positions.read(file)
    if rows.empty:
        raise ValueError(f"{file.name}：没有能用的位置")
    middle = datetime.fromtimestamp(float(rows["at"].median()), ZoneInfo(timezone))
    return middle.date(), rows


def _moved(rows: pd.DataFrame, day: date, shift: timedelta, timezone: str) -> pd.DataFrame:
    """A terminal tells whole seconds."""
    return rows.assign(at=(rows["at"] + shift_s(day, shift, timezone)).round(), vehicle=rows["vehicle"].astype(str))


def _window(given: argparse.Namespace, day: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(day, given.begin, CHINA)
    end = datetime.combine(day, given.end, CHINA) if given.end else datetime.combine(day, time(3), CHINA) + timedelta(days=1)
    if end <= begin:
        raise ValueError("--until 应晚于 --from")
    return begin, end


def _sent(given: argparse.Namespace, rows: pd.DataFrame, phones: dict[str, str]) -> bool:
    port = given.port or SYSTEM.listens[0].port + int(os.environ.get("DISTRICT_PORT_OFFSET") or 0)
    sent = asyncio.run(send(phones, rows, given.host, port, V2013))
    _say(f"经终端接入 {sent.terminals} 个终端、{sent.positions} 个位置，网关确认 {sent.acknowledged} 个，{sent.seconds:.1f} 秒"
         f"（每秒 {sent.acknowledged / max(sent.seconds, 0.001):.0f} 个）")  # fmt: skip
    return sent.acknowledged == sent.positions


def show(scores: Sequence[Score]) -> None:
    """The table of all lines together, and the JSON object."""
    whole = next((each for each in scores if not each.route_id), None)
    if whole is None or not whole.figures:
        raise ValueError("没有可评分的到站（nothing to judge）")
    buckets: dict[str, dict[str, Any]] = whole.figures["buckets"]
    print(f"{'':24}" + "".join(f"{name:>12}" for name in buckets))
    for key, label in METHODS:
        print(f"{label:24}" + "".join(f"{_cell(buckets[name][key]):>12}" for name in buckets))
    rate = round(100 * whole.forecast / max(whole.visits, 1), 2)
    covered = round(100 * whole.covered / max(whole.judged, 1), 2)
    print(f"到站 {whole.visits} 次，有预报 {rate} %；判定 {whole.judged} 条，九成区间覆盖 {covered} %")
    print(json.dumps({"buckets": buckets, "forecast_rate": rate, "interval_coverage": covered, "visits": whole.visits,
                      "rows": whole.judged, "day": f"{whole.day}"}, ensure_ascii=False))  # fmt: skip


def _cell(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _progress(at: datetime, taken: int) -> None:
    if at.minute == 0 and at.second == 0:
        _say(f"{at:%H:%M} 已用 {taken} 个位置")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="district replay transit", description=__doc__)
    parser.add_argument("feed", type=Path, help="GTFS zip")
    parser.add_argument("--learn", type=Path, nargs="+", required=True, metavar="DAY.csv")
    parser.add_argument("--judge", type=Path, required=True, metavar="DAY.csv")
    parser.add_argument("--from", dest="begin", type=time.fromisoformat, default=time(3), metavar="HH:MM", help="评分日从几点起")
    parser.add_argument("--until", dest="end", type=time.fromisoformat, metavar="HH:MM", help="评分日到几点，默认到次日 3 点")
    parser.add_argument("--every", type=float, default=30.0, metavar="SECONDS", help="预报每隔几秒一轮")
    parser.add_argument("--untold", action="store_true", help="不告诉哪辆车开哪个班次，由平台自己识别")
    parser.add_argument("--host", default="127.0.0.1", help="网关地址")
    parser.add_argument("--port", type=int, help="网关端口，默认取系统声明的端口")
    return parser
