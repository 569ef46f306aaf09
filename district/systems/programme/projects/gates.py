"""What each gate of a project asks for. Pure: facts in, findings out.

A gate stands at the end of a stage. All of its findings must be fulfilled before the project goes on; none can be waived.
Papers are put in by one person and confirmed by another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ORDER = ("proposal", "review", "procurement", "delivery", "acceptance", "evaluation", "closed")


@dataclass(frozen=True)
class Need:
    """`key` is a fact (`papers.<kind>` a confirmed paper); `zh`, `en` what is asked for."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class Finding:
    """`why`: what is missing, in words of whoever gathered the facts; empty when it is fulfilled."""

    need: Need
    is_met: bool
    why: str = ""


@dataclass(frozen=True)
class Fact:
    """What was found of a need."""

    is_met: bool
    why: str = ""


def _paper(kind: str, zh: str, en: str) -> Need:
    return Need(f"papers.{kind}", zh, en)


GATES: Mapping[str, tuple[Need, ...]] = {
    "proposal": (
        Need("has_purpose", "建设目标、估算投资、所属重点工作已填写", "Purpose, estimate and task of the plan are given"),
        Need("has_effects", "已选定成效指标", "Indicators it is to move are chosen"),
        _paper("proposal", "项目建议书", "Project proposal"),
        _paper("assessment", "第三方立项评估报告", "Assessment by a third party"),
        Need("assessor", "立项评估单位已登记", "The assessing firm is registered"),
    ),
    "review": (
        _paper("scheme", "建设方案", "Scheme"),
        Need("draw_proved", "评审专家经可验证抽取", "The experts' draw proves right"),
        Need("review_passed", "专家评审结论为通过（修改后通过的须有修改稿）", "Experts passed it"),
    ),
    "procurement": (
        Need("awarded", "建设采购已定标，质疑期已满且无未办结质疑", "Supply is awarded, days for objections are over"),
        Need("contract", "建设合同已由财政审批", "The contract of supply is approved by finance"),
        Need("supervisor", "监理单位已登记，且与承建单位无关联", "A supervisor who is not of the supplier's group"),
        Need("list_agreed", "验收清单已由两人确认", "The acceptance list is agreed by two"),
        Need("baseline", "成效指标的建设前数值已测算", "Indicators were measured before delivery"),
    ),
    "delivery": (
        Need("supervised", "监理月报逐月提交并接收", "Each month has a supervisor's report that was taken"),
        Need("no_open_change", "没有待审批的变更", "No change waits for a decision"),
        Need("tester", "测评单位已登记，且与承建单位无关联", "A tester who is not of the supplier's group"),
        _paper("completion", "完工报告", "Report of completion"),
    ),
    "acceptance": (
        _paper("test_report", "第三方测评报告", "Report of the third-party test"),
        Need("accepted", "验收清单全部必达项在同一次运行中通过并已验收", "Accepted on a run in which all required lines passed"),
    ),
    "evaluation": (
        Need("months_over", "验收后运行期已满", "The months after acceptance are over"),
        Need("after_measured", "成效指标的建设后数值已测算", "Indicators were measured afterwards"),
        Need("effect_reported", "成效评价报告已由两人确认", "The evaluator's report is confirmed by two"),
    ),
}  # fmt: skip

@dataclass(frozen=True)
class Paper:
    """A kind of paper."""

    zh: str
    en: str


PAPERS: Mapping[str, Paper] = {
    "proposal": Paper("项目建议书", "Project proposal"), "assessment": Paper("第三方立项评估报告", "Assessment by a third party"),
    "scheme": Paper("建设方案", "Scheme"), "scheme_revised": Paper("方案修改稿", "Revised scheme"),
    "completion": Paper("完工报告", "Report of completion"),
    "test_report": Paper("第三方测评报告", "Report of the third-party test"),
    "other": Paper("其他材料", "Other"),
}  # fmt: skip


def after(stage: str) -> str:
    """The stage a gate leads to. KeyError for one that has no gate."""
    if stage not in GATES:
        raise KeyError(stage)
    return ORDER[ORDER.index(stage) + 1]


def findings(stage: str, facts: Mapping[str, Fact]) -> list[Finding]:
    """What the gate of a stage finds. A fact nobody gathered is not fulfilled."""
    found = []
    for need in GATES[stage]:
        fact = facts.get(need.key, Fact(False))
        found.append(Finding(need, fact.is_met, "" if fact.is_met else fact.why))
    return found


def may_pass(found: list[Finding]) -> bool:
    return bool(found) and all(each.is_met for each in found)
