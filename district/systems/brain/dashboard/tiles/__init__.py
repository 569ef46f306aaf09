"""What the brain itself shows on a board: all systems through the kernel, none by name."""

from __future__ import annotations

from district.kernel.ui.tile import Tile

from . import alarms, cases, data, district_map, events, flows, health, kpis, systems

ALARMS, CASES = "alerts.alarms", "brain.cases"
TILES: tuple[Tile, ...] = (
    Tile("brain.map", "全区一张图", "District map", district_map.show, icon="map-2", width=2, height=2, seconds=60),
    Tile("brain.events", "正在发生", "Happening now", events.show, icon="activity", height=2, topics=(ALARMS, CASES)),
    Tile("brain.alarms", "未解除告警", "Open alarms", alarms.show, icon="bell-ringing", topics=(ALARMS,),
         is_same_for_duties=True),
    Tile("brain.cases", "办件", "Cases", cases.show, icon="checklist", topics=(CASES,)),
    Tile("brain.kpis", "规划指标", "Targets of the plan", kpis.show, icon="target-arrow", width=2, seconds=60,
         is_same_for_duties=True),
    Tile("brain.towns", "各镇办办件", "Work by town", cases.towns, icon="building-community", topics=(CASES,)),
    Tile("brain.health", "平台运行", "Platform health", health.show, icon="heart-rate-monitor", seconds=10,
         is_same_for_duties=True, roles=("brain.leader", "brain.steward", "kernel.operator")),
    Tile("brain.flows", "部门流转", "Flows between departments", flows.show, icon="arrows-exchange", width=2, height=2,
         topics=(CASES,)),
    Tile("brain.data", "数据资源", "Data centre", data.show, icon="database", width=2, is_same_for_duties=True,
         seconds=30),
    *systems.tiles(),
)  # fmt: skip
