"""Reports as people write them, for the demonstration and the benches: the same matter in other words.

Texts are put together from `data/phrasings.csv` and the manner of each channel. Everything is made up.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STREETS = (
    "大街", "新建中路", "新建东路", "丝绸路", "机场路", "正阳路", "和平路", "周隆路", "米山路", "青年路", "东门路",
    "站北路", "爱国路", "长行街", "银子市街", "南马路", "东方红路", "凤阳路", "永和街", "电厂路", "恒通路", "海天大道",
)  # fmt: skip
MARKS = (
    "农贸市场门口", "中心小学对面", "公交站旁", "加油站北侧", "银行门前", "小区东门", "丁字路口", "桥头", "医院西侧",
    "超市门口", "社区服务中心旁", "派出所南", "幼儿园附近", "汽车站对面", "宾馆楼下", "药店门口", "公园北门", "路口东北角",
)  # fmt: skip
MANNERS = {
    "hotline": ("市民来电反映：{place}{what}，希望尽快处理", "来电人称{place}{what}，请有关部门核实",
                "{place}，{what}，市民要求解决"),
    "citizen": ("{what}，在{place}", "{place}{what}，请管一管！", "你好，{place}这里{what}，已经好几天了", "{place}{what}"),
    "grid": ("巡查至{place}，{what}", "{place}：{what}，已拍照", "网格巡查{place}时看到{what}"),
    "video": ("视频巡查：{place}{what}", "{place}画面中{what}"),
    "open311": ("{place}{what}", "{what}（{place}）"),
    "sensor": ("{place}监测报警：{what}",),
}  # fmt: skip
CHANNELS = tuple(MANNERS)


@dataclass(frozen=True)
class Written:
    code: str
    text: str
    channel: str
    place: str


@cache
def phrasings() -> dict[str, tuple[str, ...]]:
    """Class → ways to say it."""
    with (Path(__file__).parent / "data" / "phrasings.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: tuple(row["phrasings"].split("|")) for row in csv.DictReader(rows)}


def place_words(chance: random.Random) -> str:
    return chance.choice(STREETS) + chance.choice(MARKS)


def written(chance: random.Random, code: str, place: str, channel: str, besides: str = "") -> Written:
    """One report of a class at a place; `besides` is a wording not to use again."""
    ways = [way for way in phrasings()[code] if not besides or way not in besides]
    text = chance.choice(MANNERS[channel]).format(place=place, what=chance.choice(ways))
    return Written(code, text, channel, place)


def written_reports(count: int, seed: int) -> list[Written]:
    """Reports of classes and channels by chance."""
    chance = random.Random(seed)
    codes = sorted(phrasings())
    return [
        written(chance, chance.choice(codes), place_words(chance), chance.choice(CHANNELS))
        for _ in range(count)
    ]
