"""The demonstration's contradictions: those the demonstration's own forms make, found and sent as in earnest."""

from __future__ import annotations

from district.kernel.forms.models import Entity, Register
from district.kernel.forms.registers.writing import update_entity
from district.kernel.people.models import Account

from ..models import Contradiction, ItemRule
from .finding import find
from .settling import settle

REGISTER = "households"
MORE_INSURED = ("演示户035", "演示户036")
"""In these houses the clerk counts more insured than live there: one is settled, one waits."""


def seed_consistency() -> None:
    """Nothing where there are contradictions already, or no register of households."""
    register = Register.objects.filter(name=REGISTER, is_simulated=True).first()
    clerk = Account.objects.filter(username="affairs.clerk", is_demo=True).first()
    if register is None or clerk is None or Contradiction.objects.filter(entity__register=register).exists():
        return
    manager = Account.objects.filter(username="affairs.manager", is_demo=True).first()
    ItemRule.objects.get_or_create(
        register=register, kind=ItemRule.Kind.ORDER, item="insured", order=ItemRule.Order.AT_MOST, other="people",
        defaults={"created_by": manager},
    )  # fmt: skip
    for entity in Entity.objects.filter(register=register, label__in=MORE_INSURED).order_by("label"):
        update_entity(entity, values={"insured": "9"}, account=clerk)
    find()
    first = Contradiction.objects.filter(entity__label=MORE_INSURED[0], state=Contradiction.State.OPEN).order_by("pk").first()
    if first is not None and manager is not None:
        settle(first, first.said[0]["value"], manager, "演示：电话核实，以部门数据为准")
