"""Random procedures under random acts: the rows of tasks and the workflow never disagree, nothing is lost or stuck."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from district.kernel.cases import actions, engine
from district.kernel.cases.engine_drawing import BPMN, SPIFF, drawing
from district.kernel.cases.models import Case, Entry, Task
from district.kernel.cases.procedure_versions import drawing_of
from district.kernel.cases.refused import Refused
from district.kernel.clock import CHINA, now, stopped_at
from district.kernel.vocabulary import Procedure
from district.testing.people import organisation
from district.testing.procedures import published, trial

MONDAY = datetime(2026, 5, 11, 9, 0, tzinfo=CHINA)
"""No holiday follows for five weeks."""
_keys = count()

# A procedure is a block: ("step",) · ("then", a, b) · ("either", a, b) · ("both", a, b) · ("again", a).
# Structured this way it always comes to an end; `way` is a number of the form that the gateways read.
BLOCKS = st.recursive(
    st.just(("step",)),
    lambda inner: st.one_of(
        st.tuples(st.just("then"), inner, inner), st.tuples(st.just("either"), inner, inner),
        st.tuples(st.just("both"), inner, inner), st.tuples(st.just("again"), inner),
    ),
    max_leaves=6,
)  # fmt: skip
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["complete", "complete", "complete", "return", "suspend"]),
        st.integers(0, 5), st.integers(0, 3),
    ),
    max_size=14,
)  # fmt: skip


class Writer:
    """BPMN of a block."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.flows: list[str] = []
        self.number = 0

    def node(self, tag: str, inner: str = "", **attributes: str) -> str:
        self.number += 1
        name = f"n{self.number}"
        told = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self.nodes.append(f'<bpmn:{tag} id="{name}"{told}>{inner}</bpmn:{tag}>')
        return name

    def flow(self, source: str, target: str, condition: str = "") -> str:
        name = f"f{len(self.flows)}"
        inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        self.flows.append(
            f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
        )
        return name

    def block(self, block: tuple) -> tuple[str, str]:
        """First and last node."""
        kind = block[0]
        if kind == "step":
            inside = (
                '<bpmn:extensionElements><spiffworkflow:properties><spiffworkflow:property name="role" value="clerk"/>'
                '<spiffworkflow:property name="limit" value="8 working_hours"/></spiffworkflow:properties>'
                "</bpmn:extensionElements>"
            )
            one = self.node("userTask", inside, name="step")
            return one, one
        if kind == "then":
            (first, middle), (other, last) = self.block(block[1]), self.block(block[2])
            self.flow(middle, other)
            return first, last
        if kind == "again":
            start, (first, last) = self.node("exclusiveGateway"), self.block(block[1])
            fork = self.node("exclusiveGateway")
            end = self.node("exclusiveGateway")
            self.flow(start, first)
            self.flow(last, fork)
            self.flow(fork, start, "way == 3")
            self.default(fork, self.flow(fork, end))
            return start, end
        gateway = "exclusiveGateway" if kind == "either" else "parallelGateway"
        fork, join = self.node(gateway), self.node(gateway)
        for number, inner in enumerate(block[1:]):
            first, last = self.block(inner)
            if kind == "either" and number == 0:
                self.flow(fork, first, "way == 1")
            elif kind == "either":
                self.default(fork, self.flow(fork, first))
            else:
                self.flow(fork, first)
            self.flow(last, join)
        return fork, join

    def default(self, gateway: str, flow: str) -> None:
        at = next(n for n, node in enumerate(self.nodes) if f'id="{gateway}"' in node)
        self.nodes[at] = self.nodes[at].replace(f'id="{gateway}"', f'id="{gateway}" default="{flow}"')


def bpmn_of(block: tuple) -> str:
    writer = Writer()
    begin = writer.node("startEvent")
    first, last = writer.block(block)
    end = writer.node("endEvent")
    writer.flow(begin, first)
    writer.flow(last, end)
    inside = "".join(writer.nodes + writer.flows)
    return (
        f'<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:spiffworkflow="{SPIFF}" id="d" targetNamespace="urn:d">'
        '<bpmn:process id="p" isExecutable="true"><bpmn:extensionElements><spiffworkflow:properties>'
        '<spiffworkflow:property name="limit" value="5 working_days"/></spiffworkflow:properties></bpmn:extensionElements>'
        f"{inside}</bpmn:process></bpmn:definitions>"
    )


