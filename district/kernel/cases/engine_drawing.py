"""A procedure as drawn: BPMN 2.0 and DMN read into what SpiffWorkflow runs, and refused when it could do more.

A department may change its drawing, so the file is not trusted: no DTD, no entity, nothing fetched; only the elements
listed here; no script; every condition in the language of `engine_expressions`. Properties of a step stand in
`spiffworkflow:properties` inside its `extensionElements`, which bpmn-js keeps:

    role    post that does it: a role key of the system, or a full key          (required)
    unit    responsible · reporter_town · opener · lead · the code of a unit     (responsible)
    stage   stage of the case while it waits here                                (name of the step)
    limit   amount and kind: "60 natural_hours", "2 working_hours", "5 working_days"
    warn    share of the limit after which it is yellow, 0 to 1
    form    key of the form                                                      (id of the step)
    page    where the step is decided when not at the bench, "governance:disputes"; the bench leads there
    joint   all · lead: whether the lead of a joint task waits for all helpers   (all)

The process itself takes `limit`. A receive task asks another department and waits: `system`, `procedure`, `unit`.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.task_parsers import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.defaults import UserTask
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

from district.kernel.cases.clocks import Limit
from district.kernel.cases.engine_expressions import ExpressionRefused, compiled

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NAMESPACES = {"bpmn": BPMN, "spiff": SPIFF}
LARGEST = 2_000_000
"""Bytes of a drawing."""

NODES = frozenset({
    "startEvent", "endEvent", "userTask", "manualTask", "receiveTask", "businessRuleTask", "exclusiveGateway",
    "parallelGateway", "inclusiveGateway",
})  # fmt: skip
PAPER = frozenset({
    "sequenceFlow", "textAnnotation", "association", "documentation", "extensionElements", "laneSet", "group",
    "category", "dataObject", "dataObjectReference", "dataStoreReference",
})  # fmt: skip
"""What explains and does nothing."""
INSIDE = frozenset({
    "incoming", "outgoing", "extensionElements", "documentation", "terminateEventDefinition", "conditionExpression",
})  # fmt: skip
STEPS = frozenset({"userTask", "manualTask", "receiveTask"})
KEPT_OUTSIDE = frozenset({"process", "collaboration", "message", "category", "extensionElements"})


WHY_NOT = {
    "subProcess": "子流程不支持：请把其中环节画在主流程里，或用协办环节（接收任务）发起另一事项",
    "callActivity": "调用活动不支持：请用协办环节（接收任务）发起另一事项",
    "intermediateCatchEvent": "中间事件不支持：等待期限请用环节的时限 limit，时限到时自动预警、亮牌",
    "intermediateThrowEvent": "中间事件不支持：到达环节、办结等事件由平台自动发布",
    "boundaryEvent": "边界事件不支持：超时由环节的时限 limit 预警、亮牌，退回、挂起由办理人操作",
    "eventBasedGateway": "事件网关不支持：请用排他网关并写明条件",
    "complexGateway": "复杂网关不支持：请用排他、并行或包容网关",
    "serviceTask": "服务任务不支持：流程只分派给岗位，不执行程序",
    "scriptTask": "脚本任务不支持：流程不执行脚本，计算请用决策表",
    "sendTask": "发送任务不支持：给反映人的答复由反馈完成，请其他部门办理用协办环节（接收任务）",
    "task": "未写明类型的任务不支持：请改为用户任务并写明岗位 role",
}
"""What a drawing may not hold, and what stands for it."""
HIT_POLICIES = ("UNIQUE", "FIRST", "COLLECT")
"""What SpiffWorkflow evaluates as the standard says; others it takes for these without a word."""


class DrawingRefused(ValueError):
    """`code` is stable; `element` is the id of what is wrong in the drawing, empty for the whole."""

    def __init__(self, code: str, text: str, element: str = "") -> None:
        super().__init__(f"{element}：{text}" if element else text)
        self.code = code
        self.element = element


@dataclass(frozen=True)
class Step:
    """What the drawing says of a step that people do. `asks` is (system, procedure) for a receive task."""

    key: str
    name: str
    role: str
    unit: str
    stage: str
    limit: Limit | None
    warn: float | None
    form: str
    joint: str
    asks: tuple[str, str] | None = None
    page: str = ""


@dataclass(frozen=True)
class Drawing:
    """A procedure ready to run. `reads` are the names of the form that decide its ways; `names` the names of elements.

    `codes` numbers the specs of tasks for the compact state; `memo` keeps what a move gave (see `engine`),
    `units` the ids of units found by code.
    """

    spec: Any
    steps: dict[str, Step]
    limit: Limit | None
    reads: tuple[str, ...]
    names: dict[str, str]
    codes: tuple[str, ...]
    units: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    memo: OrderedDict[Any, Any] = field(default_factory=OrderedDict, compare=False, repr=False)


class Decision(BpmnSpecMixin):
    """A business rule task: what its table gives goes into the form of the case."""

    def __init__(self, wf_spec: Any, bpmn_id: str, table: Any, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.table = table

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.form.update(self.table.result(my_task))
        return True


class DecisionParser(TaskParser):
    def create_task(self) -> BpmnTaskSpec:
        table = self.process_parser.parser.get_engine(self.get_decision_ref(self.node), self.node)
        for rule in table.decision_table.rules:
            for entry in (
                rule.inputEntries
            ):  # SpiffWorkflow joins input and cell without a space between: `kindin (…)`
                entry.lhs = [cell and f" {cell}" for cell in entry.lhs]
        return Decision(self.spec, self.bpmn_id, table, **self.bpmn_attributes)

    @staticmethod
    def get_decision_ref(node: Any) -> str:
        return (node.findtext(f".//{{{SPIFF}}}calledDecisionId") or "").strip()


class Parser(BpmnDmnParser):
    OVERRIDE_PARSER_CLASSES = {
        full_tag("businessRuleTask"): (DecisionParser, Decision),
        full_tag("receiveTask"): (TaskParser, UserTask),
    }


def drawing(bpmn: str, dmn: dict[str, str]) -> Drawing:
    """Reads a procedure. Raises DrawingRefused for the first thing that is wrong."""
    root = _safe(bpmn)
    process = _process(root)
    names = {node.get("id"): node.get("name") or "" for node in process.iter() if node.get("id")}
    steps: dict[str, Step] = {}
    reads: set[str] = set()
    for node in process:
        tag = _tag(node)
        if tag in NODES:
            _check_node(node)
            if tag in STEPS:
                steps[node.get("id")] = _step(node, tag)
        elif tag and tag not in PAPER:
            raise DrawingRefused("element", WHY_NOT.get(tag, f"不支持的元素 {tag}"), node.get("id") or "")
    for condition in process.iter(f"{{{BPMN}}}conditionExpression"):
        reads |= _names(condition.text or "", condition.getparent().get("id") or "")
    if not steps:
        raise DrawingRefused("no_steps", "流程中没有需要办理的环节")
    for table in dmn.values():
        reads |= _table_reads(_safe(table))
    spec = _spec(root, process.get("id"), dmn)
    missing = sorted(set(steps) - set(spec.task_specs))
    if missing:
        raise DrawingRefused("unreachable", "从开始到不了这个环节", missing[0])
    limit = _limit(_properties(process).get("limit", ""), process.get("id"))
    return Drawing(spec, steps, limit, tuple(sorted(reads)), names, tuple(sorted(spec.task_specs)))


def _spec(root: Any, process: str, dmn: dict[str, str]) -> Any:
    parser = Parser()
    try:
        for name, table in dmn.items():
            parser.add_dmn_xml(_safe(table), filename=name)
        parser.add_bpmn_xml(root)
        spec = parser.get_spec(process)
    except ValidationException as error:
        raise DrawingRefused("invalid", str(error), getattr(error, "id", "") or "") from error
    except (KeyError, IndexError, TypeError, AttributeError, AssertionError) as error:
        raise DrawingRefused("invalid", f"无法读取：{type(error).__name__} {error}") from error
    return spec


def _safe(text: str) -> Any:
    """The root of XML that defines no entities and fetches nothing."""
    if len(text.encode()) > LARGEST:
        raise DrawingRefused("too_large", f"文件超过 {LARGEST} 字节")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DrawingRefused("xml", f"不是有效的 XML：{error}") from error
    if root.getroottree().docinfo.doctype:
        raise DrawingRefused("doctype", "不允许 DOCTYPE")
    return root


def _process(root: Any) -> Any:
    for node in root:
        if _tag(node) and _tag(node) not in KEPT_OUTSIDE:
            raise DrawingRefused("element", f"不支持的元素 {_tag(node)}", node.get("id") or "")
    found = [node for node in root.iter(f"{{{BPMN}}}process") if node.get("isExecutable", "true") == "true"]
    if len(found) != 1:
        raise DrawingRefused("processes", f"需要恰好一个可执行流程，现有 {len(found)} 个")
    return found[0]


def _tag(node: Any) -> str:
    """The local name of a BPMN element; empty for those of other namespaces (diagram, extensions)."""
    name = etree.QName(node)
    return name.localname if name.namespace == BPMN else ""


def _check_node(node: Any) -> None:
    for inner in node:
        if _tag(inner) and _tag(inner) not in INSIDE:
            raise DrawingRefused("element", f"不支持的内容 {_tag(inner)}", node.get("id"))
    for inner in node.iter():
        local = etree.QName(inner).localname
        if local.lower() in {"script", "prescript", "postscript", "servicetaskoperator", "executionlistener"}:
            raise DrawingRefused("script", f"不允许脚本 {local}", node.get("id"))
    if not re.fullmatch(r"[A-Za-z_][\w.-]{0,79}", node.get("id") or ""):
        raise DrawingRefused("id", "元素编号须以字母开头，最多 80 字", node.get("id") or "")


def _properties(node: Any) -> dict[str, str]:
    found = node.findall("./bpmn:extensionElements/spiff:properties/spiff:property", NAMESPACES)
    return {each.get("name", ""): each.get("value", "").strip() for each in found}


def _step(node: Any, tag: str) -> Step:
    key, given = node.get("id"), _properties(node)
    name = node.get("name") or key
    asks = None
    if tag == "receiveTask":
        if not given.get("system") or not given.get("procedure"):
            raise DrawingRefused("asks", "协办环节须写明 system 和 procedure", key)
        asks = (given["system"], given["procedure"])
    if not given.get("role"):
        raise DrawingRefused("role", "没有写明岗位 role", key)
    joint = given.get("joint", "all")
    if joint not in ("all", "lead"):
        raise DrawingRefused("joint", f"joint 须为 all 或 lead，现为 {joint}", key)
    page = given.get("page", "")
    if page and not re.fullmatch(r"[a-z_]+:[a-z_]+", page):
        raise DrawingRefused("page", f"page 须写为 系统:页面，现为 {page}", key)
    limit, warn = _limit(given.get("limit", ""), key), _share(given.get("warn", ""), key)
    return Step(key, name[:80], given["role"], given.get("unit", "responsible"), given.get("stage", name)[:40], limit,
                warn, given.get("form", key)[:60], joint, asks, page)  # fmt: skip


def limit_of(text: str) -> Limit | None:
    """`5 working_days` as a Limit, None for the empty text. Raises ValueError."""
    if not text.strip():
        return None
    amount, _, kind = text.strip().partition(" ")
    return Limit(kind.strip(), float(amount))


def _limit(text: str, element: str) -> Limit | None:
    try:
        return limit_of(text)
    except ValueError as error:
        raise DrawingRefused("limit", f"时限 {text!r} 写法不对：{error}", element) from error


def _share(text: str, element: str) -> float | None:
    if not text:
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 < share < 1:
        raise DrawingRefused("warn", f"预警比例须在 0 与 1 之间，现为 {text}", element)
    return share


def _names(text: str, element: str) -> frozenset[str]:
    try:
        return compiled(text).names
    except ExpressionRefused as error:
        raise DrawingRefused("expression", str(error.msg), element) from error


def _table_reads(root: Any) -> set[str]:
    """The names a decision table reads; every cell is checked as SpiffWorkflow will put it together."""
    reads: set[str] = set()
    for table in root.iter("{*}decisionTable"):
        policy = table.get("hitPolicy", "UNIQUE")
        if policy not in HIT_POLICIES:
            text = f"命中规则须为 {' 或 '.join(HIT_POLICIES)}，现为 {policy}"
            raise DrawingRefused("hit_policy", text, table.get("id") or "")
        _check_widths(table)
    for cell in root.iter("{*}text"):
        text, kind = (cell.text or "").strip(), etree.QName(cell.getparent()).localname
        where = cell.getparent().get("id") or ""
        if not text or (text == "-" and kind == "inputEntry"):
            continue
        if kind == "inputEntry":
            text = text.replace("?", "cell_input") if "?" in text else text
            try:
                reads |= compiled(text).names
                continue
            except ExpressionRefused:
                text = f"cell_input {text}"
        if kind in ("inputEntry", "outputEntry", "inputExpression"):
            reads |= _names(text, where)
    return reads - {"cell_input"}


def _check_widths(table: Any) -> None:
    """Each rule has a cell for each column."""
    wanted = (len(table.findall("{*}input")), len(table.findall("{*}output")))
    for number, rule in enumerate(table.findall("{*}rule"), 1):
        found = (len(rule.findall("{*}inputEntry")), len(rule.findall("{*}outputEntry")))
        if found != wanted:
            text = f"第 {number} 行有 {found[0]} 个条件、{found[1]} 个结果，表头是 {wanted[0]} 和 {wanted[1]} 个"
            raise DrawingRefused("rule_width", text, rule.get("id") or "")
