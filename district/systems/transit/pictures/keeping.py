"""Pictures, sounds and films of terminals become files; after their time they are forgotten."""

from __future__ import annotations

import io
import os
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from district.kernel.clock import CHINA, now
from district.kernel.devices.models import DeviceReport
from district.kernel.files import content_store
from district.kernel.files.actions import attach, detach, keep
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.files.refusal import Refusal

from ..models import Bus, TerminalMedia

SUBJECT, PURPOSE = "transit.terminal_media", "车载图像"
KINDS = (TerminalMedia.Kind.PICTURE, TerminalMedia.Kind.SOUND, TerminalMedia.Kind.FILM)
"""By the number that the terminal tells, as `SUFFIXES` by its format: JT/T 808, table 77."""
SUFFIXES = (".jpg", ".tif", ".mp3", ".wav", ".wmv")


class _Content(io.BytesIO):
    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


def keep_days() -> int:
    """How long they are kept, `DISTRICT_KEEP_PICTURE_DAYS` or 90 days."""
    return int(os.environ.get("DISTRICT_KEEP_PICTURE_DAYS") or 90)


@transaction.atomic
def keep_media(report_id: int) -> TerminalMedia | None:
    """The file of a report of the gateway, which has kept the content already; once for each report."""
    report = DeviceReport.objects.select_related("device").filter(pk=report_id).first()
    if report is None or TerminalMedia.objects.filter(report_key=report.key).exists():
        return None
    told: dict[str, Any] = report.payload
    number = int(told.get("media_type", 0))
    media = TerminalMedia.objects.create(
        report_key=report.key, device=report.device, bus=Bus.objects.filter(device=report.device).first(),
        kind=KINDS[number] if number < len(KINDS) else TerminalMedia.Kind.PICTURE, event=int(told.get("event", 0)),
        channel=int(told.get("channel", 0)), taken_at=_taken_at(told, report.at), lon=told.get("lon"), lat=told.get("lat"),
        is_simulated=report.device.is_simulated,
    )  # fmt: skip
    try:
        file = _kept(str(told.get("sha256", "")), _name(media, int(told.get("format", 0))))
    except Refusal as refusal:
        media.refused = str(refusal)[:200]
    else:
        attach(file, SUBJECT, media.pk, None, purpose=PURPOSE)
        media.file = file
    media.save(update_fields=["file", "refused"])
    return media


def _kept(sha256: str, name: str) -> StoredFile:
    """Raises Refusal: no file of the kinds that are kept, or its content is gone."""
    try:
        content = content_store.path_of(sha256).read_bytes()
    except (OSError, ValueError) as fault:
        raise Refusal("content_lost", "内容已不在") from fault
    try:
        return keep(_Content(name, content), None, PURPOSE, is_bare=False)
    except Refusal:
        if not StoredFile.objects.filter(sha256=sha256).exists():
            transaction.on_commit(lambda: content_store.remove(sha256))
        raise


def _name(media: TerminalMedia, number: int) -> str:
    suffix = SUFFIXES[number] if number < len(SUFFIXES) else ".bin"
    bus = media.bus.number if media.bus else media.device.code
    return f"{bus}-{media.taken_at.astimezone(CHINA):%Y%m%d-%H%M%S}-{media.channel}{suffix}"


def _taken_at(told: dict[str, Any], otherwise: datetime) -> datetime:
    """As the terminal says, unless it is in the future or of a clock that was never set."""
    try:
        taken = datetime.fromisoformat(str(told.get("time", ""))).replace(tzinfo=CHINA)
    except ValueError:
        return otherwise
    return taken if timedelta(0) <= otherwise + timedelta(minutes=10) - taken < timedelta(days=30) else otherwise


def forget_old() -> int:
    """Deletes the files whose time has passed; that they were there stays noted. How many."""
    old = TerminalMedia.objects.filter(received_at__lt=now() - timedelta(days=keep_days()), file__isnull=False)
    count = 0
    for media in old.select_related("file"):
        for link in FileLink.objects.filter(subject_kind=SUBJECT, subject=str(media.pk)):
            detach(link, None, "超过保存期限")
        count += 1
    return count
