"""Clause 4 of the plan: 城市数字大脑."""

from district.kernel.vocabulary import Page, Procedure, Role, System

STAFF_ROLES = ("steward", "provider", "analyst", "leader")

SYSTEM = System(
    name="brain",
    clause=4,
    zh="城市数字大脑",
    en="City brain",
    lead="区大数据局",
    partners=("区直各部门", "各镇政府", "街道办事处"),
    due="2021-12",
    icon="brain",
    roles=(
        Role(key="steward", zh="数据管理员", en="Data steward", holds=("datasets.steward",)),
        Role(key="provider", zh="部门数据员", en="Department data officer", holds=("datasets.provider",)),
        Role(key="analyst", zh="数据分析员", en="Data analyst"),
        Role(key="leader", zh="领导", en="Leader"),
    ),
    procedures=(
        Procedure("data_request", "数据共享申请", "Data request", "processes/data_request.bpmn", "SJ", leads=("steward",),
                  readers=("steward", "provider")),
        Procedure("data_work_order", "数据质量工单", "Data quality order", "processes/data_work_order.bpmn", "SZ",
                  leads=("steward",), readers=("steward", "provider")),
    ),
    pages=(
        Page("themes", "主题与基础库", "Themes and libraries", STAFF_ROLES, ("brain.1", "brain.2"), icon="category",
             group="资源目录"),
        Page("duties", "责任清单", "Duties", STAFF_ROLES, ("brain.1",), icon="list-check", group="资源目录"),
        Page("needs", "需求清单", "Needs", STAFF_ROLES, ("brain.1",), icon="help-circle", group="资源目录"),
        Page("closed", "负面清单", "Not shared", STAFF_ROLES, ("brain.1",), icon="lock", group="资源目录"),
        Page("dashboard", "全区看板", "District dashboard", STAFF_ROLES, ("brain.6",), icon="chart-dots-3", group="总览"),
        Page("exchange", "交换监测", "Exchange monitor", STAFF_ROLES, ("brain.3", "brain.5"), icon="arrows-transfer-down",
             group="总览"),
        Page("portrait", "全景档案", "360° view", ("provider", "steward", "leader"), ("brain.2",), icon="user-search",
             group="分析"),
        Page("workspace", "分析工作台", "Analysis workspace", ("analyst", "steward"), ("brain.6",), icon="code",
             group="分析"),
    ),
)  # fmt: skip
