"""Units, accounts and records for the tests of care: invented, with numbers of a region that does not exist."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from district.kernel.clock import today
from district.kernel.people.models import Account, Organisation
from district.systems.governance.care.actions.records import Medical, Person, Term, open_record
from district.systems.governance.care.bases import bases, latest_expiry
from district.systems.governance.care.identity_number import check_character
from district.systems.governance.models import CareRecord, CareUnit
from district.testing.people import account, organisation

KINDS = ("correction", "aftercare", "mental", "minors", "rehabilitation")
ALL = (*KINDS, "dispute")
_serial = count(1)


def identity(born: str = "20150504") -> str:
    """A number with a right check character and the region 000000."""
    first = f"000000{born}{next(_serial) % 1000:03}"
    return first + check_character(first)


def unit(code: str, *kinds: str, parent: Organisation | None = None, division_code: str = "") -> Organisation:
    made = organisation(code, parent=parent, kind="town", division_code=division_code)
    for kind in kinds:
        CareUnit.objects.get_or_create(organisation=made, kind=kind)
    return made


def lead(at: Organisation, scope: str = "own") -> Account:
    return account("governance.care_lead", unit=at, scope=scope)


def carer(at: Organisation, scope: str = "own") -> Account:
    return account("governance.carer", unit=at, scope=scope)


def record(
    by: Account, at: Organisation, basis: str = "aftercare", *, grade: int | None = None, starts_on: date | None = None,
    **options: Any,
) -> CareRecord:  # fmt: skip
    """A record for its longest lawful term from a month ago."""
    start = starts_on or today() - timedelta(days=30)
    number = options.pop("identity_number", None) or identity()
    latest = latest_expiry(
        bases()[basis], start, date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    )
    person = Person(
        options.pop("name", "样例甲"), number, phone="13800138000", address="样例镇 1 号", guardian="样例乙"
    )
    medical = None if grade is None else Medical(grade, "stable", "样例医院", start)
    return open_record(by, basis, person, Term("样字第 1 号", start, latest), at, medical=medical, **options)
