"""The drawn procedures: every way through them, and tables that name what exists."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from district.kernel.cases import engine
from district.kernel.cases.engine_drawing import Drawing, drawing
from district.kernel.cases.forms import asked_in
from district.kernel.people.seed import NAMED
from district.systems.governance.manifest import SYSTEM
from district.systems.governance.reading.classes import class_of_code

FOLDER = Path(__file__).parents[1] / "processes"
TABLES = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.dmn")}


def drawn(name: str) -> Drawing:
    return drawing((FOLDER / f"{name}.bpmn").read_text("utf-8"), TABLES)


def walk(name: str, form: dict[str, Any], *answers: tuple[str, dict[str, Any]]) -> tuple[list[str], dict[str, Any]]:
    """The steps met when each is answered so, and the form at the end; the last entry is "end" when it has ended."""
    way, met = drawn(name), []
    move = engine.start(way, form)
    form = form | move.written
    for key, given in answers:
        (node, ready), *_ = move.ready
        assert ready == key
        met.append(key)
        form = form | given
        move = engine.complete(way, move.state, node, form)
        form = form | move.written
    return [*met, "end" if move.is_finished else move.ready[0][1]], form


ACCEPT, CHECKED = ("accept", {"accepted": "立案"}), ("check", {"passed": True})
CASE = {"classification": "C0118", "town_unit": "town_370306001", "kind": "", "channel": "citizen"}


def test_the_seven_steps_in_their_order():
    met, form = walk("city_case", CASE, ACCEPT, ("dispatch", {}), ("handle", {"result": "已处理"}),
                     ("report", {}), CHECKED, ("close", {}))  # fmt: skip
    assert met[-1] == "end"
    assert form["limit"] == "1 working_days"
    assert form["organisation"] == "municipal"


def test_what_is_refused_ends_and_what_is_doubtful_is_verified_first():
    assert walk("city_case", CASE, ("accept", {"accepted": "不予立案"}))[0][-1] == "end"
    assert walk("city_case", CASE, ("accept", {"accepted": "核实"}), ("verify", {"verified": True}))[0][-1] == "accept"


def test_a_wrong_order_comes_back_to_the_dispatcher():
    met, _ = walk("city_case", CASE, ACCEPT, ("dispatch", {}), ("handle", {"result": "退单"}))
    assert met[-1] == "dispatch"


def test_what_is_not_mended_is_done_again():
    met, _ = walk("city_case", CASE, ACCEPT, ("dispatch", {}), ("handle", {"result": "已处理"}), ("report", {}),
                  ("check", {"passed": False}))  # fmt: skip
    assert met[-1] == "handle"


def test_an_order_whose_caller_is_not_content_is_done_again():
    way = [("accept", {"accepted": "派单"}), ("dispatch", {}), ("sign", {"signed": "签收"}), ("handle", {}),
           ("review", {"review": "通过"})]  # fmt: skip
    order = CASE | {"kind": "咨询", "classification": "G06"}
    met, form = walk("hotline_order", order, *way, ("call_back", {"is_reached": True, "is_solved": False}))
    assert (met[-1], form["limit"], form["organisation"]) == ("handle", "2 working_days", "town_370306001")
    assert walk("hotline_order", order, *way, ("call_back", {"is_reached": False}))[0][-1] == "end"


def test_a_grid_event_rises_until_somebody_can_solve_it():
    up = [("grid_handle", {"grid_result": "上报村（社区）"}), ("village_handle", {"village_result": "上报镇（街道）"}),
          ("town_handle", {"town_result": "上报区"})]  # fmt: skip
    met, form = walk("grid_event", CASE | {"classification": "G03"}, *up)
    assert (met[-1], form["organisation"]) == ("district_dispatch", "emergency")
    assert walk("grid_event", CASE, up[0], ("village_handle", {"village_result": "已解决"}))[0][-1] == "check"


@pytest.mark.parametrize("name", ["city_case", "hotline_order", "grid_event"])
def test_steps_name_posts_of_the_system_and_ask_something(name: str):
    way = drawn(name)
    assert {step.role for step in way.steps.values()} <= SYSTEM.role_keys()
    assert set(asked_in((FOLDER / f"{name}.bpmn").read_text("utf-8"))) == set(way.steps)


def test_tables_name_classes_and_units_that_exist_and_every_class_once():
    route = TABLES["unit_by_class_and_place.dmn"]
    named = re.findall(r'"([ECG]\d{2,4})"', route)
    assert sorted(named) == sorted(class_of_code())
    units = {row["code"] for row in json.loads(NAMED.read_text("utf-8"))}
    assert set(re.findall(r'<outputEntry[^>]*><text>"(\w+)"', route)) <= units
    assert set(re.findall(r'"([ECG]\d{2,4})"', TABLES["limit_by_class.dmn"])) <= set(class_of_code())
