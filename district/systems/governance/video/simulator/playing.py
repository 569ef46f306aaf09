"""`district simulate governance`: the simulated cameras at work, with their faults, alarms and strangers at the door."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from district.kernel.clock import now
from district.protocols.gb28181 import text_of_moment
from district.systems.governance.manifest import SYSTEM
from district.systems.governance.video.simulator.fleet import fleet, model_of
from district.systems.governance.video.simulator.user_agent import Model, UserAgent

log = logging.getLogger(__name__)

SERVER_ID = "37030600002000000001"
ALARM_EVERY_S = 240.0
ALARMS = (
    (5, 5, 2, "绊线检测（模拟）"),
    (5, 6, 2, "入侵检测（模拟）"),
    (2, 1, 1, "视频丢失（模拟）"),
    (5, 13, 3, "图像遮挡（模拟）"),
)
"""Method, type, priority, words."""
RESTLESS_S = (900.0, 240.0)
"""A restless device works for so long, then is without power for so long."""
STRANGER_EVERY_S, STRANGER_PAUSE_S = 600.0, 30.0


async def play(host: str, port: int, server_id: str = SERVER_ID, has_strangers: bool = True) -> None:
    """Until cancelled."""
    agents = {each["code"]: UserAgent(model_of(each), (host, port), server_id) for each in fleet().devices}
    async with asyncio.TaskGroup() as group:
        for each in fleet().devices:
            agent = agents[each["code"]]
            group.create_task(agent.run())
            if each.get("behaviour") == "restless":
                group.create_task(_come_and_go(agent))
        group.create_task(_raise_alarms(list(agents.values())))
        if has_strangers:
            group.create_task(_knock((host, port), server_id))


async def _come_and_go(agent: UserAgent) -> None:
    while True:
        await asyncio.sleep(RESTLESS_S[0])
        agent.is_silent = True
        await asyncio.sleep(RESTLESS_S[1])
        agent.is_silent = False


async def _raise_alarms(agents: list[UserAgent]) -> None:
    chance = random.Random()
    while True:
        await asyncio.sleep(chance.expovariate(1 / ALARM_EVERY_S))
        agent = chance.choice([each for each in agents if each.is_registered] or agents)
        channels = [each.id for each in agent.model.channels] or [agent.model.code]
        method, kind, priority, words = chance.choice(ALARMS)
        if agent.is_registered:
            await agent.alarm(chance.choice(channels), priority, method, kind, text_of_moment(now()), words)


async def _knock(server: tuple[str, int], server_id: str) -> None:
    """Somebody unknown, and somebody with a wrong password: both must stay outside."""
    await asyncio.sleep(STRANGER_PAUSE_S)
    while True:
        for each in fleet().strangers:
            agent = UserAgent(Model(each["code"], "wrong"), server, server_id)
            await agent.open()
            if await agent.register():
                log.error("%s 不应注册成功（a stranger was let in）", each["code"])
            agent.close()
        await asyncio.sleep(STRANGER_EVERY_S)


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 after an interrupt. Cameras know no faster time and nothing of the past: those options change nothing."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    port = given.port or SYSTEM.listens[0].port + int(os.environ.get("DISTRICT_PORT_OFFSET") or 0)
    server_id = os.environ.get("DISTRICT_SIP_ID") or SERVER_ID
    asyncio.run(_until_told(given.host, port, server_id, not given.no_strangers))
    return 0


async def _until_told(host: str, port: int, server_id: str, has_strangers: bool) -> None:
    task = asyncio.ensure_future(play(host, port, server_id, has_strangers))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="district simulate governance", description="模拟视频设备（GB/T 28181）"
    )
    parser.add_argument("--host", default="127.0.0.1", help="网关地址")
    parser.add_argument("--port", type=int, help="网关端口，默认取系统声明的端口")
    parser.add_argument("--speed", type=float, default=1.0, help="视频设备只按实际时间运行，此项不起作用")
    parser.add_argument(
        "--backfill", default="0", metavar="DAYS|auto", help="视频设备没有历史数据，此项不起作用"
    )
    parser.add_argument("--no-strangers", action="store_true", help="不模拟未登记和口令错误的设备")
    return parser
