"""Clause 22 of the plan, its second part: 保障措施."""

from district.kernel.vocabulary import Page, Procedure, Role, System

from .meetings.rooms import PAGES as MEETING_PAGES
from .meetings.rooms import PROCEDURES as MEETING_PROCEDURES
from .money.rooms import PAGES as MONEY_PAGES
from .security.rooms import PAGES as SECURITY_PAGES
from .security.rooms import PROCEDURES as SECURITY_PROCEDURES

READ = ("office", "leader", "auditor")

SYSTEM = System(
    name="programme",
    clause=22,
    zh="保障措施",
    en="Programme and safeguards",
    lead="区大数据局",
    partners=("区直各部门", "各镇政府", "街道办事处"),
    due="2021-12",
    icon="clipboard-check",
    roles=(
        Role("leader", "分管区领导", "District leader"),
        Role("office", "推进办管理员", "Programme office"),
        Role("liaison", "部门联络员", "Liaison of a department"),
        Role("owner", "项目单位经办人", "Project owner"),
        Role("expert", "评审专家", "Expert"),
        Role("finance", "财政审批员", "Finance approver"),
        Role("treasurer", "国库支付员", "Treasurer"),
        Role("auditor", "审计监督员", "Programme auditor"),
        Role("trainer", "培训管理员", "Training officer"),
        Role("publicist", "宣传管理员", "Publicity officer"),
        Role("security", "安全管理员", "Security officer"),
        Role("company", "运营公司人员", "Operating company"),
    ),
    procedures=(
        *MEETING_PROCEDURES,
        Procedure("monthly_report", "重点工作月报", "Monthly report of a task", "processes/monthly_report.bpmn", "YB",
                  readers=("liaison", *READ), leads=("office",)),
        Procedure("project_objection", "采购质疑", "Objection to a purchase", "processes/project_objection.bpmn", "ZY",
                  readers=("office", "owner", "finance", "auditor", "leader"), leads=("office",)),
        Procedure("service_ticket", "运维工单", "Service ticket", "processes/service_ticket.bpmn", "YW",
                  readers=("office", "company", "auditor"), leads=("office",)),
        Procedure("service_dispute", "结算异议", "Service dispute", "processes/service_dispute.bpmn", "JY",
                  readers=("office", "company", "auditor"), leads=("office",)),
        *SECURITY_PROCEDURES,
    ),
    pages=(
        *MEETING_PAGES,
        Page("tasks", "重点工作", "Tasks of the plan", ("staff",), ("programme.1",), "", "list-check", "协同建设"),
        Page("gantt", "甘特图", "Gantt chart", ("staff",), ("programme.1",), icon="chart-bar", group="协同建设"),
        Page("delays", "滞后分布", "Map of delays", ("staff",), ("programme.1",), icon="map-2", group="协同建设"),
        Page("reports", "月报", "Monthly reports", ("liaison", *READ), ("programme.1",), icon="report", group="协同建设"),
        Page("briefings", "月度简报", "Briefings", READ, ("programme.1",), icon="file-text", group="协同建设"),
        Page("courses", "培训学习", "Learning", ("staff",), ("programme.5",), path="training/", icon="school", group="人才培训"),
        Page("training_office", "培训管理", "Training office", ("trainer", "security", *READ), ("programme.5",),
             icon="certificate",
             group="人才培训"),
        Page("talents", "人才库", "Talent register", ("trainer", *READ), ("programme.5",), icon="users", group="人才培训"),
        Page("certificates", "证书校验", "Verify a certificate", ("public",), ("programme.5",), icon="rosette", group="人才培训"),
        Page("talent_record", "本人查询人才信息", "Own talent record", ("public",), ("programme.5",), nav=False),
        Page("publicity", "宣传推广", "Publicity", ("publicist", *READ), ("programme.3",), icon="speakerphone",
             group="宣传运营"),
        Page("news", "宣传专栏", "News", ("public",), ("programme.3",), icon="news", group="宣传运营"),
        Page("operation", "运营服务", "Operating company", ("company", "finance", *READ), ("programme.3",), icon="activity",
             group="宣传运营"),
        Page("projects", "项目管理", "Projects", ("leader", "office", "liaison", "owner", "finance", "treasurer", "auditor"),
             ("programme.2",), icon="building-bridge", group="项目管理"),
        Page("reviews", "专家评审", "Reviews", ("leader", "office", "owner", "liaison", "finance", "auditor"), ("programme.2",),
             icon="gavel", group="项目管理"),
        Page("invitations", "我的评审", "My reviews", ("expert",), ("programme.2",), icon="signature", group="项目管理"),
        Page("experts", "专家咨询委员会", "Expert committee", ("leader", "office", "auditor"), ("programme.2",),
             icon="school", group="项目管理"),
        Page("firms", "参建单位", "Firms", ("office", "owner", "finance", "auditor"), ("programme.2",), icon="building",
             group="项目管理"),
        Page("draws", "专家抽取公开", "Draws of experts", ("public",), ("programme.2",), icon="dice", group="项目管理"),
        *SECURITY_PAGES,
        Page("indicators", "规划指标", "Targets of the plan", ("staff",), ("programme.7",), None, "target-arrow", "指标评价"),
        Page("evaluation", "智慧城市评价", "Smart city evaluation", ("staff",), ("programme.7",), "indicators/evaluation/",
             "list-details", "指标评价"),
        Page("snapshots", "指标快照", "Frozen figures", ("staff",), ("programme.7",), "indicators/snapshots/", "camera",
             "指标评价"),
        *MONEY_PAGES,
    ),
)
