"""A million cases: a clerk's list under row rules, opening with the procedure started, and one step of it.

`python -m bench.cases`; `DISTRICT_BENCH_CASES` makes it smaller. The cases lie unevenly over 14 towns and their
villages and 60 departments, one in twenty is running. Lists are what the clerk's page asks: rows through
`cases_visible_to`, 50 of them, newest first, further pages by key, running ones by deadline, and by the filters of its
columns: stage, class, light, unit, a word in the title that is frequent, rare or in no case; readers are a village, a
town, a department, a department with its units, the whole district.

Two peers of a step of the national seven steps (governance's `city_case`), both SpiffWorkflow alone, in memory, same
drawing and same tasks: `bare` as it must be used between two requests (its own serializer reads the case, the task
completes, the serializer writes it), `plain` without that.
Ours reads from PostgreSQL, completes, writes tasks, timeline and case, and commits durably.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment

CASES = int(os.environ.get("DISTRICT_BENCH_CASES") or 1_000_000)
LISTS = 220
OPENED = 1_000
STEPPED = 100
SEVEN_STEPS = Path(home.CHECKOUT) / "district/systems/governance/processes/city_case.bpmn"
PROCESSES = Path(home.CHECKOUT) / "district/kernel/cases/tests/processes"
MIGRATE = """
import django; django.setup()
from django.core.management import call_command
for app in ("cases", "files", "jobs", "procrastinate", "events", "places"):
    call_command("migrate", app, skip_checks=True, verbosity=0)
"""
FILL = """
    INSERT INTO cases_case (number, system, procedure, version_id, idempotency_key, kind, classification, title, text,
        channel, reporter_name, reporter_phone, reporter_mark, address, cell_code, division_code, organisation_id,
        seen_by, stage, state, light, limit_kind, limit_amount, extension_amount, opened_at, warn_at, due_at, late_at,
        closed_at, outcome, is_confidential, is_simulated, form, workflow)
    SELECT 'OLD' || lpad(n::text, 9, '0'), 'trial', 'plain', %(version)s, 'old:' || n, '投诉', '01' || n %% 90,
        '第' || n || '件 ' || CASE WHEN n %% 20011 = 0 THEN '龙卷风损坏广告牌'
            ELSE (ARRAY['路灯不亮', '井盖破损', '噪声扰民', '占道经营', '垃圾堆积'])[1 + n %% 5] END,
        repeat('群众反映的问题，请尽快处理。', 8), (ARRAY['hotline', 'grid', 'phone'])[1 + n %% 3], '', '',
        md5('p' || n %% 300000), '某路' || n %% 900 || '号', '', place.code, unit.id,
        ARRAY['u:trial:' || unit.id, 'u:trial:' || %(lead)s, 'p:trial.clerk:' || %(lead)s, 'p:trial.clerk:*',
              'p:trial.handler:' || unit.id, 'p:trial.handler:*'],
        CASE WHEN n %% 20 = 0 THEN '处置' ELSE '核查' END, CASE WHEN n %% 20 = 0 THEN 'open' ELSE 'closed' END, 'green',
        'working_days', 5, 0, at, at + interval '6 days', at + interval '7 days', at + interval '8 days',
        CASE WHEN n %% 20 = 0 THEN NULL ELSE at + interval '5 days' END, '', n %% 500 = 0, true, '{"kind": "投诉"}', ''
    FROM generate_series(%(from)s, %(until)s) n
    CROSS JOIN LATERAL (SELECT now() - (%(cases)s - n) * interval '40 seconds' AS at) moment
    JOIN bench_place place ON place.k = (n * 7919::bigint) %% %(places)s
    JOIN bench_unit unit ON unit.k = (n * 104729::bigint) %% %(units)s
"""
SEEN_MARKS = """
    CREATE INDEX cases_case_seen_marks ON cases_case USING gin (seen_by, cases_marks(title, address, stage, classification,
        state, light, channel, procedure));
    ALTER INDEX cases_case_seen_marks ALTER COLUMN 2 SET STATISTICS 1000
