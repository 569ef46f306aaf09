"""The demonstration of security: through the same doors as everything else, marked as simulated."""

from __future__ import annotations

from datetime import date, timedelta

from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import Case, Task
from district.kernel.clock import now, today
from district.kernel.people import life_actions
from district.kernel.people.models import Account, Organisation

from ..models import (
    Contract,
    SecurityAsset,
    SecurityRisk,
)
from .assets.actions import Filed, confirm_filing, file_asset
from .assets.found import take_assets
from .incidents.actions import Seen, note_finding, report_incident, take_from_case
from .incidents.drills import DrillPlan, approve_drill, begin_drill, plan_drill, sum_up_drill
from .people.notices import Notice, give_notice
from .people.processing import confirm_processing, register_processing
from .people.suppliers import Wanted, approve_access, ask_access
from .risks.actions import Judged, accept_risk, judge_risk

RISKS = (
    (
        "网页服务被扫描利用",
        "对外接口较多，部分依赖更新不及时",
        4,
        4,
        "reduce",
        "每月核对依赖清单并更新",
        2,
        4,
    ),
    ("机房停电", "单机房部署，没有热备", 2, 5, "transfer", "与通信运营商签订备用机房协议", 2, 3),
    ("物联终端被仿冒", "老旧终端不支持双向认证", 3, 3, "reduce", "分批更换终端，网关核对编号", 2, 2),
    ("弱口令", "基层账号多人共用的习惯", 4, 3, "accept", "口令规则与锁定已生效", 1, 3),
)
ACTIVITIES = (
    (
        "群众诉求办理",
        "governance",
        "受理、办理、回复群众反映",
        "duty",
        "信访工作条例",
        "反映人",
        "姓名、电话、诉求内容",
        False,
        "5 年",
    ),
    (
        "特殊人群走访",
        "governance",
        "走访帮扶和风险防范",
        "duty",
        "平安建设条例",
        "特殊人群",
        "姓名、住址、健康状况",
        True,
        "3 年",
    ),
    (
        "公交卡充值",
        "transit",
        "充值、退款、对账",
        "contract",
        "个人信息保护法第十三条第二项",
        "持卡人",
        "卡号",
        False,
        "3 年",
    ),
    (
        "村级台账",
        "affairs",
        "村（居）事务登记",
        "duty",
        "村民委员会组织法",
        "村民",
        "姓名、证件号码、住址",
        True,
        "长期，每年核对",
    ),
    (
        "工作人员账号",
        "platform",
        "身份鉴别、权限管理和审计",
        "duty",
        "网络安全法第二十一条",
        "工作人员",
        "工号、姓名、电话",
        False,
        "离职后 3 年",
    ),
)


def seed_security() -> None:
    """Needs organisations, demo accounts and the published procedures; each part once."""
    officer = Account.objects.filter(username="programme.security", is_demo=True).first()
    office = Account.objects.filter(username="programme.office", is_demo=True).first()
    take_assets()
    if officer is not None and office is not None and not SecurityRisk.objects.exists():
        make(officer, office)


def make(officer: Account, office: Account) -> None:
    """What one of them makes, the other confirms."""
    units = {unit.code: unit for unit in Organisation.objects.filter(code__in=("bigdata", "transport"))}
    platform = SecurityAsset.objects.get(key="platform")
    _file_and_judge(officer, office, platform)
    _register_processing(officer, office, units["bigdata"])
    _drill(officer, office, list(units.values()))
    _incident(officer, platform)
    _people(officer, office, units)


def _file_and_judge(officer: Account, office: Account, platform: SecurityAsset) -> None:
    filed = Filed(
        3,
        "37030699999-26001",
        today() - timedelta(days=300),
        today() - timedelta(days=200),
        None,
        "演示测评机构",
    )
    confirm_filing(office, file_asset(officer, platform, filed, is_simulated=True))
    for threat, weakness, likelihood, impact, treatment, measures, left, hurt in RISKS:
        due = today() + timedelta(days=60) if treatment == "reduce" else None
        said = Judged(platform, threat, weakness, likelihood, impact, treatment, measures, left, hurt, due)
        risk = judge_risk(officer, said, is_simulated=True)
        if treatment == "accept":
            accept_risk(office, risk, today() + timedelta(days=180))


