"""Clause 22 of the plan, its second part: 保障措施."""

from district.kernel.vocabulary import Page, Role, System

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
    ),
)
