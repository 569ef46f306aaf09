"""Running cases, and the load of the towns."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.tile import Number, Row, Shown

from .. import addresses
from ..case_sets import counts, open_by_town


def show(account: Any) -> Shown:
    found = counts(account)
    titles = {
        "open": _("办理中"),
        "late": _("已超期"),
        "opened_today": _("今日立案"),
        "closed_today": _("今日办结"),
    }
    numbers = tuple(
        Number(title, found[name], _("件"), addresses.cases(set=name),
               colour="d-bad" if name == "late" and found[name] else "")
        for name, title in titles.items()
    )  # fmt: skip
    return Shown(numbers=numbers, url=addresses.cases(set="open"))


def towns(account: Any) -> Shown:
    found = open_by_town(account)
    names = [name or _("未落到镇办") for _code, name, _running, _late in found]
    chart = Bar(
        title=_("各镇办办理中"), unit=_("件"), decimals=0, x=names, horizontal=True, stacked=True,
        traces=[
            Trace(_("按期"), [running - late for *_who, running, late in found]),
            Trace(_("超期"), [late for *_who, late in found], colour="var(--d-bad)"),
        ],
    )  # fmt: skip
    rows = tuple(
        Row(name, addresses.cases(set="open", town=code), value=running,
            badge=_("超期 %(n)d") % {"n": late} if late else "", colour="red")
        for name, (code, _name, running, late) in zip(names, found, strict=True)
    )  # fmt: skip
    return Shown(chart=chart if found else None, rows=rows, note="" if found else _("没有办理中的办件"))
