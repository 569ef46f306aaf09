"""What is done with editions: taken in, judged, published, withdrawn."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.refused import Refused

from ..models import Draft, Edition, FeedUpload
from . import jobs
from .archive import LARGEST_PACKED, looked_at
from .judging import judged
from .notices import has_errors, ordered


@transaction.atomic
def receive(feed: bytes, *, title: str, file_name: str = "", account: Any = None, draft: Draft | None = None,
            is_simulated: bool = False) -> FeedUpload:  # fmt: skip
    """Notes a feed that came in; a job judges it and makes the edition. What is no sound archive is refused at once.

    Raises Refused for one that is too large to be kept at all (`feed_too_large`).
    """
    if len(feed) > LARGEST_PACKED:
        raise Refused("feed_too_large", _("文件过大（feed_too_large）"), field="feed", value=len(feed))
    found = [each for each in looked_at(feed) if each.code != "feed_nul_bytes"]
    upload = FeedUpload.objects.create(
        title=title, file_name=file_name[:200], size=len(feed), sha256=hashlib.sha256(feed).hexdigest(),
        feed=b"" if found else feed, draft=draft, made_by=account, is_simulated=is_simulated,
        state=FeedUpload.State.REFUSED if found else FeedUpload.State.WAITING, ended_at=now() if found else None,
        notices=[each.as_dict() for each in ordered(found)],
    )  # fmt: skip
    if not found:
        jobs.judge_upload.start(upload_id=upload.pk)
    return upload


def judge(upload: FeedUpload) -> FeedUpload:
    """Judges a waiting feed and makes it an edition, if only a draft with errors; unusable ones are refused with reasons."""
    if upload.state not in (FeedUpload.State.WAITING, FeedUpload.State.RUNNING):
        return upload
    FeedUpload.objects.filter(pk=upload.pk).update(state=FeedUpload.State.RUNNING)
    feed = bytes(upload.feed)
    judgement = judged(feed, today())
    with transaction.atomic():
        upload = FeedUpload.objects.select_for_update().get(pk=upload.pk)
        upload.notices = [each.as_dict() for each in judgement.notices]
        upload.ended_at, upload.feed = now(), b""
        upload.state = FeedUpload.State.REFUSED
        if judgement.days is not None:
            upload.state = FeedUpload.State.DONE
            upload.edition = Edition.objects.create(
                title=upload.title, valid_from=judgement.days[0], valid_to=judgement.days[1], feed=feed, sha256=upload.sha256,
                notices=upload.notices, judged_at=now(), made_by=upload.made_by, is_simulated=upload.is_simulated,
            )  # fmt: skip
        upload.save()
    return upload


def note_judgement(edition: Edition) -> None:
    """What the rules say of an edition that was made without asking them (the demonstration's)."""
    edition.notices = [each.as_dict() for each in judged(bytes(edition.feed), today()).notices]
    edition.judged_at = now()
    edition.save(update_fields=["notices", "judged_at"])


@transaction.atomic
def publish_edition(edition: Edition, account: Any, first: date, last: date) -> Edition:
    """Puts an edition in force from `first` to `last`. Raises Refused: errors forbid it, warnings do not."""
    edition = Edition.objects.select_for_update().defer("feed").get(pk=edition.pk)
    if edition.state == Edition.State.PUBLISHED:
        raise Refused("edition_published", _("该版本已经发布"))
    if edition.judged_at is None:
        raise Refused("edition_not_judged", _("该版本尚未校验，请稍候"))
    if has_errors(edition.notices):
        count = sum(each["total"] for each in edition.notices if each["severity"] == "ERROR")
        raise Refused("edition_has_errors", _("有 %(n)s 个错误，改正后才能发布；可以送入编辑器修改") % {"n": count})
    if last < first:
        raise Refused("edition_days", _("停用日期早于启用日期"), field="valid_to", value=last)
    if last < today():
        raise Refused("edition_past", _("停用日期已过"), field="valid_to", value=last)
    edition.state, edition.valid_from, edition.valid_to = Edition.State.PUBLISHED, first, last
    edition.published_at, edition.published_by = now(), account
    edition.save(update_fields=["state", "valid_from", "valid_to", "published_at", "published_by"])
    return edition


@transaction.atomic
def withdraw(edition: Edition, account: Any, remark: str) -> Edition:
    """Takes an edition out of force; what was published before it holds again. Raises Refused."""
    edition = Edition.objects.select_for_update().defer("feed").get(pk=edition.pk)
    if edition.state != Edition.State.PUBLISHED:
        raise Refused("edition_not_published", _("该版本不在发布状态"))
    if not remark.strip():
        raise Refused("remark_missing", _("请写明撤回原因"), field="remark")
    edition.state, edition.remark = Edition.State.WITHDRAWN, remark.strip()[:200]
    edition.withdrawn_at, edition.withdrawn_by = now(), account
    edition.save(update_fields=["state", "remark", "withdrawn_at", "withdrawn_by"])
    return edition
