"""A register of households with a holder of one item, and a way to have things said of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from district.kernel.clock import CHINA
from district.kernel.forms.models import (
    Entity,
    Form,
    FormVersion,
    Project,
    Register,
    RegisterItem,
    Submission,
    WriteKind,
)
from district.kernel.forms.registers.layout import layout_of
from district.kernel.forms.registers.recording import Entry, record
from district.kernel.forms.registers.writing import create_entity, update_entity
from district.testing.people import account, organisation

VILLAGE = "370306102201"
SOURCE = "户籍人口基本信息"
START = datetime(2026, 11, 2, 9, tzinfo=CHINA)


class Households:
    """Units, accounts and a register; `say` writes as the register would have it."""

    def __init__(self) -> None:
        self.district = organisation("bigdata", name="区大数据局")
        self.police = organisation("police", name="区公安分局")
        self.town = organisation("town_370306102", name="王村镇政府", kind="town", division_code="370306102")
        self.village = organisation(
            "village_370306102201", name="苏李村委会", kind="village", division_code=VILLAGE, parent=self.town
        )
        self.clerk = account("affairs.clerk", unit=self.village, scope="own")
        self.officer = account("affairs.asker", unit=self.police, scope="own")
        self.other_officer = account("affairs.asker", unit=organisation("civil", name="区民政局"), scope="own")
        self.manager = account("affairs.manager", unit=self.district)
        self.project = Project.objects.create(name="演示一表通", organisation=self.district)
        self.register = Register.objects.create(
            project=self.project, name="households", title="住户台账", subject="household", organisation=self.district
        )
        items = (("people", "家庭人口数", "integer", self.police), ("workers", "劳动力人数", "integer", None))
        for position, (name, title, kind, holder) in enumerate(items):
            RegisterItem.objects.create(
                register=self.register, position=position, name=name, title=title, type=kind, holder=holder
            )
        self.numbers = count(1)

    def household(self, **values: str) -> Entity:
        number = next(self.numbers)
        return create_entity(self.register, values=values, label=f"演示户{number:03}", division_code=VILLAGE, at=START)

    def police_says(self, entity: Entity, value: str, *, item: str = "people", day: int = 0) -> None:
        """As the department's data come into a register: each delivery has seen the one before."""
        self._record(
            entity, value, item, day, kind=WriteKind.SOURCE, source=SOURCE, branch="police", organisation=self.police,
            trunk_version=0,
        )  # fmt: skip

    def village_says(self, entity: Entity, value: str, *, item: str = "people", day: int = 0) -> None:
        """With the record on the screen."""
        entity.refresh_from_db()
        update_entity(entity, values={item: value}, account=self.clerk, at=START + timedelta(days=day))

    def phone_says(self, entity: Entity, value: str, *, item: str, day: int = 0) -> None:
        """Off line since the record was made."""
        self._record(
            entity, value, item, day, kind=WriteKind.SUBMISSION, base_version=1, account=self.clerk,
            organisation=self.village,
        )  # fmt: skip

    def form_says(self, entity: Entity, value: str, *, label: str = "家庭人口数（人）", **prefill: str) -> Submission:
        """An answer of a form that is about the record and saves nothing to the register."""
        questions = [
            {"path": "who", "name": "who", "type": "select_one", "label": "户", "register": "households"},
            {"path": "many", "name": "many", "type": "integer", "label": label,
             **({"prefill": {"register": "households", "key": "who", **prefill}} if prefill else {})},
        ]
        form = Form.objects.create(
            project=self.project, xml_form_id=f"f{next(self.numbers)}", title="另一张表", organisation=self.district
        )
        version = FormVersion.objects.create(
            form=form, version="1", state="published", xform="<x/>", md5="0", questions=questions
        )
        return Submission.objects.create(
            form=form, version=version, instance_id=f"uuid:{next(self.numbers)}", current_id="x",
            values={"who": str(entity.uuid), "many": value}, account=self.clerk, organisation=self.village,
        )  # fmt: skip

    def _record(self, entity: Entity, value: str, item: str, day: int, **more: Any) -> None:
        entry = Entry(
            uuid=entity.uuid, key=f"k{next(self.numbers)}", values={item: value}, at=START + timedelta(days=day), **more
        )
        record(layout_of(self.register), [entry])


@pytest.fixture
def households() -> Households:
    return Households()
