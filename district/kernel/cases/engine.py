"""Runs procedures with SpiffWorkflow. Pure: drawing, state and form go in, the next state comes out.

    begun = start(drawing, {"kind": "投诉"})           # Move(state, ready=((7, "accept"),), …)
    moved = complete(drawing, begun.state, 7, form)

The state is a short text: the tree of tasks by number, without data; the form of the case is the data. What a move
gives depends on the state, the task and those values of the form that the drawing reads, and on nothing else: so
each process remembers moves (`Drawing.memo`), and cases that go the same way share the work.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from district.kernel.cases.engine_drawing import Drawing
from district.kernel.cases.engine_expressions import compiled

REMEMBERED = 20_000
"""Moves kept in memory for each drawing; the oldest are forgotten."""

Form = dict[str, Any]

logging.getLogger("spiff").setLevel(logging.WARNING)  # it tells every change of every task


class NoWay(ValueError):
    """The procedure cannot go on from here with this form; `code` is stable."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Move:
    """The state after a move. `ready` are (number, key) of the steps that wait for people; `written` is what
    decision tables put into the form.
    """

    state: str
    ready: tuple[tuple[int, str], ...]
    written: Form
    is_finished: bool


class SafeEngine(PythonScriptEngine):
    """Conditions only, in our language, over the form. There is no way to run a script."""

    def validate(self, expression: str) -> None:
        compiled(expression)

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        form = task.workflow.form
        return compiled(expression).value({**form, **external_context} if external_context else form)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        raise NoWay("script", "流程图中的脚本不会执行")

    def call_service(self, task: Any, **kwargs: Any) -> Any:
        raise NoWay("script", "流程图中的服务调用不会执行")


def start(drawing: Drawing, form: Form) -> Move:
    """The first state. Raises NoWay."""
    return _remembered(drawing, ("start",), form, lambda workflow: None)


def complete(drawing: Drawing, state: str, number: int, form: Form) -> Move:
    """The state after a person has done the step of that number. Raises NoWay."""

    def run(workflow: BpmnWorkflow) -> None:
        _ready_task(workflow, number).run()

    return _remembered(drawing, ("complete", state, number), form, run)


def go_back(drawing: Drawing, state: str, number: int, form: Form) -> Move:
    """The step before the one of that number is to be done again; whatever came after it is undone. Raises NoWay."""

    def run(workflow: BpmnWorkflow) -> None:
        task = _ready_task(workflow, number).parent
        while task is not None and not task.task_spec.manual:
            task = task.parent
        if task is None:
            raise NoWay("first_step", "这是第一个环节，不能退回")
        workflow.completed = False
        workflow.reset_from_task_id(task.id)

    return _remembered(drawing, ("back", state, number), form, run)


def ready(drawing: Drawing, state: str) -> tuple[tuple[int, str], ...]:
    """(number, key) of the steps that wait for people."""
    return _ready(restored(drawing, state))


def marks(drawing: Drawing, state: str) -> dict[str, str]:
    """Elements of the drawing by id: `active` where the case waits, `done` where it has been."""
    found: dict[str, str] = {}
    for task in restored(drawing, state).tasks.values():
        if task.task_spec.bpmn_id is None:
            continue
        if task.state in (TaskState.READY, TaskState.WAITING):
            found[task.task_spec.bpmn_id] = "active"
        elif task.state == TaskState.COMPLETED:
            found.setdefault(task.task_spec.bpmn_id, "done")
    return found


def transplanted(old: Drawing, state: str, new: Drawing) -> str:
    """The state of a case carried over to another drawing: what waits must be there under the same id, and what
    was done must be there too. Raises NoWay naming what stands in the way.
    """
    content = json.loads(state)
    tasks = [row for row in content["t"] if not row[3] & (TaskState.PREDICTED_MASK | TaskState.FUTURE)]
    known, codes = set(new.codes), {name: code for code, name in enumerate(new.codes)}
    for row in tasks:
        name = old.codes[row[2]]
        if name not in known:
            shown = old.names.get(name) or name
            if row[3] & TaskState.FINISHED_MASK:
                raise NoWay("past_step_gone", f"已经过的“{shown}”在新版本中不存在")
            raise NoWay("step_gone", f"正在办理的“{shown}”在新版本中不存在")
        if (name in old.steps) != (name in new.steps):
            raise NoWay("step_changed", f"“{old.names.get(name) or name}”在新版本中不再是同类环节")
    kept = [[row[0], row[1], codes[old.codes[row[2]]], *row[3:]] for row in tasks]
    workflow = restored(new, json.dumps({"n": content["n"], "t": kept}))
    for task in list(workflow.tasks.values()):
        if not task.has_state(TaskState.FINISHED_MASK):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    return stored(new, workflow, content["n"])


