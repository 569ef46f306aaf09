"""Clause 22 of the plan, its second part: 保障措施."""

from district.kernel.vocabulary import Page, Procedure, Role, System

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
        Procedure("project_objection", "采购质疑", "Objection to a purchase", "processes/project_objection.bpmn", "ZY",
                  readers=("office", "owner", "finance", "auditor", "leader"), leads=("office",)),
    ),
    pages=(
        Page(
            "tasks",
            "重点工作",
            "Tasks of the plan",
            ("staff",),
            ("programme.1",),
            path="",
            icon="list-check",
            group="协同建设",
        ),
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
    ),
)
