"""Who acts in the tests of the tasks, and a task of theirs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from district.kernel.clock import today
from district.kernel.people.models import Account
from district.testing.people import account, organisation

from ...models import Milestone, PlanTask
from .. import actions


def day(days: int) -> date:
    return today() + timedelta(days=days)


class Cast:
    """A task led by transport with a town that helps; its liaison, the town's, and two of the office."""

    def __init__(self) -> None:
        district = organisation("zhoucun", kind="district")
        self.lead = organisation("transport", parent=district, name="区交通运输局")
        self.town = organisation("wangcun", parent=district, kind="town", name="王村镇", division_code="370306104")
        bigdata = organisation("bigdata", parent=district, name="区大数据局")
        self.office, self.other = (account("programme.office", unit=bigdata) for _each in range(2))
        self.liaison = account("programme.liaison", unit=self.lead, scope="own")
        self.town_liaison = account("programme.liaison", unit=self.town, scope="own")
        self.leader = account("programme.leader", unit=district, scope="subtree")
        self.auditor = account("programme.auditor", unit=bigdata)
        self.task = self.new_task("transit", 11)

    def new_task(self, system: str, clause: int) -> PlanTask:
        made = PlanTask.objects.create(
            system=system, clause=clause, zh=f"工作{clause}", en=f"Task {clause}", lead=self.lead, begins_on=day(-400),
            due_on=day(300),
        )  # fmt: skip
        made.helpers.add(self.town)
        return made

    def milestone(self, title: str = "平台上线", begins: int = -30, due: int = 30, **more: Any) -> Milestone:
        return actions.add_milestone(self.task, title, day(begins), day(due), self.office, **more)

    def done(self, milestone: Milestone, by: Account | None = None) -> Milestone:
        for each in milestone.deliverables.all():
            speaker = self.liaison if each.unit_id == self.lead.pk else self.town_liaison
            actions.check(actions.hand_in(each, by or speaker, note="见档案"), self.office, True)
        return Milestone.objects.get(pk=milestone.pk)
