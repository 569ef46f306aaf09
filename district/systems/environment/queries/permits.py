"""一证 as it stands today: quantities used, duties due, and each line of the permit against live evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import QuerySet, Sum, prefetch_related_objects

from district.kernel.people.models import Account
from district.kernel.wording import Sentence, term

from ..items import zh_of
from ..models import OutletDay, Permit, PermitDuty, PermitLimit, PermitQuantity
from ..permit_duties import Due, Expiry, dues, expiry
from ..permit_use import QuantityUse, quantity_use
from .sources import sources_visible_to


def permits_visible_to(account: Account) -> QuerySet[Permit]:
    return Permit.objects.filter(source__in=sources_visible_to(account)).select_related("source")


def limits_in_force(on: date) -> QuerySet[PermitLimit]:
    """Limits that rule on a day, of permits in force."""
    rows = PermitLimit.objects.filter(
        permit__status=Permit.Status.IN_FORCE, permit__valid_from_on__lte=on, valid_from_on__lte=on
    )
    return rows.exclude(valid_until_on__lt=on).select_related("outlet__device", "outlet__source", "permit")


@dataclass(frozen=True)
class QuantityRow:
    """A yearly quantity, its use up to yesterday, and the mass of each month so far in kg."""

    quantity: PermitQuantity
    use: QuantityUse
    monthly_kg: tuple[float, ...]

    @property
    def cumulative_kg(self) -> tuple[float, ...]:
        return tuple(accumulate(self.monthly_kg))


def quantity_uses(quantities: QuerySet[PermitQuantity], today: date) -> list[QuantityRow]:
    """The use of each quantity in its year up to yesterday, from the days' masses. One query for all."""
    rows = list(quantities.select_related("permit__source", "outlet"))
    if not rows:
        return []
    masses = _daily_masses(rows)
    return [_use(row, masses, today) for row in rows]


Masses = dict[tuple[int, int, str], dict[date, float]]


def _daily_masses(rows: Iterable[PermitQuantity]) -> Masses:
    """(source, outlet, item) → day → kg, of the sources, items and years of the quantities."""
    found: Masses = defaultdict(dict)
    years = {row.year for row in rows}
    days = OutletDay.objects.filter(
        outlet__source_id__in={row.permit.source_id for row in rows},
        item__in={row.item for row in rows},
        on__gte=date(min(years), 1, 1),
        on__lte=date(max(years), 12, 31),
        mass_kg__isnull=False,
    )
    for source_id, outlet_id, item, on, mass in days.values_list(
        "outlet__source_id", "outlet_id", "item", "on", "mass_kg"
    ):
        found[source_id, outlet_id, item][on] = mass
    return found


def _use(row: PermitQuantity, masses: Masses, today: date) -> QuantityRow:
    last_on = min(today - timedelta(days=1), date(row.year, 12, 31))
    last_on = max(last_on, date(row.year, 1, 1))
    by_day: dict[date, float] = defaultdict(float)
    for (source_id, outlet_id, item), days in masses.items():
        if source_id == row.permit.source_id and item == row.item and row.outlet_id in (None, outlet_id):
            for on, mass in days.items():
                if on.year == row.year and on <= last_on:
                    by_day[on] += mass
    monthly = [0.0] * last_on.month
    for on, mass in by_day.items():
        monthly[on.month - 1] += mass
    use = quantity_use(row.allowed_kg / 1000, by_day, last_on)
    return QuantityRow(row, use, tuple(monthly))


@dataclass(frozen=True)
class DutyState:
    duty: PermitDuty
    dues: tuple[Due, ...]

    @property
    def overdue(self) -> int:
        return sum(due.state == "overdue" for due in self.dues)

    @property
    def next_due(self) -> Due | None:
        """The earliest period that still waits to be done."""
        waiting = [due for due in self.dues if due.state not in ("done", "done_late")]
        return min(waiting, key=lambda due: due.due_on, default=None)