"""
TASKS = """
    INSERT INTO cases_task (case_id, name, key, node, round, stage, role, organisation_id, state, part, form_key,
        limit_kind, opened_at, due_at, light, form, ended)
    SELECT id, '办理', 'handle', 6, 1, '处置', 'trial.handler', organisation_id,
        CASE WHEN state = 'open' THEN 'ready' ELSE 'done' END, '', 'handle', '', opened_at, due_at, 'green', '{}', ''
    FROM cases_case
"""


def main() -> None:
    with Installation(shared_buffers="512MB", max_wal_size="4GB") as place:
        subprocess.run([sys.executable, "-c", MIGRATE], env=place.variables(), cwd=home.CHECKOUT, check=True)
        with environment(**place.variables()):
            set_up_django()
            from district.testing.procedures import trial

            with trial() as system:
                figures = measured(system)
            from django.db import connection

            connection.close()
    report(figures)


def measured(system: Any) -> dict[str, float]:
    from district.testing.people import organisation
    from district.testing.procedures import published

    lead = organisation("trial_lead", name=system.lead)
    tables = {"limits.dmn": (PROCESSES / "limits.dmn").read_text("utf-8")}
    version = published(system, "plain", (PROCESSES / "plain.bpmn").read_text("utf-8"), tables)
    began = time.perf_counter()
    readers = fill(version.pk, lead)
    print(f"{CASES:,} cases in {time.perf_counter() - began:.0f} s", flush=True)
    figures = lists(readers)
    print(f"lists done, load {os.getloadavg()[0]:.1f}", flush=True)
    figures |= opening()
    print(f"opening: {figures['open_per_s']:.0f}/s, load {os.getloadavg()[0]:.1f}", flush=True)
    figures |= stepping()
    return figures


def fill(version: int, lead: Any) -> dict[str, Any]:
    """The cases, and the readers by name."""
    from django.db import connection

    from district.testing.people import account, organisation
    from district.testing.procedures import CLERK, HANDLER

    towns = [
        organisation(f"town{t}", kind="town", division_code=f"370306{t:03}", parent=lead)
        for t in range(1, 15)
    ]
    villages = [
        organisation(f"village{t}_{v}", kind="village", division_code=f"370306{t:03}{v:03}", parent=towns[t - 1])
        for t in range(1, 15) for v in range(1, 8 + t * 2)
    ]  # fmt: skip
    board = organisation("board", parent=lead)
    units = [organisation(f"unit{n}", parent=board if n < 6 else lead) for n in range(60)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_place (k int PRIMARY KEY, code text)")
        cursor.executemany("INSERT INTO bench_place VALUES (%s, %s)",
                           [(n, each.division_code) for n, each in enumerate(villages)])  # fmt: skip
        cursor.execute("CREATE TABLE bench_unit (k int PRIMARY KEY, id bigint)")
        shares = [unit.pk for n, unit in enumerate(units) for _ in range(1 + 200 // (n + 1))]
        cursor.executemany("INSERT INTO bench_unit VALUES (%s, %s)", list(enumerate(shares)))
        cursor.execute("ANALYZE bench_place; ANALYZE bench_unit; DROP INDEX cases_case_seen_marks")
        for begin in range(1, CASES + 1, 100_000):
            until = min(CASES, begin + 99_999)
            cursor.execute(FILL, {"version": version, "lead": lead.pk, "from": begin, "until": until, "cases": CASES,
                                  "places": len(villages), "units": len(shares)})  # fmt: skip
            print(f"  {until:,}", flush=True)
        cursor.execute(SEEN_MARKS)
        cursor.execute(TASKS)
        cursor.execute("VACUUM ANALYZE")
    return {
        "village": account(CLERK, unit=villages[40], scope="own"),
        "town": account(CLERK, unit=towns[9], scope="subtree"),
        "small unit": account(HANDLER, unit=units[59], scope="own"),
        "large unit": account(HANDLER, unit=units[0], scope="own"),
        "board": account(HANDLER, unit=board, scope="subtree"),
        "district": account(CLERK, unit=lead, scope="district"),
    }


def lists(readers: dict[str, Any]) -> dict[str, float]:
    """Each reader asks each kind of list, at random places."""
    from district.kernel.cases.models import Case
    from district.kernel.cases.pages.case_marks import narrowed_by_marks
    from district.kernel.cases.queries import cases_visible_to, my_tasks
    from district.kernel.ui.table_sources import source_of
    from district.kernel.ui.table_state import Condition

    last = Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chance = random.Random(3)

    def visible(reader: Any) -> Any:
        return (
            cases_visible_to(reader, "trial").select_related("organisation").defer("text", "workflow", "form")
        )

    def filtered(reader: Any, key: str, relation: str, value: str) -> list[Any]:
        found, left = narrowed_by_marks(visible(reader), [Condition(key, relation, value)])
        narrowed: Any = source_of(found).narrowed(left)
        return list(narrowed.queryset.order_by("-pk")[:50])

    kinds: dict[str, Callable[[Any], list[Any]]] = {
        "newest": lambda reader: list(visible(reader).order_by("-pk")[:50]),
        "further": lambda reader: list(
            visible(reader).filter(pk__lt=chance.randint(1, last)).order_by("-pk")[:50]
        ),
        "by deadline": lambda reader: list(visible(reader).filter(state="open").order_by("due_at")[:50]),
        "my tasks": lambda reader: list(my_tasks(reader).select_related("case")[:50]),
        "stage": lambda reader: filtered(reader, "stage", "contains", "处置"),
        "class": lambda reader: filtered(reader, "classification", "contains", "0117"),
        "red": lambda reader: filtered(reader, "light", "is", "red"),
        "unit": lambda reader: filtered(reader, "organisation.name", "contains", "unit37"),
        "often": lambda reader: filtered(reader, "title", "contains", "井盖"),
        "rare": lambda reader: filtered(reader, "title", "contains", "龙卷"),
        "never": lambda reader: filtered(reader, "title", "contains", "飞碟"),
    }
    taken: dict[tuple[str, str], list[float]] = {}
    for number in range(LISTS):
        for name, reader in readers.items():
            kind = list(kinds)[number % len(kinds)]
            began = time.perf_counter()
            found = kinds[kind](reader)
            taken.setdefault((name, kind), []).append((time.perf_counter() - began) * 1000)
            assert found or kind != "newest", f"{name} sees nothing"
    print(f"\n{'ms, median (worst)':<22}" + "".join(f"{kind:>15}" for kind in kinds))
    for name in readers:
        cells = (f"{statistics.median(taken[name, k]):.1f} ({max(taken[name, k]):.0f})" for k in kinds)
        print(f"{name:<22}" + "".join(f"{cell:>15}" for cell in cells))
    every = np.array([one for times in taken.values() for one in times])
    return {"list_median_ms": float(np.median(every)), "list_p99_ms": float(np.percentile(every, 99)),
            "list_worst_ms": float(every.max())}  # fmt: skip


def opening() -> dict[str, float]:
    """One process, one case a transaction; then a hundred a transaction, as an import does."""
    from district.kernel.cases.actions import NewCase, open_case, open_cases

    def new(n: int, name: str) -> dict[str, Any]:
        return {"system": "trial", "procedure": "plain", "title": "路灯不亮", "channel": "hotline", "kind": "投诉",
                "idempotency_key": f"{name}:{n}", "reporter": {"name": "张三", "phone": f"138{n:08}"},
                "place": {"division_code": "370306010003", "address": "正阳路", "lon": 117.87, "lat": 36.8}}  # fmt: skip

    open_case(**new(0, "warm"))
    began = time.perf_counter()
    for n in range(OPENED):
        open_case(**new(n, "one"))
    one = OPENED / (time.perf_counter() - began)
    began = time.perf_counter()
    for n in range(0, OPENED * 2, 100):
        open_cases([NewCase(**new(m, "many")) for m in range(n, n + 100)])
    return {"open_per_s": one, "open_in_hundreds_per_s": OPENED * 2 / (time.perf_counter() - began)}


def stepping() -> dict[str, float]:
    """Cases of the national seven steps from acceptance to their end, each step in a transaction of its own."""
    from district.kernel.cases import actions
    from district.kernel.cases.models import Task
    from district.kernel.people.seed import seed_organisations
    from district.kernel.places.seed import seed_divisions
    from district.testing.people import account

    seed_divisions()
    seed_organisations()
    accounts: dict[str, Any] = {}
    ours: list[float] = []
    for n in range(STEPPED):
        case = actions.open_case(
            system="governance", procedure="city_case", title="违法建设", channel="hotline", kind="投诉",
            classification="E0101", idempotency_key=f"step:{n}", form={"town_unit": None},
        )  # fmt: skip
        while (task := Task.objects.filter(case=case, state="ready").first()) is not None:
            person = accounts.get(task.role)
            if person is None:
                person = accounts[task.role] = account(task.role)
            began = time.perf_counter()
            actions.complete(task, person, {"passed": True})
            ours.append((time.perf_counter() - began) * 1000)
    bare, plain = alone()
    return {"step_ms": statistics.median(ours), "steps": len(ours), "bare_ms": bare, "plain_ms": plain}


def alone() -> tuple[float, float]:
    """SpiffWorkflow by itself, as it comes, on the same drawing: ms of a step with its serializer, and without."""
    from lxml import etree
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
    from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
    from SpiffWorkflow.util.task import TaskState

    parser = SpiffBpmnParser()
    for table in SEVEN_STEPS.parent.glob("*.dmn"):
        parser.add_dmn_file(str(table))
    root = etree.parse(SEVEN_STEPS)
    parser.add_bpmn_xml(root)
    spec = parser.get_spec(next(root.iter("{*}process")).get("id"))
    for task in spec.task_specs.values():
        for rule in task.dmnEngine.decision_table.rules if hasattr(task, "dmnEngine") else ():
            for entry in rule.inputEntries:  # it joins input and cell without a space between
                entry.lhs = [f" {cell}" if cell and cell.startswith("in ") else cell for cell in entry.lhs]
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
    form = {"classification": "E0101", "kind": "投诉", "channel": "hotline", "town_unit": None, "accepted": None,
            "result": None, "passed": True}  # fmt: skip

    def begun() -> Any:
        workflow = BpmnWorkflow(spec)
        for task in workflow.tasks.values():
            task.data.update(form)
        workflow.do_engine_steps()
        return workflow

    def step(workflow: Any) -> bool:
        task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)), None)
        if task is None:
            return False
        task.data.update(form)
        task.run()
        workflow.do_engine_steps()
        return True

    plain, bare = [], []
    for _case in range(STEPPED):
        workflow, stored, is_going = begun(), serializer.serialize_json(begun()), True
        while is_going:
            began = time.perf_counter()
            is_going = step(workflow)
            plain.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            again = serializer.deserialize_json(stored)
            step(again)
            stored = serializer.serialize_json(again)
            bare.append((time.perf_counter() - began) * 1000)
        assert workflow.is_completed()
    return statistics.median(bare), statistics.median(plain)


def report(figures: dict[str, float]) -> None:
    load = os.getloadavg()[0]
    print(f"\nlist of 50 at {CASES:,} cases: median {figures['list_median_ms']:.1f} ms, p99 {figures['list_p99_ms']:.1f}"
          f" (load of the machine {load:.1f})")  # fmt: skip
    print(f"opened with the procedure started: {figures['open_per_s']:.0f}/s one by one,"
          f" {figures['open_in_hundreds_per_s']:.0f}/s in hundreds")  # fmt: skip
    print(f"a step: ours {figures['step_ms']:.2f} ms, SpiffWorkflow with its serializer {figures['bare_ms']:.2f} ms,"
          f" in memory only {figures['plain_ms']:.2f} ms")  # fmt: skip
    ratios = {
        "list_median_ms": round(figures["list_median_ms"], 1), "list_p99_ms": round(figures["list_p99_ms"], 1),
        "open_per_s": round(figures["open_per_s"]),
        "step_vs_bare": round(figures["bare_ms"] / figures["step_ms"], 2),
    }  # fmt: skip
    told = {name: round(value, 2) for name, value in figures.items()} | {
        "cases": CASES,
        "load": round(load, 1),
    }
    print(json.dumps({"bench": "cases", "ratios": ratios, "figures": told}))


if __name__ == "__main__":
    main()
