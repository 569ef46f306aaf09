"""What of training is late: units, never persons."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, day_bounds

from ..models import Enrolment, Talent
from ..today.lines import Kind, Line


def lines(at: datetime) -> list[Line]:
    """Mandatory courses with people beyond their day, objections of talents unanswered in time."""
    on = at.astimezone(CHINA).date()
    found: list[Line] = []
    late = Enrolment.objects.filter(
        course__is_mandatory=True, is_called=True, done_at__isnull=True, due_on__lt=on
    )
    if count := late.count():
        first = late.order_by("due_on").values_list("due_on", flat=True)[0]
        words = _("必修课程逾期未学完 %(n)s 人") % {"n": count}
        found.append(Line(Kind.LATE, words, reverse("programme:training_office"), day_bounds(first)[1]))
    waiting = Talent.objects.filter(state=Talent.State.OBJECTED, answer_by__lt=on)
    if count := waiting.count():
        first = waiting.order_by("answer_by").values_list("answer_by", flat=True)[0]
        words = _("人才库异议逾期未答复 %(n)s 件") % {"n": count}
        found.append(Line(Kind.LATE, words, reverse("programme:talents"), day_bounds(first)[1]))
    return found
