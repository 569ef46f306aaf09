"""Visits as a phone sends them: once however often they come, with voices and photos, and a matter when one is made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.posts import holds
from district.kernel.clock import CHINA, now, today
from district.kernel.files.actions import attach, detach, keep_all
from district.kernel.files.kinds import PHOTOS, VOICES
from district.kernel.files.models import FileLink
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

from ..circulation.actions import LONGEST, Party, open_concern
from ..circulation.bases import visit_kept_until
from ..circulation.levels import ROLES
from ..circulation.refused import Refused
from ..models import Visit

FILES_OF = "affairs.visit"
TAKEN = VOICES | PHOTOS
AHEAD = timedelta(hours=1)
"""How far a phone's clock may be ahead of ours."""
SENT_LATE = timedelta(days=60)
"""How long a visit may wait on a phone."""


def keep_visit(
    by: Account, *, key: str, village: Organisation, purpose: str, household: str = "", note: str = "",
    at: datetime | None = None, files: Sequence[Any] = (), makes_concern: bool = False, is_simulated: bool = False,
) -> Visit:  # fmt: skip
    """Keeps a visit. The same key with the same content again is the same visit; with another it is refused.

    Raises Refused (not_post, unknown, empty, at, other_content) and Refusal of the files.
    """
    at = at or now()
    _check(by, key, village, purpose, note, at, files)
    household, note = household.strip()[:60], note.strip()[:LONGEST]
    digest = _digest([village.code, purpose, household, note, at.isoformat(), makes_concern], files)
    known = Visit.objects.filter(account=by, key=key).first()
    if known is None:
        with transaction.atomic():
            kept = keep_all(files, by, "visit", taken=TAKEN)
            voices = sum(file.media_type.startswith("audio/") for file in kept)
            known, is_new = Visit.objects.get_or_create(
                account=by, key=key,
                defaults={
                    "village": village, "division_code": village.division_code, "digest": digest, "purpose": purpose,
                    "household": household, "note": note, "at": at, "voice_count": voices,
                    "delete_on": visit_kept_until(at.astimezone(CHINA).date()), "is_simulated": is_simulated,
                },
            )  # fmt: skip
            if is_new:
                _made(by, known, kept, makes_concern)
    if known.digest != digest:
        text = _("这条走访记录已经收到过，内容不同，请另记一条")
        raise Refused("other_content", text, field="key", value=key)
    return known


def forget_old_visits(on: date | None = None) -> int:
    """Households, notes and recordings past their time are gone; that there was a visit stays. Returns how many."""
    with transaction.atomic():
        old = list(Visit.objects.select_for_update().filter(delete_on__lte=on or today()).exclude(digest=""))
        for visit in old:
            for link in FileLink.objects.filter(subject_kind=FILES_OF, subject=str(visit.pk)):
                detach(link, None, _("超过保存期限"))
        return Visit.objects.filter(pk__in=[each.pk for each in old]).update(
            household="", note="", digest="", voice_count=0
        )


def _made(by: Account, visit: Visit, kept: Sequence[Any], makes_concern: bool) -> None:
    for file in kept:
        attach(file, FILES_OF, visit.pk, by, purpose="visit")
    if makes_concern:
        kind = "safety" if visit.purpose == Visit.Purpose.SAFETY else "request"
        visit.concern = open_concern(
            by, key=f"visit:{visit.pk}", kind=kind, matter=visit.note or _("见录音"), village=visit.village,
            parties=[Party("household", visit.household)], files=list(kept), is_simulated=visit.is_simulated,
        )  # fmt: skip
        visit.save(update_fields=["concern"])
    record_act(by, "visit_kept", subject_kind=FILES_OF, subject=visit.pk, purpose=visit.purpose)


def _check(
    by: Account, key: str, village: Organisation, purpose: str, note: str, at: datetime, files: Sequence[Any]
) -> None:
    if not holds(by, ROLES["village"], village.pk):
        raise Refused("not_post", _("您不是该村（社区）的文书"), field="village", value=village.name)
    if not 0 < len(key) <= 64:
        raise Refused("key", _("缺少记录编号"), field="key", value=key)
    if purpose not in Visit.Purpose.values:
        raise Refused("unknown", _("没有该走访事由"), field="purpose", value=purpose)
    if not note.strip() and not files:
        raise Refused("empty", _("请写几句，或者录一段话"), field="note")
    if not now() - SENT_LATE <= at <= now() + AHEAD:
        raise Refused("at", _("走访时间须在最近 60 天内，请检查手机时间"), field="at", value=at.isoformat())


def _digest(said: list[Any], files: Sequence[Any]) -> str:
    """Of what was said and of the content of the files, which are read and turned back."""
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode())
    for file in files:
        digest.update(hashlib.sha256(file.read()).digest())
        file.seek(0)
    return digest.hexdigest()
