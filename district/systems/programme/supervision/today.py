"""Letters that were not answered in time."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import SupervisionLetter
from ..today.lines import Kind, Line


def lines(at: datetime) -> list[Line]:
    late = SupervisionLetter.objects.filter(case__state__in=("open", "suspended"), case__late_at__lte=at)
    return [
        Line(Kind.LATE, _("督办函逾期未销号：%(reason)s") % {"reason": letter.reason},
             reverse("cases:case", args=[letter.case.number]), letter.case.late_at, letter.unit.label, letter.is_simulated)
        for letter in late.select_related("unit", "case")
    ]  # fmt: skip
