"""Who acts in the tests of security, and the door they knock at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.test import Client

from district.kernel import registry
from district.kernel.cases.procedure_versions import procedure_of, publish_shipped
from district.kernel.clock import now, today
from district.kernel.people.models import Account
from district.testing.people import account, organisation

from ...demo_steps import approved_contract
from ...models import Contract, Firm, Project
from ..controls.door import Answer

PROCEDURES = ("security_incident", "security_correction", "account_leaving")


def publish() -> None:
    organisation("bigdata", name="区大数据局")
    system = registry.system("programme")
    for key in PROCEDURES:
        publish_shipped(system, procedure_of("programme", key))


def officer() -> Account:
    return account("programme.security", unit=organisation("bigdata"))


def office() -> Account:
    return account("programme.office", unit=organisation("bigdata"))


def contract(**fields: Any) -> Contract:
    """One in force for a year, asked for and approved by two."""
    unit = organisation("transport")
    firm, _new = Firm.objects.get_or_create(uscc="91370306MA3C0NUR7C", defaults={"name": "演示公司"})
    project = Project.objects.create(
        number=f"P{Project.objects.count() + 1}",
        title="项目",
        owner=unit,
        purpose="演示",
        estimate_fen=100,
        due_on=today(),
    )
    state = fields.pop("state", Contract.State.APPROVED)
    person, other = account(unit=unit), account(unit=unit)
    wanted = {
        "number": f"C{Contract.objects.count() + 1}",
        "title": "运维",
        "project": project,
        "firm": firm,
        "kind": "operation",
        "amount_fen": 100,
        "signed_on": today(),
        "begins_on": today() - timedelta(days=1),
        "ends_on": today() + timedelta(days=365),
        "asked_by": person,
        **fields,
    }
    if state == Contract.State.ASKED:
        return Contract.objects.create(**wanted)
    made = approved_contract(decided_by=other, approved_at=now(), **wanted)
    if state != made.state:
        made.state = state
        made.save(update_fields=("state",))
    return made


class ClientDoor:
    """The door of a test: the same answers, without a port."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str) -> Answer:
        return self._told(self.client.get(path))

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        return self._told(self.client.post(path, form))

    def _told(self, answer: Any) -> Answer:
        cookies = tuple(morsel.OutputString() for morsel in answer.cookies.values())
        return Answer(
            answer.status_code,
            {name.lower(): value for name, value in answer.items()},
            cookies,
            answer.content.decode(),
        )