def _register_processing(officer: Account, office: Account, holder: Organisation) -> None:
    for name, system, purpose, basis, ground, subjects, kinds, is_sensitive, kept in ACTIVITIES:
        said = {
            "name": name, "system": system, "holder": holder, "purpose": purpose, "basis": basis, "ground": ground,
            "subjects": subjects, "kinds": kinds, "is_sensitive": is_sensitive, "kept": kept,
            "assessed_on": today() - timedelta(days=90) if is_sensitive else None, "until_on": today() + timedelta(days=400),
        }  # fmt: skip
        confirm_processing(office, register_processing(officer, said, is_simulated=True))


def _drill(officer: Account, office: Account, units: list[Organisation]) -> None:
    plan = DrillPlan(
        "勒索病毒应急演练", "table", "办公终端加密文件向服务器蔓延，检验断网、报告和恢复。", _day(-20), units
    )
    drill = plan_drill(officer, plan, is_simulated=True)
    approve_drill(office, drill)
    held = begin_drill(officer, drill)
    if held.incident is not None:
        _step(
            held.incident.case,
            officer,
            {"grade": "较大", "touches_persons": False, "judgement": "演示：按较大事件处置"},
        )
        _step(held.incident.case, officer, {"reported_to": "区委网信办", "report_text": "演示"}, "report")
        take_from_case(held.incident)
    note_finding(
        officer, "断网操作没有书面授权", units[0], today() + timedelta(days=30), drill=held, is_simulated=True
    )
    sum_up_drill(officer, held, "报告在 1 小时内完成；断网授权需要补充。")


def _incident(officer: Account, platform: SecurityAsset) -> None:
    seen = Seen(
        "登录页遭撞库尝试",
        "attack",
        "演示：同一来源连续尝试登录，账号被锁定，没有成功登录。",
        now() - timedelta(minutes=20),
        platform,
    )
    made = report_incident(officer, seen, "demo-1", is_simulated=True)
    _step(
        made.case,
        officer,
        {"grade": "一般", "touches_persons": False, "judgement": "演示：锁定有效，未造成损害"},
    )
    take_from_case(made)


def _step(case: Case, by: Account, form: dict[str, object], key: str = "assess") -> None:
    task = Task.objects.filter(case=case, key=key, state__in=("ready", "claimed")).first()
    if task is not None:
        complete(claim(task, by), by, form)


def _people(officer: Account, office: Account, units: dict[str, Organisation]) -> None:
    for number, (kind, name) in enumerate((("left", "演示人员甲"), ("moved", "演示人员乙"))):
        username = f"demo-staff-{number + 1}"
        life_actions.join(None, username, name, units["transport"], "演示", is_demo=True)
        unit = units["bigdata"] if kind == "moved" else None
        give_notice(
            officer, Notice(kind, username, now(), "演示人事通知", unit, f"demo-{number}"), is_simulated=True
        )
    contract = Contract.objects.filter(
        state=Contract.State.APPROVED, ends_on__gt=_day(20), begins_on__lte=today()
    ).first()
    if contract is None:
        return
    wanted = Wanted(contract, "演示工程师", "demo-supplier-1", "kernel.operator", units["bigdata"], "演示：巡检与升级", now(),
                    now() + timedelta(days=14))  # fmt: skip
    access = ask_access(officer, wanted, is_simulated=True)
    approve_access(office, access)
    week = now() + timedelta(days=7)
    second = Wanted(
        contract,
        "演示工程师二",
        "demo-supplier-2",
        "environment.monitor",
        units["bigdata"],
        "演示：设备调试",
        now(),
        week,
    )
    ask_access(office, second, is_simulated=True)


def _day(days: int) -> date:
    return today() + timedelta(days=days)
