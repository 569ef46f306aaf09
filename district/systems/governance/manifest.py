"""Clause 15 of the plan: 社会治理综合管理平台."""

from district.kernel.vocabulary import Kpi, Listen, Page, Procedure, Role, System

VIDEO, VIDEO_GROUP = ("officer", "video_officer", "dispatcher", "handler", "reader"), "视频联网"
STAFF_ROLES = ("officer", "clerk", "dispatcher", "handler", "grid_worker", "reader")
CASE_READERS = ("officer", "clerk", "dispatcher", "reader")
CARERS, LEADS, SUMS = ("carer", "care_lead"), ("care_lead",), ("care_lead", "officer", "reader")
CARE, CARE_GROUP = ("governance.9",), "关爱帮扶"
PATROLLING, ON_THE_GROUND = ("officer", "dispatcher", "grid_worker"), "网格与防控"
GRID, PREVENTION = ("governance.3",), ("governance.7",)
ANALYSTS, TRENDS, TREND_GROUP = ("officer", "dispatcher", "reader"), ("governance.6",), "趋势洞察"
REPORTING, CHANNELS = ("governance.2",), "诉求受理"

SYSTEM = System(
    name="governance",
    clause=15,
    zh="社会治理",
    en="Social governance",
    lead="区委政法委",
    partners=("区公安分局", "各镇政府", "街道办事处", "区直各部门"),
    due="2021-09",
    icon="users-group",
    listens=(Listen(protocol="gb28181", port=5060, zh="GB/T 28181 视频设备"),),
    roles=(
        Role(key="officer", zh="综治管理员", en="Governance officer"),
        Role(key="clerk", zh="受理员", en="Intake clerk"),
        Role(key="dispatcher", zh="派遣员", en="Dispatcher"),
        Role(key="handler", zh="承办员", en="Handling officer"),
        Role(key="grid_worker", zh="网格员", en="Grid worker"),
        Role(key="video_officer", zh="视频管理员", en="Video officer"),
        Role(key="carer", zh="帮扶专员", en="Care worker"),
        Role(key="care_lead", zh="帮扶负责人", en="Care lead"),
        Role(key="reader", zh="数据查阅员", en="Data reader"),
    ),
    kpis=(Kpi("video_networked_rate", "重点公共区域视频监控联网率", "Networked cameras of key areas", 90, "%", "governance.8"),),
    procedures=(
        Procedure("city_case", "城市管理案件", "City management case", "processes/city_case.bpmn", "CG",
                  readers=CASE_READERS, leads=("officer", "dispatcher"), confidants=("officer",),
                  alarms=("governance.camera_alarm", "governance.sensor_alarm")),
        Procedure("hotline_order", "热线工单", "Hotline order", "processes/hotline_order.bpmn", "RX",
                  readers=CASE_READERS, leads=("officer", "dispatcher"), confidants=("officer",)),
        Procedure("grid_event", "网格事件", "Grid event", "processes/grid_event.bpmn", "WG",
                  readers=CASE_READERS, leads=("officer", "dispatcher"), confidants=("officer",)),
        Procedure("mediation", "人民调解", "Mediation", "processes/mediation.bpmn", "RT", readers=LEADS, leads=LEADS,
                  confidants=LEADS),
        Procedure("care_appeal", "异议与更正", "Objection", "processes/care_appeal.bpmn", "YS", readers=LEADS,
                  leads=LEADS, confidants=LEADS),
        Procedure("group_event", "群体性纠纷事件", "Group dispute", "processes/group_event.bpmn", "QS", readers=SUMS,
                  leads=("officer",), confidants=("officer",)),
    ),
    pages=(
        Page("overview", "治理概览", "Overview", STAFF_ROLES, ("governance.1",), icon="layout-dashboard", group="总览"),
        Page("reports", "诉求一张表", "All reports", CASE_READERS, REPORTING, icon="list-details", group=CHANNELS),
        Page("hotline", "热线受理", "Hotline desk", ("clerk", "officer", "dispatcher", "handler"), REPORTING, icon="phone",
             group=CHANNELS),
        Page("field", "随手报", "Report from the field", ("grid_worker",), REPORTING, icon="camera", group=CHANNELS),
        Page("import_reports", "批量导入", "Import reports", ("clerk", "officer"), REPORTING, icon="upload", group=CHANNELS),
        Page("corrections", "分类与派遣纠正", "Corrections", CASE_READERS, REPORTING, icon="edit", group=CHANNELS),
        Page("report", "我要反映", "Report a problem", ("public",), REPORTING, icon="message-report", group=CHANNELS),
        Page("report_status", "查询进度", "Ask how it stands", ("public",), REPORTING, icon="search", group=CHANNELS),
        Page("care", "帮扶走访", "Care visits", CARERS, CARE, icon="heart-handshake", group=CARE_GROUP),
        Page("care_requests", "转接与审批", "Transfers and approvals", LEADS, CARE, icon="lock-open",
             group=CARE_GROUP),
        Page("care_ending", "到期与删除", "Ending records", CARERS, CARE, icon="calendar-x", group=CARE_GROUP),
        Page("care_desk", "本人查阅", "Subject access", LEADS, CARE, icon="id", group=CARE_GROUP),
        Page("care_looks", "查阅留痕", "Access log", (*LEADS, "people.auditor"), CARE, icon="eye",
             group=CARE_GROUP),
        Page("care_figures", "帮扶统计", "Care figures", SUMS, CARE, icon="chart-bar", group=CARE_GROUP),
        Page("disputes", "矛盾纠纷", "Disputes", CARERS, CARE, icon="scale", group="矛盾化解"),
        Page("group_disputes", "群体性纠纷", "Group disputes", SUMS, CARE, icon="messages", group="矛盾化解"),
        Page("grid", "网格一张图", "Grid", STAFF_ROLES, GRID, icon="grid-4x4", group=ON_THE_GROUND),
        Page("rosters", "值班排班", "Rosters", PATROLLING, GRID, icon="calendar-user", group=ON_THE_GROUND),
        Page("my_patrol", "我的巡防", "My patrol", ("grid_worker",), PREVENTION, icon="walk", group=ON_THE_GROUND),
        Page("patrols", "巡防记录", "Patrols", ("officer", "grid_worker"), PREVENTION, icon="route", group=ON_THE_GROUND),
        Page("protection", "立体化防控", "Protection", (*PATROLLING, "reader"), PREVENTION, icon="shield-check",
             group=ON_THE_GROUND),
        Page("cameras", "摄像机", "Cameras", VIDEO, ("governance.8",), icon="video", group=VIDEO_GROUP),
        Page("video_map", "点位覆盖", "Coverage", VIDEO, ("governance.8",), icon="map-2", group=VIDEO_GROUP),
        Page("video_alarms", "视频报警", "Video alarms", VIDEO[:3], ("governance.7",), icon="bell", group=VIDEO_GROUP),
        Page("video_grants", "共享授权", "Grants", VIDEO[:4], ("governance.8",), icon="key", group=VIDEO_GROUP),
        Page("video_viewings", "查看记录", "Viewing log", (*VIDEO, "people.auditor"), ("governance.8",), icon="eye",
             group=VIDEO_GROUP),
        Page("video_sources", "接入与核对", "Sources", VIDEO[:2], ("governance.8",), icon="plug", group=VIDEO_GROUP),
        Page("hot_spots", "热点分析", "Hot spots", ANALYSTS, TRENDS, icon="flame", group=TREND_GROUP),
        Page("load_forecast", "件数预测", "Load forecast", ANALYSTS, TRENDS, icon="trending-up", group=TREND_GROUP),
        Page("early_warnings", "早期预警", "Early warnings", ANALYSTS, TRENDS, icon="alert-triangle", group=TREND_GROUP),
        Page("briefings", "治理周报", "Weekly briefings", ANALYSTS, TRENDS, icon="file-text", group=TREND_GROUP),
    ),
)  # fmt: skip