def assert_one_truth(case: Case) -> None:
    """Rows of tasks are what the workflow waits for; a case that has ended has none; its timeline says so."""
    case.refresh_from_db()
    rows = Task.objects.filter(case=case, state__in=("ready", "claimed", "waiting"), parent=None)
    waiting = set(rows.values_list("node", "key"))
    assert waiting == set(engine.ready(drawing_of(case.version_id), case.workflow))
    acts = list(Entry.objects.filter(case=case).values_list("act", "task_id"))
    assert acts[0][0] == "open"
    reached = {task for act, task in acts if act == "reach"}
    assert reached == set(Task.objects.filter(case=case).values_list("pk", flat=True))
    done = {task for act, task in acts if act == "complete"}
    assert done == set(Task.objects.filter(case=case, state="done").values_list("pk", flat=True))
    assert (case.closed_at is not None) == (case.state == "closed") == (("close", None) in acts)
    assert bool(waiting) == (case.state in ("open", "suspended"))


class Procedures(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(BLOCKS, ACTS)
    def test_random_procedures_under_random_acts_keep_one_truth(self, block, acts):
        with trial(Procedure("random", "随机", "Random", "x", "RAND")) as system, stopped_at(MONDAY):
            organisation("trial_lead", name=system.lead)
            published(system, "random", bpmn_of(block))
            case = actions.open_case(
                system="trial", procedure="random", title="随机", channel="test", idempotency_key=f"{next(_keys)}",
                form={"way": 0},
            )  # fmt: skip
            assert_one_truth(case)
            at = MONDAY
            for act, which, way in acts:
                at += timedelta(hours=1)
                with stopped_at(at):
                    at += self.step(case, act, which, way)
                    assert_one_truth(case)
            with stopped_at(at):
                self.finish(case)
            assert_one_truth(case)
            assert case.state == "closed"

    def step(self, case: Case, act: str, which: int, way: int) -> timedelta:
        """Does one act; returns how long it took. Refusals are of the rules; whatever else is raised fails the test."""
        open_tasks = list(Task.objects.filter(case=case, state__in=("ready", "claimed")))
        before = {task.pk: task.due_at for task in open_tasks}
        try:
            if act == "suspend":
                actions.suspend(case, None, "等待")
                assert (
                    not Task.objects.filter(pk__in=before, due_at__isnull=False)
                    .exclude(due_at__lt=now())
                    .exists()
                )
                with stopped_at(now() + timedelta(days=7)):
                    actions.resume(case, None)
                for task in Task.objects.filter(pk__in=before):
                    # A whole week stood still: by the office's clock what was left is left.
                    past = before[task.pk] < now()
                    assert task.due_at == before[task.pk] + (timedelta() if past else timedelta(days=7))
                return timedelta(days=7)
            elif open_tasks and act in ("complete", "return"):
                task = open_tasks[which % len(open_tasks)]
                if act == "complete":
                    actions.complete(task, None, {"way": way})
                else:
                    actions.return_task(task, None, "再看看")
        except Refused as refusal:
            if refusal.code not in ("not_open", "first_step"):
                raise
        return timedelta()

    def finish(self, case: Case) -> None:
        for _step in range(60):
            task = Task.objects.filter(case=case, state="ready").first()
            if task is None:
                break
            actions.complete(task, None, {"way": 0})
        case.refresh_from_db()


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.lists(st.integers(0, 3), max_size=12))
def test_a_state_read_back_goes_on_as_if_it_had_never_been_stored(block, ways):
    """Through the stored text at every step, and in one workflow kept in memory: the same steps are reached."""
    drawn = drawing(bpmn_of(block), {})
    workflow = engine.BpmnWorkflow(drawn.spec, script_engine=engine.SafeEngine())
    workflow.form = {"way": 0}
    workflow.do_engine_steps()
    move = engine.start(drawn, {"way": 0})
    for way in ways:
        kept = workflow.get_tasks(state=engine.TaskState.READY, manual=True)
        assert sorted(key for _, key in move.ready) == sorted(task.task_spec.name for task in kept)
        if not kept:
            return
        number, key = move.ready[0]
        move = engine.complete(drawn, move.state, number, {"way": way})
        workflow.form = {"way": way}
        next(task for task in kept if task.task_spec.name == key).run()
        workflow.do_engine_steps()


@pytest.mark.parametrize(("block", "way", "steps"), [
    (("either", ("step",), ("then", ("step",), ("step",))), 1, 1),
    (("either", ("step",), ("then", ("step",), ("step",))), 0, 2),
    (("both", ("step",), ("step",)), 0, 2),
])  # fmt: skip
def test_ways_are_taken_by_the_form(block, way, steps):
    drawn = drawing(bpmn_of(block), {})
    move, taken = engine.start(drawn, {"way": way}), 0
    while move.ready:
        move, taken = engine.complete(drawn, move.state, move.ready[0][0], {"way": way}), taken + 1
    assert (move.is_finished, taken) == (True, steps)
