"""A briefing is made from the records of the moment and kept as it was made."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.files.actions import attach, keep
from district.kernel.people.audit import record_act

from ...models import Briefing
from ..months import month_of
from ..powers import check_office
from ..refused import Refused
from .facts import Facts, as_json, digest
from .gathering import facts_of
from .same_bytes import same_bytes
from .sections import sections, title

FILES_OF = "programme.briefing"
ISSUER = "周村区新型智慧城市建设推进办公室"


def files_of(facts: Facts, edition: int) -> tuple[bytes, bytes]:
    """Document and slides; the same bytes for the same facts and edition."""
    from .document import document_of  # the libraries are not loaded before somebody wants a briefing
    from .slides import slides_of

    subtitle = f"{ISSUER}　{facts.on:%Y-%m-%d}　第 {edition} 版"
    found, at = sections(facts), f"{facts.on.isoformat()}T00:00:00Z"
    arguments = (title(facts), ISSUER, subtitle, found)
    return same_bytes(document_of(*arguments), at), same_bytes(slides_of(*arguments), at)


@transaction.atomic
def make_briefing(month: date, by: Any, on: date | None = None) -> Briefing:
    """By the office. Raises Refused: not_office, month (it has not begun)."""
    check_office(by)
    month, day = month_of(month), on or today()
    if month > day:
        raise Refused("month", _("这个月还没有开始"), field="month", value=month)
    with connection.cursor() as cursor:  # one at a time, so that editions count up
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('programme.briefing'))")
    facts = facts_of(month, day)
    frozen = as_json(facts)
    edition = Briefing.objects.filter(month=month).count() + 1
    document, slides = (
        keep(ContentFile(content, name=f"briefing-{month:%Y-%m}-{edition}.{kind}"), by, "briefing", is_bare=False)
        for content, kind in zip(files_of(facts, edition), ("docx", "pptx"), strict=True)
    )
    made = Briefing.objects.create(month=month, edition=edition, facts=frozen, digest=digest(frozen), document=document,
                                   slides=slides, made_by=by)  # fmt: skip
    for file in (document, slides):
        attach(file, FILES_OF, made.pk, by, is_personal=False)
    record_act(by, "briefing_made", subject_kind=FILES_OF, subject=made.pk, purpose=f"{month:%Y-%m} #{edition}")
    return made
