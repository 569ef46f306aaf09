"""What departments hold of the demonstration's households: entries of the catalogue with rows, granted, in one register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from district.kernel import clock
from district.kernel.datasets import actions as catalogue
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.forms.models import Project, Register, RegisterItem, RegisterSource, Subject
from district.kernel.forms.registers.sync import add_source, bring
from district.kernel.grants.actions import give
from district.kernel.grants.terms import Terms
from district.kernel.people.models import Organisation

from .actions import deliver, list_resource
from .demo_rows import Household

REGISTER, KEY = "households", "household_no"
SENSITIVE = 3
RELIEF = {"none": "未享受", "low": "最低生活保障", "destitute": "特困供养"}
HOUSES = {"A": "A级（安全）", "B": "B级（基本安全）", "C": "C级（局部危险）", "D": "D级（整体危险）"}


@dataclass(frozen=True)
class Held:
    """An item that a department holds, and the item of the register it goes to; `name` of both."""

    name: str
    title: str
    type: str
    of: Callable[[Household], Any]
    grade: int = 1
    choices: dict[str, str] | None = None


@dataclass(frozen=True)
class Source:
    """A department's data. `provider` is the code of a unit; where it is not there, neither are its data."""

    provider: str
    slug: str
    title: str
    items: tuple[Held, ...]


SOURCES = (
    Source("police", "demo_households", "户籍家庭信息（演示）", (
        Held("head", "户主姓名", "text", lambda each: each.head, SENSITIVE),
        Held("people", "家庭人口数", "integer", lambda each: each.people),
        Held("geometry", "住址位置", "text", lambda each: each.place),
    )),
    Source("civil_affairs", "demo_relief", "社会救助家庭信息（演示）", (
        Held("relief", "救助类别", "text", lambda each: each.relief, choices=RELIEF),
    )),
    Source("insurance", "demo_insured", "居民医保参保家庭汇总（演示）", (
        Held("insured", "医保参保人数", "integer", lambda each: each.insured),
    )),
    Source("agriculture", "demo_land", "农村土地承包经营权信息（演示）", (
        Held("land_mu", "承包地面积", "number", lambda each: float(each.land_mu)),
    )),
    Source("housing", "demo_houses", "农村住房安全信息（演示）", (
        Held("house", "住房安全等级", "text", lambda each: each.house, choices=HOUSES),
    )),
)  # fmt: skip
NAME, DIVISION = "household_name", "division_code"


def register_of(project: Project) -> Register:
    """The register of households, with the items that departments fill."""
    register, is_new = Register.objects.get_or_create(
        project=project, name=REGISTER,
        defaults={"title": "住户台账", "subject": Subject.HOUSEHOLD, "organisation": project.organisation,
                  "is_simulated": True},
    )  # fmt: skip
    if is_new:
        RegisterItem.objects.create(register=register, position=0, name=KEY, title="户编号", is_key=True)
    return register


def fill(register: Register, source: Source, rows: Sequence[Household]) -> RegisterSource | None:
    """Entry, rows, grant, and the source of the register; nothing where the department is not there."""
    provider = Organisation.objects.filter(code=source.provider).first()
    if provider is None:
        return None
    resource = _resource(source, provider, register.organisation)
    _items(register, source, resource, provider)
    _deliver(source, resource, rows)
    made = add_source(
        register, resource, key_column=KEY, columns={each.name: each.name for each in source.items}, account=None,
        label_column=NAME, division_column=DIVISION, creates=source is SOURCES[0],
    )  # fmt: skip
    bring(made)
    return made


def _resource(source: Source, provider: Organisation, reader: Organisation) -> Resource:
    found = Resource.objects.filter(name=f"{provider.code}.{source.slug}").first()
    if found is not None:
        return found
    items: list[dict[str, Any]] = [
        {"name": KEY, "title": "户编号", "is_key": True}, {"name": NAME, "title": "户名"},
        {"name": DIVISION, "title": "区划代码", "holds": "division"},
        *({"name": each.name, "title": each.title, "type": each.type, "grade": each.grade,
           "mask": "person_name" if each.grade >= SENSITIVE else ""} for each in source.items),
    ]  # fmt: skip
    resource = catalogue.add_resource(
        provider=provider, title=source.title, slug=source.slug, items=items, account=None,
        abstract="演示用：按算法生成的住户，不对应任何真实家庭。", format="数据库", share="conditional",
        share_condition="限履行法定职责使用", share_way="共享平台方式（服务接口）", cycle="daily", is_simulated=True,
    )  # fmt: skip
    resource = list_resource(resource)
    if provider != reader:
        today = clock.today()
        names = [each["name"] for each in items]
        terms = Terms(items=names, plain=names, starts_on=today, ends_on=today + timedelta(days=365))
        give(resource, reader, terms, None, purpose="一表通：住户台账预填", ground="演示", is_simulated=True)
    return resource


def _items(register: Register, source: Source, resource: Resource, provider: Organisation) -> None:
    held = {each.name: each for each in resource.items.all()}
    for position, each in enumerate(source.items, start=register.items.count()):
        RegisterItem.objects.get_or_create(
            register=register, name=each.name,
            defaults={"position": position, "title": each.title, "type": each.type, "grade": each.grade,
                      "choices": each.choices or {}, "holder": provider, "resource_item": held[each.name]},
        )  # fmt: skip


def _deliver(source: Source, resource: Resource, rows: Sequence[Household]) -> None:
    if resource.shelf != Shelf.PUBLISHED or resource.versions.exists():
        return
    told = [
        {KEY: each.code, NAME: each.name, DIVISION: each.division, **{item.name: item.of(each) for item in source.items}}
        for each in rows
    ]
    deliver(resource, told, "demo")