def replayed(drawing: Drawing, form: Form, acts: list[tuple[str, str, Form]]) -> list[str]:
    """Plays recorded acts ("complete" or "return", key of the step, what was filled in) through a drawing.

    Returns the keys of steps in the order they were reached; the last is `end` when the case would have ended,
    or `stopped: <reason>` where the record and the drawing part. Writes nothing.
    """
    form = dict(form)
    try:
        move = start(drawing, form)
        form.update(move.written)
        path = [key for _, key in move.ready]
        for act, key, filled in acts:
            before = dict(move.ready)
            number = next((each for each, waiting in before.items() if waiting == key), None)
            if number is None:
                waiting = "、".join(drawing.names.get(each) or each for each in before.values())
                return [*path, f"stopped: 记录为“{drawing.names.get(key) or key}”，此图等待“{waiting}”"]
            form.update(filled)
            move = (complete if act == "complete" else go_back)(drawing, move.state, number, form)
            form.update(move.written)
            path += [each for other, each in move.ready if other not in before or other == number]
            if move.is_finished:
                return [*path, "end"]
    except NoWay as error:
        return [*path, f"stopped: {error}"] if "path" in locals() else [f"stopped: {error}"]
    return path


def restored(drawing: Drawing, state: str) -> BpmnWorkflow:
    """SpiffWorkflow's own object for a stored state, with an empty form."""
    content = json.loads(state)
    workflow = BpmnWorkflow(drawing.spec, script_engine=SafeEngine(), deserializing=True)
    workflow.form = {}
    by_number: dict[int, Task] = {}
    for row in content["t"]:
        number, parent, code, task_state = row[:4]
        spec = drawing.spec.task_specs[drawing.codes[code]]
        task = Task(workflow, spec, by_number.get(parent), state=task_state, id=UUID(int=number))
        task.triggered = bool(len(row) > 4 and row[4])
        if len(row) > 5:
            task.internal_data = row[5]
        by_number[number] = task
    workflow.task_tree = by_number[content["t"][0][0]]
    return workflow


def stored(drawing: Drawing, workflow: BpmnWorkflow, last: int) -> str:
    """The state as text: `n` the last number given, `t` rows of number, parent, spec, state (and what else it has)."""
    codes = {name: code for code, name in enumerate(drawing.codes)}
    numbers: dict[UUID, int] = {}
    for identity in workflow.tasks:
        if identity.int >> 64:  # a new task, with a random id; ours are small
            last += 1
            numbers[identity] = last
        else:
            numbers[identity] = identity.int
    rows = []
    for identity, task in workflow.tasks.items():
        row: list[Any] = [
            numbers[identity], numbers.get(task._parent, 0), codes[task.task_spec.name], int(task.state),
        ]  # fmt: skip
        if task.triggered or task.internal_data:
            row.append(int(task.triggered))
        if task.internal_data:
            row.append(task.internal_data)
        rows.append(row)
    return json.dumps({"n": last, "t": rows}, separators=(",", ":"), ensure_ascii=False)


def _remembered(
    drawing: Drawing, act: tuple[Any, ...], form: Form, run: Callable[[BpmnWorkflow], None]
) -> Move:
    key = (*act, json.dumps([form.get(name) for name in drawing.reads], sort_keys=True, ensure_ascii=False))
    found: Move | None = drawing.memo.get(key)
    if found is None:
        found = drawing.memo[key] = _moved(drawing, act[1] if len(act) > 1 else "", form, run)
        if len(drawing.memo) > REMEMBERED:
            drawing.memo.popitem(last=False)
    return found


def _moved(drawing: Drawing, state: str, form: Form, run: Callable[[BpmnWorkflow], None]) -> Move:
    with _told():
        if state:
            workflow, last = restored(drawing, state), json.loads(state)["n"]
        else:
            workflow, last = BpmnWorkflow(drawing.spec, script_engine=SafeEngine()), 0
        workflow.form = dict(form)
        run(workflow)
        workflow.do_engine_steps()
        is_finished = workflow.is_completed()
        after = stored(drawing, workflow, last)
    waiting = () if is_finished else _ready(restored(drawing, after))
    if not waiting and not is_finished:
        raise NoWay("stuck", "流程走到此处无法继续：各分支不能会合")
    written = {
        name: value for name, value in workflow.form.items() if name not in form or form[name] != value
    }
    return Move(after, waiting, written, is_finished)


@contextmanager
def _told() -> Iterator[None]:
    """What SpiffWorkflow raises, said in our words."""
    try:
        yield
    except SpiffWorkflowException as error:
        inner = error.__cause__ or error
        if isinstance(inner, NoWay):
            raise inner from error
        raise NoWay("no_way", f"按所填内容流程无路可走：{error}") from error


def _ready(workflow: BpmnWorkflow) -> tuple[tuple[int, str], ...]:
    waiting = workflow.get_tasks(state=TaskState.READY, manual=True)
    return tuple(sorted((task.id.int, task.task_spec.name) for task in waiting))


def _ready_task(workflow: BpmnWorkflow, number: int) -> Task:
    task = workflow.tasks.get(UUID(int=number))
    if task is None or task.state != TaskState.READY or not task.task_spec.manual:
        raise NoWay("not_ready", "该环节现在不在办理中")
    return task
