"""Clause 6 of the plan: 基层事务平台."""

from district.kernel.vocabulary import Page, Procedure, Role, System

EVERYBODY = ("clerk", "town", "asker", "manager", "leader")
LEVELS, CLOSING, VILLAGE = ("clerk", "town", "manager", "leader"), ("affairs.6",), "村务"

SYSTEM = System(
    name="affairs",
    clause=6,
    zh="基层事务平台",
    en="Grassroots affairs",
    lead="区大数据局",
    partners=("区直各部门", "各镇政府", "街道办事处"),
    due="2020-09",
    icon="home-edit",
    roles=(
        Role(key="clerk", zh="村（社区）文书", en="Village clerk", holds=("forms.filler",)),
        Role(key="town", zh="镇（街道）经办人", en="Town officer", holds=("forms.filler", "forms.asker")),
        Role(key="asker", zh="部门要表人", en="Asking department", holds=("forms.asker",)),
        Role(key="manager", zh="基层事务管理员", en="Affairs manager", holds=("forms.keeper",)),
        Role(key="leader", zh="领导", en="Leader"),
    ),
    procedures=(
        Procedure("village_matter", "村级事项", "Village matter", "processes/village_matter.bpmn", "CS",
                  readers=("clerk",), leads=("manager",)),
        Procedure("village_dispute", "村级矛盾纠纷", "Village dispute", "processes/village_dispute.bpmn", "CJ",
                  readers=("clerk",), leads=("manager",)),
        Procedure("contradiction", "数据矛盾核实", "Contradiction of data", "processes/contradiction.bpmn", "HS",
                  leads=("manager",)),
    ),
    pages=(
        Page("overview", "概览", "Overview", EVERYBODY, ("affairs.1",), icon="layout-dashboard", group="总览"),
        Page("ledgers", "台账", "Ledgers", EVERYBODY, ("affairs.1", "affairs.5"), icon="table", group="一表通"),
        Page("consistency", "数据核实", "Contradictions", EVERYBODY, ("affairs.3",), icon="arrows-diff", group="一表通"),
        Page("tasks", "任务", "Tasks", EVERYBODY, ("affairs.1", "affairs.4"), icon="list-check", group="任务"),
        Page("duty", "值班", "Duty roster", EVERYBODY, ("affairs.1",), icon="calendar-user", group=VILLAGE),
        Page("announcements", "通知", "Notices", EVERYBODY, ("affairs.1",), icon="speakerphone", group=VILLAGE),
        Page("meetings", "会议议事", "Meetings and votes", EVERYBODY, ("affairs.1",), icon="users-group", group=VILLAGE),
        Page("guides", "办事代办", "Errands", EVERYBODY, ("affairs.1",), icon="map-question", group=VILLAGE),
        Page("openness", "村务公开", "Open village", ("public",), ("affairs.1",), icon="building-community", group=VILLAGE),
        Page("burden", "填报负担", "Burden of forms", ("public",), ("affairs.3",), icon="gauge", group="一表通"),
        Page("circulation", "村级微循环", "Local circulation", LEVELS, CLOSING, icon="rotate-2", group=VILLAGE),
        Page("rate", "事项评价", "Rate a matter", ("public",), CLOSING, icon="star", group=VILLAGE),
        Page("desk", "文书工作台", "Clerk's desk", ("clerk",), ("affairs.1", "affairs.2"), icon="device-mobile", group="总览"),
        Page("visits", "走访记录", "Visits", ("clerk", "town", "manager"), ("affairs.1",), icon="walk", group=VILLAGE),
    ),
)  # fmt: skip
