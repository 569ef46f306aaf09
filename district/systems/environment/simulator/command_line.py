"""`district simulate environment`, and the same for Python callers."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Collection, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from district.kernel import home
from district.systems.environment.manifest import SYSTEM
from district.systems.environment.simulator.line import Tally
from district.systems.environment.simulator.playing import Options, play
from district.systems.environment.simulator.recorded import Recording, recordings
from district.systems.environment.simulator.world import SEED

MEMORY = "simulator-environment.json"


def run(
    host: str = "127.0.0.1", port: int | None = None, speed: float = 1.0, *, backfill_days: float | None = 0,
    play_days: float = 1.0, only: Collection[str] = (), replay: Path | None = None, seed: int = SEED,
    remembers: bool = True, is_live: bool = True, has_strangers: bool = True,
) -> Tally:
    """Plays the fleet until interrupted. `speed` other than 1 begins `play_days` ago and runs until it meets the present.

    `backfill_days` None means: 90 days the first time, then only what was missed. `replay`: a folder of recorded days for
    the air stations. FileNotFoundError when that folder holds none, LookupError when `only` names no device.
    """
    options = Options(host, _port(port), speed, backfill_days, play_days, only, is_live, seed, has_strangers)
    found: list[Recording] = recordings(replay) if replay else []
    memory_path = home.home() / MEMORY if remembers else None
    tally = Tally()
    asyncio.run(_until_told(play(options, tally, recordings=found, memory_path=memory_path)))
    return tally


async def _until_told(playing: Coroutine[Any, Any, None]) -> None:
    """Ends when the play does, on Ctrl-C, or when a supervisor asks by SIGTERM."""
    task = asyncio.ensure_future(playing)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def backfill(
    days: float, host: str = "127.0.0.1", port: int | None = None, *, only: Collection[str] = (),
    replay: Path | None = None, seed: int = SEED,
) -> Tally:
    """Sends hours and days of the past through the gateway as fast as it acknowledges; returns when all are confirmed."""
    return run(host, port, backfill_days=days, only=only, replay=replay, seed=seed, remembers=False, is_live=False)


def _port(given: int | None) -> int:
    if given is not None:
        return given
    return SYSTEM.listens[0].port + int(os.environ.get("DISTRICT_PORT_OFFSET") or 0)


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 after an interrupt or a finished back-fill, 2 for arguments that make no sense."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    try:
        tally = run(
            given.host, given.port, given.speed, backfill_days=given.backfill, play_days=given.play_days,
            only=given.only, replay=given.replay, seed=given.seed, remembers=not given.forget,
            is_live=not given.once, has_strangers=not given.no_strangers,
        )
        print(f"已确认 {tally.acknowledged} 条报文（{tally.acknowledged} frames acknowledged）")
    except (LookupError, FileNotFoundError) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="district simulate environment", description="模拟环境监测设备（HJ 212）")
    parser.add_argument("--host", default="127.0.0.1", help="网关地址")
    parser.add_argument("--port", type=int, help="网关端口，默认取系统声明的端口")
    parser.add_argument("--speed", type=_positive, default=1.0, help="时间倍速；大于 1 时从 --play-days 之前播放到现在")
    parser.add_argument("--play-days", type=_positive, default=1.0, help="倍速播放从几天前开始")
    parser.add_argument("--backfill", type=_days, default=0, metavar="DAYS|auto",
                        help="先补传多少天的小时和日数据；auto：首次 90 天，以后只补缺的")
    parser.add_argument("--once", action="store_true", help="补传完就退出，不发实时数据")
    parser.add_argument("--only", nargs="*", default=(), metavar="CODE|KIND", help="只模拟这些设备")
    parser.add_argument("--replay", type=Path, metavar="DIR", help="空气站回放该目录下的逐时记录（prsa_*.parquet）")
    parser.add_argument("--seed", type=int, default=SEED, help="同一种子给出同样的数据")
    parser.add_argument("--forget", action="store_true", help="不保存设备设置和上报进度")
    parser.add_argument("--no-strangers", action="store_true", help="不模拟未登记和密码错误的设备")
    return parser


def _days(text: str) -> float | None:
    return None if text == "auto" else float(text)


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} 应大于 0")
    return value
