"""Cases that alarms of sensors and cameras have opened become reports: read, placed, compared with what is there."""

from __future__ import annotations

from django.db import transaction

from district.kernel.cases.actions import link
from district.kernel.cases.actions.moving import acting
from district.kernel.cases.models import Case, LinkKind
from district.kernel.cases.models.timeline import Act

from ..models import Reading
from ..reading.duplicates import SURE
from .doubles import likely_doubles
from .places import place_of
from .reader import district_reader
from .routing import proposed_route


@transaction.atomic
def read_alarm_case(case: Case) -> Reading:
    """A second call changes nothing."""
    known = Reading.objects.filter(case=case).first()
    if known is not None:
        return known
    text = f"{case.title}\n{case.text}"
    proposed = district_reader().propose(text, top=1)[0]
    place = place_of(case.lon, case.lat, case.address)
    route = proposed_route(proposed.code, "alarm", "", place.town_unit)
    with acting(case, None) as changes:
        form = changes.case.form | {"classification": proposed.code, "town_unit": place.town_unit}
        changes.set(classification=proposed.code, form=form)
        if place.lon is not None:
            changes.set(
                cell_code=place.cell_code, division_code=place.division_code or changes.case.division_code
            )
        changes.note(Act(Act.ROUTE), after={"classification": proposed.code})
    reading = Reading.objects.create(
        case=case, text=text, code=proposed.code, confidence=proposed.confidence, unit=route.unit
    )
    for double in likely_doubles(text, case.lon, case.lat, case.opened_at, but=case.pk, at_least=SURE):
        link(case, double.case, str(LinkKind.DUPLICATE), None, double.reasons)
    return reading
