"""A town with a village, its people, and a matter to try things on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from district.kernel.events.delivery import deliver
from district.kernel.people.models import Account, Kind, Organisation
from district.testing.people import account, organisation

from ...models import Concern
from ..actions import Party, open_concern

TOLD = """
    SELECT id, args->>'listener', args->>'event', args->>'payload' FROM procrastinate_jobs
    WHERE task_name = 'events.deliver' AND args->>'listener' LIKE 'district.systems.affairs.%%' ORDER BY id
"""
DISPUTE = (Party("applicant", "演示甲", "13900000001"), Party("respondent", "演示乙"))


@dataclass(frozen=True)
class Village:
    """Units, and one account for each post."""

    village: Organisation
    town: Organisation
    clerk: Account
    officer: Account
    manager: Account
    leader: Account
    neighbour: Account
    """Clerk of another village of the same town."""

    def opened(self, key: str = "1", **given: Any) -> Concern:
        fields = {"kind": "dispute", "matter": "两户因排水沟走向有争执", "parties": DISPUTE, **given}
        return open_concern(self.clerk, key=key, village=self.village, **fields)


def made() -> Village:
    lead = organisation("bigdata", name="区大数据局")
    district = organisation("zhoucun", name="周村区", kind=Kind.DISTRICT, division_code="370306")
    town = organisation("town_370306102", name="演示镇人民政府", kind=Kind.TOWN, parent=district,
                        division_code="370306102")  # fmt: skip
    village, other = (
        organisation(f"village_{code}", name=name, kind=Kind.VILLAGE, parent=town, division_code=code)
        for code, name in (("370306102201", "演示一村"), ("370306102202", "演示二村"))
    )
    return Village(
        village, town,
        account("affairs.clerk", unit=village, scope="own"), account("affairs.town", unit=town, scope="subtree"),
        account("affairs.manager", unit=lead), account("affairs.leader", unit=lead),
        account("affairs.clerk", unit=other, scope="own"),
    )  # fmt: skip


def hear() -> int:
    """Delivers what was told to this system as the worker does; what was delivered before is not again. How many."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [])
        told = cursor.fetchall()
    return sum(
        deliver(f"postgres:{key}", name, event, json.loads(payload)) for key, name, event, payload in told
    )
