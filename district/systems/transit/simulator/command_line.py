"""`district simulate transit`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from district.kernel import home

from ..manifest import SYSTEM
from .playing import EVERYDAY, FAULTS, Options, play
from .riding import Tally
from .town import Town, of_database, of_feed

MEMORY = "simulator-transit.json"


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 after an interrupt or a finished back-fill, 2 for arguments that make no sense."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    faults = _faults(given.faults)
    if faults is None:
        print(f"没有这样的故障（no such fault）；可选 {' '.join(sorted(FAULTS))} all none", file=sys.stderr)
        return 2
    options = Options(given.host, given.port or _port(), given.speed, given.backfill, given.play_hours, given.buses,
                      given.seed, faults, not given.once)  # fmt: skip
    town = of_feed(given.feed, given.buses or 60) if given.feed else _town_of_database()
    if not town.buses:
        print("没有模拟车辆：先运行 district seed（no simulated buses）", file=sys.stderr)
        return 2
    tally = Tally()
    memory = None if given.forget else home.home() / MEMORY
    asyncio.run(_until_told(play(options, town, tally, memory)))
    return 0


def _town_of_database() -> Town:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
    import django

    django.setup()
    return of_database()


async def _until_told(playing: Coroutine[Any, Any, None]) -> None:
    """Ends when the play does, on Ctrl-C, or when a supervisor asks by SIGTERM."""
    task = asyncio.ensure_future(playing)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def _port() -> int:
    return SYSTEM.listens[0].port + int(os.environ.get("DISTRICT_PORT_OFFSET") or 0)


def _faults(names: Sequence[str] | None) -> frozenset[str] | None:
    """Those of every day when none are named; `all`, `none`; None for a name that is none."""
    if names is None:
        return EVERYDAY
    wanted = set(names)
    chosen = FAULTS if "all" in wanted else frozenset(wanted - {"none"})
    return chosen if chosen <= FAULTS else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="district simulate transit", description="模拟公交车载终端（JT/T 808）")
    parser.add_argument("--host", default="127.0.0.1", help="网关地址")
    parser.add_argument("--port", type=int, help="网关端口，默认取系统声明的端口")
    parser.add_argument("--speed", type=_positive, default=1.0, help="时间倍速；大于 1 时从 --play-hours 之前播放到现在")
    parser.add_argument("--play-hours", type=_positive, default=1.0, help="倍速播放从几小时前开始")
    parser.add_argument("--backfill", type=_days, default=0.0, metavar="DAYS|auto",
                        help="先补传多少天的位置；auto：首次 2 天，以后只补缺的")
    parser.add_argument("--once", action="store_true", help="补传完就退出，不发实时位置")
    parser.add_argument("--buses", type=int, help="最多多少辆车")
    parser.add_argument("--feed", type=Path, metavar="GTFS.zip", help="不用数据库，按该时刻表跑车")
    parser.add_argument("--faults", nargs="*", metavar="NAME", help=f"故障：{' '.join(sorted(FAULTS))} all none")
    parser.add_argument("--seed", type=int, default=11, help="同一种子给出同样的数据")
    parser.add_argument("--forget", action="store_true", help="不保存鉴权码和上报进度")
    return parser


def _days(text: str) -> float | None:
    return None if text == "auto" else float(text)


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} 应大于 0")
    return value
