"""Background work of editions: the canonical rules take up to a minute for a large feed."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import now
from district.kernel.jobs.work import every, job

from ..models import Edition, FeedUpload

KEEP_UPLOADS = timedelta(days=180)


@job(name="transit.judge_upload")
def judge_upload(upload_id: int) -> str:
    from . import actions

    return str(actions.judge(FeedUpload.objects.get(pk=upload_id)).state)


@every("*/5 * * * *")
def judge_what_never_was() -> int:
    """Editions that were made without asking the rules; one at a time."""
    from . import actions

    found = Edition.objects.filter(judged_at=None).order_by("pk").first()
    if found is not None:
        actions.note_judgement(found)
    return int(found is not None)


@every("50 3 * * *")
def forget_old_uploads() -> None:
    """Refused and done uploads half a year later; editions stay."""
    FeedUpload.objects.filter(made_at__lt=now() - KEEP_UPLOADS, ended_at__isnull=False).delete()
