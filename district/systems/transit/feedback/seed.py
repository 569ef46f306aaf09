"""The demonstration's feedback: some open, one answered and rated."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.people.models import Account

from ..public.network import network_in_force
from .actions import Said, rate, send

SAID = (
    ("praise", "演示：司机帮助老人上车，非常感谢。", "D001", 3.0), ("delay", "演示：早高峰等车超过二十分钟。", "", 1.0),
    ("forecast", "演示：站牌显示三分钟，等了八分钟车才到。", "D007", 0.2),
)  # fmt: skip
"""About, words, bus, days ago."""


def seed_feedback() -> None:
    """Needs the published procedure, the timetable and the demo account of a manager."""
    manager = Account.objects.filter(username="transit.operator", is_demo=True).first()
    network = network_in_force()
    if manager is None or network is None or Case.objects.filter(idempotency_key="feedback:demo-0").exists():
        return
    line = network.lines[0]
    stop = network.ways[line.route_id][0].pattern.stop_ids[2]
    for number, (about, words, bus, days) in enumerate(SAID):
        case = send(Said(f"demo-{number}", about, words, line.route_id, stop, bus), is_simulated=True,
                    opened_at=now() - timedelta(days=days))  # fmt: skip
        if number == 0:
            for form in ({"handling": "可以答复"}, {"reply": "演示：感谢您的肯定，已转达驾驶员。"}):
                task = case.tasks.get(state__in=("ready", "claimed"))
                complete(claim(task, manager), manager, form)
            rate(case, 5)
