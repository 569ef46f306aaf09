"""The demonstration's screens, playlist, announcements, shops and weather, through the doors of editors and releasers."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from district.kernel.clock import now, today
from district.kernel.people.models import Account

from ..models import Bulletin, Playlist, Screen, Shop
from ..models.information import Released
from ..notices import actions as releasing
from ..public.network import network_in_force
from . import actions

SHOPS = (("演示早餐店", "餐饮", "06:00–10:00", 60.0), ("演示便利店", "零售", "07:00–22:00", 120.0),
         ("演示药店", "医药", "08:00–21:00", 250.0), ("演示书店", "文化", "09:00–20:00", 400.0))  # fmt: skip
"""Name, trade, hours, metres north of the stop."""
METRES_OF_A_DEGREE = 111_195.0


def seed_public() -> None:
    """Needs the timetable and the demo accounts of an editor and of a manager; without them nothing is made."""
    found = (Account.objects.filter(username=f"transit.{key}", is_demo=True).first() for key in ("editor", "operator"))
    editor, manager = found
    if editor is not None and manager is not None and not Screen.objects.filter(is_simulated=True).exists():
        make(editor, manager)


def make(editor: Account, manager: Account) -> None:
    """Everything of it, edited by one and released by the other."""
    network = network_in_force()
    if network is None:
        return
    stop = network.schedule.stops[network.index[0]["id"]]
    with (Path(__file__).parent / "demo_bulletins.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            bulletin = Bulletin(**row, begin_at=now() - timedelta(hours=2), is_simulated=True)
            _release(bulletin, editor, manager)
    for name, trade, hours, metres in SHOPS:
        _release(Shop(name=name, trade=trade, hours=hours, lon=stop.lon, lat=stop.lat + metres / METRES_OF_A_DEGREE,
                      address=stop.name, is_simulated=True), editor, manager)  # fmt: skip
    days = [
        {"day": (today() + timedelta(days=n)).isoformat(), "text": text, "low": low, "high": high, "wind": "北风 3 级"}
        for n, (text, low, high) in enumerate((("多云", 2, 11), ("晴", 0, 12), ("阴", 3, 10), ("小雨", 4, 8)))
    ]  # fmt: skip
    releasing.give_weather(editor, now() - timedelta(hours=3), days, "演示气象数据", is_simulated=True)
    _playlist(editor, manager)
    for number, place in enumerate(network.index[:3], 1):
        actions.set_up(editor, Screen(name=f"演示站牌 {number}：{place['name']}", stops=list(place["ids"])[:4],
                                      group="城区" if number < 3 else "乡镇", is_simulated=True))  # fmt: skip


def _release(thing: Released, editor: Account, manager: Account) -> None:
    releasing.approve(releasing.submit(releasing.edited(thing, editor), editor), manager)


def _playlist(editor: Account, manager: Account) -> None:
    playlist = releasing.edited(Playlist(title="全天通用（演示）", is_simulated=True), editor)
    actions.add_item(editor, playlist, "image", title="演示图片", upload=_picture(), seconds=8)
    for kind in ("notice", "news", "weather", "municipal", "shops"):
        actions.add_item(editor, playlist, kind, seconds=12)
    releasing.approve(releasing.submit(playlist, editor), manager)
    evening = releasing.edited(
        Playlist(title="晚高峰提示（演示）", weekdays=[0, 1, 2, 3, 4], is_simulated=True), editor
    )
    actions.add_item(
        editor, evening, "text", title="晚高峰乘车提示", text="17:00–19:00 客流较大，请有序排队。"
    )
    releasing.submit(evening, editor)


def _picture() -> SimpleUploadedFile:
    """A plain drawing, made here: a road with a bus."""
    drawn = Image.new("RGB", (960, 540), "#0b4f60")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 400, 960, 540), fill="#34495a")
    pen.rounded_rectangle((240, 220, 720, 420), 30, fill="#2a9d8f")
    for left in range(275, 700, 85):
        pen.rectangle((left, 250, left + 65, 320), fill="#e8f6f3")
    for left in (320, 590):
        pen.ellipse((left, 380, left + 70, 450), fill="#14202b")
    content = io.BytesIO()
    drawn.save(content, "PNG")
    return SimpleUploadedFile("演示图片.png", content.getvalue(), "image/png")
