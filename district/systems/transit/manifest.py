"""Clause 11 of the plan: 公交信息实时预报."""

from district.kernel.vocabulary import Kpi, Listen, Page, Procedure, Role, Standing, System

CASH = ("cashier", "operator")
OPERATIONS = ("dispatcher", "planner", "operator", "reader")
CHANGING = (*OPERATIONS, "editor")
RELEASERS, SHOWN, INFORMING = ("editor", "operator"), "信息发布", ("transit.6", "transit.9", "transit.11")

SYSTEM = System(
    name="transit",
    clause=11,
    zh="公交信息实时预报",
    en="Bus arrivals",
    lead="区交通运输局",
    partners=("区园林绿化服务中心", "区市政工程维护服务中心"),
    due="2025-12",
    icon="bus",
    listens=(
        Listen(protocol="jt808", port=8808, zh="JT/T 808 车载终端"),
        Listen(protocol="jt1078", port=8809, zh="JT/T 1078 码流探测"),
    ),
    shares=("TripRun", "ForecastScoreDaily"),
    standing=(
        Standing("live.process", "公交实时预报", "Live bus forecasts"),
        Standing("feeds.process", "外部公交数据拉取", "Polling of outside bus feeds"),
    ),
    roles=(
        Role(key="dispatcher", zh="公交调度员", en="Dispatcher"),
        Role(key="planner", zh="线网时刻管理员", en="Timetable planner"),
        Role(key="operator", zh="公交企业管理员", en="Operator manager"),
        Role(key="editor", zh="信息发布员", en="Information editor"),
        Role(key="cashier", zh="票款管理员", en="Fare accountant"),
        Role(key="reader", zh="公交数据查阅员", en="Data reader"),
    ),
    procedures=(
        Procedure("passenger_feedback", "乘客反馈", "Passenger feedback", "processes/passenger_feedback.bpmn", "GJ",
                  readers=("operator", "dispatcher"), leads=("operator",)),
    ),
    pages=(
        Page("departures", "公交到站", "Bus arrivals", ("public",), ("transit.2",), path="", icon="bus-stop", group="公众服务"),
        Page("plan", "出行规划", "Trip planner", ("public",), ("transit.10",), icon="route-2", group="公众服务"),
        Page("top_up", "公交卡充值", "Card top-up", ("public",), ("transit.8",), path="cards/", icon="cards", group="公众服务"),
        Page("scores", "预报评分", "Forecast scores", ("public",), ("transit.2", "transit.P"), icon="target", group="公众服务"),
        Page("information", "公交资讯", "Bus news", ("public",), INFORMING, icon="news", group="公众服务"),
        Page("feedback", "乘客反馈", "Feedback", ("public",), ("transit.5",), icon="message-report", group="公众服务"),
        Page("feedback_status", "查询反馈", "Ask after feedback", ("public",), ("transit.5",), icon="search", group="公众服务"),
        Page("bulletins", "公众信息", "Announcements", RELEASERS, INFORMING, icon="speakerphone", group=SHOWN),
        Page("shops", "周边商家", "Shops near stops", RELEASERS, ("transit.11",), icon="building-store", group=SHOWN),
        Page("weather", "天气预报", "Weather", ("editor",), ("transit.11",), icon="cloud", group=SHOWN),
        Page("playlists", "播放单", "Playlists", RELEASERS, ("transit.3",), icon="playlist", group=SHOWN),
        Page("screens", "电子站牌", "Stop screens", RELEASERS, ("transit.2", "transit.3"), icon="device-desktop", group=SHOWN),
        Page("live_map", "实时地图", "Live map", OPERATIONS, ("transit.1",), icon="map-2", group="调度"),
        Page("diagram", "线路运行图", "Line diagram", OPERATIONS, ("transit.1", "transit.2"), icon="route", group="调度"),
        Page("board", "班次派车", "Trips and buses", OPERATIONS, ("transit.1",), icon="list-check", group="调度"),
        Page("orders", "调度指令", "Dispatch orders", ("dispatcher", "operator"), ("transit.1",), icon="message", group="调度"),
        Page("vehicle_alarms", "车辆报警", "Vehicle alarms", OPERATIONS, ("transit.1",), icon="bell", group="调度"),
        Page("replay", "轨迹回放", "Replay", OPERATIONS, ("transit.1",), icon="player-play", group="调度"),
        Page("performance", "运营评价", "Performance", OPERATIONS, ("transit.P",), icon="chart-bar", group="调度"),
        Page("buses", "公交车辆", "Buses", OPERATIONS, ("transit.1",), icon="bus", group="调度"),
        Page("open_data", "公交开放数据", "Open bus data", ("public",), ("transit.2",), icon="api", group="公众服务"),
        Page("changes", "临时调整", "Service changes", CHANGING, ("transit.7",), icon="alert-triangle", group="线网时刻"),
        Page("timetables", "时刻编制", "Timetable editing", ("planner",), ("transit.1",), icon="edit", group="线网时刻"),
        Page("feeds", "外部实时数据", "Outside feeds", OPERATIONS, ("transit.1",), icon="plug-connected", group="接入"),
        Page("terminals", "车载终端", "Bus terminals", ("operator", "dispatcher"), ("transit.1",), icon="cpu", group="调度"),
        Page("pictures", "车载图片", "Bus pictures", ("operator", "dispatcher"), ("transit.4",), icon="camera", group="调度"),
        Page("video", "车载视频", "Bus video", ("operator", "dispatcher"), ("transit.4",), icon="video", group="调度"),
        Page("editions", "时刻表版本", "Timetable editions", OPERATIONS, ("transit.1",), icon="calendar-time", group="线网时刻"),
        Page("card_orders", "充值订单", "Top-up orders", CASH, ("transit.8",), icon="receipt", group="票款"),
        Page("card_ledger", "票款账本", "Fare ledger", CASH, ("transit.8",), icon="book", group="票款"),
        Page("reconciliation", "渠道对账", "Reconciliation", CASH, ("transit.8",), icon="scale", group="票款"),
    ),
    kpis=(Kpi("forecast_rate", "公共汽电车来车信息实时预报率", "Lines with real-time arrival forecasts", 90, "%", "transit.P"),),
)
