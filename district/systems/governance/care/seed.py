"""A handful of invented records to try the pages with: names, numbers and stories belong to nobody, and say so.

Made through the actions by the demo accounts, so that they obey every rule a real record does. Without demo accounts
only the units are noted that deal with each kind of care.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from district.kernel.clock import now, today
from district.kernel.people.demo import seed_demo_accounts
from district.kernel.people.models import Account, Organisation

from ..models import CareErasure, CareRecord, CareUnit, GroupDispute
from .actions.disputes import Party, agree, note_session, open_dispute
from .actions.figures import make_figures
from .actions.group_disputes import note_measure, open_group_dispute, settle
from .actions.records import Medical, Person, Term, open_record
from .actions.transfers import ask_transfer
from .actions.unlocks import request_unlock
from .actions.work import give_help, make_plan, note_visit
from .bases import bases, latest_expiry
from .identity_number import born_on, check_character
from .row_security import EXPIRY, opened

DEMO_TOWN = "town_370306001"
DEPARTMENTS = {"health": ("mental",), "education": ("minors",), "police": ("rehabilitation",)}
NO_REGION = "000000"
"""Identity numbers of the demonstration begin with a region there is none of."""

# basis, born, medical class, days since the start, days since the last visit
PEOPLE = (
    ("aftercare", "19830612", None, 300, 95),
    ("aftercare", "19790221", None, 1800, 40),
    ("correction_probation", "19900303", None, 120, 25),
    ("mental_care", "19710808", 2, 200, 20),
    ("mental_care", "19660115", 4, 150, None),
    ("minor_left_behind", "{child}0504", None, 90, 33),
    ("minor_hardship", "{child}0917", None, 60, 10),
    ("community_recovery", "19880530", None, 240, 12),
)


def seed_care() -> None:
    """Does nothing where there are records already, or where the demonstration's were deleted by the law."""
    _note_units()
    with opened(work=EXPIRY):
        if CareRecord.objects.filter(is_simulated=True).exists() or CareErasure.objects.exists():
            return
    town = Organisation.objects.filter(code=DEMO_TOWN).first()
    if town is None or not seed_demo_accounts():
        return
    people = {account.username: account for account in Account.objects.active().filter(is_demo=True)}
    lead, carer = people["governance.care_lead"], people["governance.carer"]
    _seed_records(lead, carer, town)
    _seed_disputes(lead, carer, town)
    if not GroupDispute.objects.exists():
        _seed_events(people["governance.officer"], town)
    make_figures(today())


def _note_units() -> None:
    """Towns deal with everything, departments with their own; the operator changes this afterwards."""
    if CareUnit.objects.exists():
        return
    everything = [str(kind) for kind in CareUnit.Field.values]
    rows = [CareUnit(organisation=town, kind=kind) for town in Organisation.objects.filter(kind="town")
            for kind in everything]  # fmt: skip
    for unit in Organisation.objects.filter(code__in=DEPARTMENTS):
        rows += [CareUnit(organisation=unit, kind=kind) for kind in DEPARTMENTS[unit.code]]
    CareUnit.objects.bulk_create(rows)


def _seed_records(lead: Account, carer: Account, town: Organisation) -> None:
    number = count(1)
    made = []
    for basis_key, born, grade, begun, visited in PEOPLE:
        serial = next(number)
        first = f"{NO_REGION}{born.format(child=today().year - 11)}{serial:03}"
        identity = first + check_character(first)
        start = today() - timedelta(days=begun)
        expiry = latest_expiry(bases()[basis_key], start, born_on(identity))
        medical = None if grade is None else Medical(grade, "basically_stable", "演示医院精神科", start)
        record = open_record(
            lead, basis_key, Person(f"虚构{serial:02}", identity, "13000000000", "虚构地址", "虚构监护人", ""),
            Term(f"演示文书 {serial} 号", start, expiry), town, carer=carer, situation="演示：需要就业与生活帮助",
            medical=medical, is_simulated=True,
        )  # fmt: skip
        made.append(record)
        if visited is not None:
            note_visit(
                carer, record.number, today() - timedelta(days=visited), "home", "演示：见到本人，情况平稳"
            )
    first_record, locked, last = made[0], made[4], made[-1]
    make_plan(
        carer,
        first_record.number,
        "演示：稳定就业",
        "演示：推荐岗位，接续社保",
        today(),
        today() + timedelta(days=180),
    )
    give_help(carer, first_record.number, "training", today() - timedelta(days=20), "演示培训机构")
    request_unlock(carer, locked.number, "演示：按期走访前查看情况")
    other = Organisation.objects.filter(kind="town").exclude(pk=town.pk).order_by("code").first()
    if other is not None:
        ask_transfer(lead, last.number, other, "演示：居住地变更")


def _seed_disputes(lead: Account, carer: Account, town: Organisation) -> None:
    sides = [Party("applicant", "虚构甲"), Party("respondent", "虚构乙")]
    late = open_dispute(lead, "neighbour", "演示：院墙排水", sides, town, mediator=carer,
                        accepted_on=today() - timedelta(days=33), is_simulated=True)  # fmt: skip
    note_session(carer, late.number, "演示：双方到场，约定再次调解")
    open_dispute(lead, "property", "演示：物业服务费", sides, town, mediator=carer, is_simulated=True,
                 accepted_on=today() - timedelta(days=5))  # fmt: skip
    done = open_dispute(lead, "contract", "演示：装修款", sides, town, mediator=carer, is_simulated=True,
                        accepted_on=today() - timedelta(days=20))  # fmt: skip
    agree(carer, done.number, "演示：分两期付清", today() - timedelta(days=3))


def _seed_events(officer: Account, town: Organisation) -> None:
    first = open_group_dispute(
        officer, "property", "演示小区", "演示：物业收费标准调整引起争议", "small", now() - timedelta(days=2), town,
        division_code=town.division_code, is_simulated=True,
    )  # fmt: skip
    note_measure(officer, first, "演示：住建部门到场说明收费依据")
    second = open_group_dispute(
        officer, "labour", "演示厂区", "演示：工资发放时间", "middle", now() - timedelta(days=15), town,
        division_code=town.division_code, is_simulated=True,
    )  # fmt: skip
    settle(officer, second, "演示：企业当日发放，人社部门回访")