def duty_states(permit: Permit, today: date) -> list[DutyState]:
    """Every duty of a permit with its periods, latest first."""
    prefetch_related_objects([permit], "duties__fulfilments")
    states = []
    for duty in permit.duties.all():
        done = {each.period_ends_on: each.done_on for each in duty.fulfilments.all()}
        states.append(
            DutyState(
                duty,
                tuple(
                    dues(
                        duty.every, duty.grace_days, permit.valid_from_on, permit.valid_until_on, today, done
                    )
                ),
            )
        )
    return states


@dataclass(frozen=True)
class PermitWarning:
    """Something a holder or officer must see: `code` is expiry, expired, duty, quantity."""

    code: str
    permit: Permit
    text: str
    due_on: date | None


def permit_warnings(
    permits: QuerySet[Permit], today: date, uses: Sequence[QuantityRow] | None = None
) -> list[PermitWarning]:
    """Permits that end, duties that are due or overdue, quantities that are or will be used up; nearest first.

    `uses`: this year's quantities of the permits, when they are known already.
    """
    rows = list(permits.filter(status=Permit.Status.IN_FORCE).prefetch_related("duties__fulfilments"))
    found: list[PermitWarning] = []
    for permit in rows:
        found += _expiry_warnings(permit, expiry(permit.valid_until_on, today))
        found += _duty_warnings(permit, today)
    ruling = {row.pk for row in rows}
    if uses is None:
        uses = quantity_uses(PermitQuantity.objects.filter(permit__in=ruling, year=today.year), today)
    for use in uses:
        if use.quantity.permit_id in ruling:
            found += _quantity_warnings(use)
    return sorted(found, key=lambda warning: warning.due_on or today)


EXPIRED = Sentence("许可证已过期 %(n)s 天")
EXPIRES = Sentence("许可证还有 %(n)s 天到期，应申请延续")
DUTY_OVERDUE = Sentence("%(title)s（%(period)s 期末）已逾期，时限 %(on)s")
DUTY_DUE = Sentence("%(title)s（%(period)s 期末）即将到期，时限 %(on)s")
USED = Sentence("%(where)s 年许可量已用 %(share)s")
WILL_RUN_OUT = Sentence("%(where)s 年许可量已用 %(share)s，按近期速度将于 %(on)s 用完")
USED_UP = Sentence("%(where)s 年许可量已用 %(share)s，已于 %(on)s 用完")
PLANT = term("全厂")


def _expiry_warnings(permit: Permit, state: Expiry) -> list[PermitWarning]:
    if state.stage == "fine":
        return []
    if state.stage == "expired":
        return [
            PermitWarning("expired", permit, EXPIRED(n=-state.days_left), permit.valid_until_on)
        ]
    return [
        PermitWarning(
            "expiry", permit, EXPIRES(n=state.days_left), permit.valid_until_on
        )
    ]


def _duty_warnings(permit: Permit, today: date) -> list[PermitWarning]:
    found = []
    for state in duty_states(permit, today):
        due = state.next_due
        if due is not None and due.state in ("overdue", "due_soon"):
            sentence = DUTY_OVERDUE if due.state == "overdue" else DUTY_DUE
            text = sentence(title=state.duty.title, period=due.period_ends_on, on=due.due_on)
            found.append(PermitWarning("duty", permit, text, due.due_on))
    return found


def _quantity_warnings(row: QuantityRow) -> list[PermitWarning]:
    if row.use.status == "within":
        return []
    where = row.quantity.outlet.code if row.quantity.outlet else PLANT
    sentence = USED_UP if row.use.status == "used_up" else WILL_RUN_OUT if row.use.status == "will_run_out" else USED
    text = sentence(
        where=f"{where} {zh_of(row.quantity.item)}", share=f"{row.use.share:.0%}", on=row.use.run_out_on
    )
    return [PermitWarning("quantity", row.quantity.permit, text, row.use.run_out_on)]


def year_mass_kg(source_id: int, item: str, year: int) -> float:
    """Mass of an item a source has discharged in a year so far."""
    days = OutletDay.objects.filter(outlet__source_id=source_id, item=item, on__year=year)
    return days.aggregate(total=Sum("mass_kg"))["total"] or 0.0
