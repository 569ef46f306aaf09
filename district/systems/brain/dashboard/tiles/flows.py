"""Cases that went from one department to another: handed over, or asked for help."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from district.kernel.people.models import Organisation
from district.kernel.ui.chart import Flows
from district.kernel.ui.tile import Row, Shown

from .. import addresses
from ..case_sets import FLOW_DAYS, handed_between

MOST = 12


def show(account: Any) -> Shown:
    found = handed_between(account)
    units = {unit for pair in found for unit in pair}
    names = {each.pk: each.name for each in Organisation.objects.filter(pk__in=units)}
    largest = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    flows = [
        (names.get(giver, "?"), names.get(taker, "?"), len(cases)) for (giver, taker), cases in largest[:MOST]
    ]
    note = _("近 %(n)d 天没有部门之间的移交和协办") if not flows else _("近 %(n)d 天的移交与协办，可见范围内")
    chart = Flows(
        title=_("部门流转"), unit=_("件"), flows=flows, from_title=_("从"), to_title=_("到"), decimals=0
    )
    rows = tuple(
        Row(f"{names.get(giver, '?')} → {names.get(taker, '?')}", addresses.cases(set="handed", giver=giver, taker=taker),
            value=len(cases))
        for (giver, taker), cases in largest[:MOST]
    )  # fmt: skip
    return Shown(chart=chart if flows else None, rows=rows, note=note % {"n": FLOW_DAYS})
