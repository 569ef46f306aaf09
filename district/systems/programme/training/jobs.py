"""What training does by itself."""

from __future__ import annotations

from django.db import connection

from district.kernel.clock import now
from district.kernel.jobs.work import every

from ..models import Course, Sitting
from .courses import call
from .keeping import ANSWERS_KEPT, RESULTS_KEPT
from .sittings import close_overdue
from .talents import erase_expired


@every("* * * * *")
def hand_in_overdue_papers() -> None:
    close_overdue()


@every("20 2 * * *")
def call_to_mandatory_courses() -> None:
    for course in Course.objects.filter(is_mandatory=True, state=Course.State.OPEN):
        call(course)


@every("40 2 * * *")
def forget() -> None:
    """Answers and papers after half a year, results after three, talents at the end of their consent."""
    Sitting.objects.filter(submitted_at__lt=now() - ANSWERS_KEPT).exclude(paper=[]).update(
        paper=[], answers={}
    )
    with connection.cursor() as cursor:
        over = now() - RESULTS_KEPT
        cursor.execute(
            "DELETE FROM programme_certificate WHERE until_on < %s AND sitting_id IN "
            "(SELECT id FROM programme_sitting WHERE submitted_at < %s)", [over.date(), over]
        )  # fmt: skip
        cursor.execute(
            "DELETE FROM programme_sitting s WHERE submitted_at < %s AND NOT EXISTS "
            "(SELECT FROM programme_certificate c WHERE c.sitting_id = s.id)", [over]
        )  # fmt: skip
    erase_expired()
