"""A department, a keeper, a register of households whose items the police and others hold."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from district.kernel.forms.design import changing, editing, publishing
from district.kernel.forms.design.sheets import Sheets
from district.kernel.forms.models import Project, Register, RegisterItem
from district.kernel.forms.queries import ASKERS, KEEPERS
from district.testing.people import account, organisation

HOUSEHOLD = (
    ("head", "户主姓名", "text", "police"), ("people", "家庭人口数", "integer", "police"),
    ("address", "家庭住址", "text", "police"), ("phone", "联系电话", "text", "civil"),
    ("relief", "低保类别", "text", "civil"), ("land", "承包地面积", "number", "natural"),
)  # fmt: skip
NINE = (
    ("text", "户主姓名"), ("integer", "您家有几口人？"), ("text", "住址"), ("text", "户主联系电话"),
    ("select_one", "是否低保户"), ("decimal", "承包耕地面积（亩）"), ("decimal", "今年小麦产量"),
    ("select_multiple", "需要哪些农机服务"), ("text", "对收割的意见"),
)  # fmt: skip
"""What a department wants to ask: six of nine are held."""


def ask(world: SimpleNamespace, questions: tuple[tuple[str, str], ...] = NINE) -> None:
    """Writes the questions in one change, as an uploaded workbook would."""

    def act(sheets: Sheets) -> None:
        for number, (kind, label) in enumerate(questions):
            choices = [("y", "是"), ("n", "否")] if kind.startswith("select") else ()
            editing.add_question(sheets, kind, label, f"q{number}", choices=choices)

    changing.change(world.form, world.asker, act)


@pytest.fixture
def world(db) -> SimpleNamespace:
    zhoucun = organisation()
    unit = organisation("agriculture", parent=zhoucun)
    asker = account(ASKERS[-1], unit=unit, scope="own")
    keeper = account(KEEPERS[0], unit=zhoucun)
    project = Project.objects.create(name="村级数据", organisation=unit)
    register = Register.objects.create(
        project=project, name="households", title="农户台账", subject="household", organisation=zhoucun
    )
    for position, (name, title, kind, holder) in enumerate(HOUSEHOLD):
        RegisterItem.objects.create(
            register=register, position=position, name=name, title=title, type=kind,
            holder=organisation(holder, parent=zhoucun, name=f"演示{holder}"),
            choices={"none": "未享受", "rural": "农村低保"} if name == "relief" else {},
        )  # fmt: skip
    form = publishing.new_form(
        project=project, organisation=unit, title="夏收情况", account=asker, purpose="夏收安排"
    )
    return SimpleNamespace(
        unit=unit, asker=asker, keeper=keeper, project=project, register=register, form=form
    )
