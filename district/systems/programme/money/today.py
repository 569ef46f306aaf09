"""What the leader is told of money: what waits too long, what will not hold."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import BudgetLine
from ..today.lines import Kind, Line
from . import queries
from .amounts import yuan
from .execution import Use, warnings
from .ledger import use_by_line


def lines(at: datetime) -> list[Line]:
    found = []
    for each in queries.late_payments(at, queries.all_payments()):
        words = _("%(number)s %(fen)s %(state)s，已超过办理时限") % {
            "number": each.number,
            "fen": yuan(each.amount_fen),
            "state": each.get_state_display(),
        }
        url = reverse("programme:payment", args=[each.number])
        found.append(
            Line(Kind.MONEY, words, url, queries.due(each), each.commitment.line.unit.name, each.is_simulated)
        )
    for project, over in queries.overrunning():
        words = _("%(project)s 合同总额超出估算投资 %(over)s") % {
            "project": project.title,
            "over": yuan(over),
        }
        found.append(
            Line(
                Kind.MONEY,
                words,
                reverse("programme:contracts"),
                None,
                project.owner.name,
                project.is_simulated,
            )
        )
    return found + _lines_behind(at)


def _lines_behind(at: datetime) -> list[Line]:
    """Lines of this year that stand still or are all but used up."""
    year = at.year
    open_ones = BudgetLine.objects.filter(year__year=year, state="approved").select_related("unit")
    used, said, found = use_by_line(open_ones), queries.warning_words(), []
    for line in open_ones:
        words = [
            said[code]
            for code, _light in warnings(used.get(line.pk, Use()), year, at.date())
            if code != "used"
        ]
        if words:
            url = reverse("programme:budget_line", args=[line.pk])
            found.append(
                Line(Kind.MONEY, f"{line}：{'；'.join(words)}", url, None, line.unit.name, line.is_simulated)
            )
    return found
