"""Files are kept, attached to things, and forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.files import content_store
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.files.photo_content import without_metadata
from district.kernel.files.reading import MOST_BYTES, ReadFile, read_file
from district.kernel.files.refusal import Refusal
from district.kernel.people.audit import record_act

__all__ = ["Refusal", "attach", "detach", "keep", "keep_all", "sweep"]

UNATTACHED_FOR = timedelta(days=7)
"""How long an upload may wait for the form it came with."""


class Upload(Protocol):
    """A file as it comes in: Django's UploadedFile, or anything with a name that can be read."""

    name: Any

    def read(self, size: int = ..., /) -> bytes: ...


def keep(
    upload: Upload,
    account: Any,
    purpose: str,
    *,
    taken: Collection[str] | None = None,
    is_bare: bool | None = None,
) -> StoredFile:
    """Checks an upload and keeps it. Raises Refusal.

    `taken` narrows the suffixes. `is_bare`: what a photo says about its owner (Exif, XMP) is taken away before it is
    kept, its position is noted; so it is done, unless told otherwise, with what comes without an account.
    """
    content = upload.read(MOST_BYTES + 1)
    wants_bare = is_bare if is_bare is not None else not getattr(account, "pk", None)
    read, content = _read(str(upload.name or ""), content, wants_bare, taken)
    with transaction.atomic():
        _line_up(read.sha256)
        content_store.write(read.sha256, content)
        file = _row(read, purpose, account if getattr(account, "pk", None) else None)
        file.save(force_insert=True)
        return file


def _read(name: str, content: bytes, is_bare: bool, taken: Collection[str] | None = None) -> tuple[ReadFile, bytes]:
    """What a file is, and what is kept of it."""
    read = read_file(name, content, taken)
    position = read.position
    if is_bare:
        content = without_metadata(content)
        read = replace(read_file(read.name, content, taken), position=position)
    return read, content


def _row(read: ReadFile, purpose: str, by: Any) -> StoredFile:
    position = read.position
    return StoredFile(
        sha256=read.sha256, name=read.name, media_type=read.media_type, size=read.size, purpose=purpose[:60], kept_by=by,
        lon=position.lon if position else None, lat=position.lat if position else None,
    )  # fmt: skip


def keep_all(uploads: Iterable[Upload], account: Any, purpose: str, **options: Any) -> list[StoredFile]:
    """Keeps several, all or none. Raises Refusal for the first that is not taken."""
    with transaction.atomic():
        return [keep(upload, account, purpose, **options) for upload in uploads]


def keep_attached(
    uploads: Mapping[str, Upload], account: Any, purpose: str, subject_kind: str, subject: object,
    *, is_bare: bool = False,
) -> dict[str, StoredFile]:  # fmt: skip
    """Keeps several under the names given and says what they belong to, in three statements for all; needs a transaction.

    Raises Refusal for the first that is not taken, its `name` that of the upload.
    """
    read = {}
    for name, upload in uploads.items():
        try:
            read[name] = _read(name, upload.read(MOST_BYTES + 1), is_bare)
        except Refusal as refusal:
            refusal.name = name
            raise
    if not read:
        return {}
    _line_up(*(each.sha256 for each, _content in read.values()))
    for each, content in read.values():
        content_store.write(each.sha256, content)
    by = account if getattr(account, "pk", None) else None
    files = [_row(each, purpose, by) for each, _content in read.values()]
    StoredFile.objects.bulk_create(files)
    FileLink.objects.bulk_create(
        FileLink(file=file, subject_kind=subject_kind, subject=str(subject)[:80], purpose=purpose[:60], by=by)
        for file in files
    )
    return dict(zip(read, files, strict=True))


def attach(
    file: StoredFile,
    subject_kind: str,
    subject: object,
    account: Any,
    *,
    purpose: str = "",
    is_personal: bool = True,
) -> FileLink:
    """Says what a file belongs to; once, a second call returns the first link."""
    link, _made = FileLink.objects.get_or_create(
        file=file, subject_kind=subject_kind, subject=str(subject)[:80],
        defaults={
            "purpose": (purpose or file.purpose)[:60], "is_personal": is_personal,
            "by": account if getattr(account, "pk", None) else None,
        },
    )  # fmt: skip
    return link


@transaction.atomic
def detach(link: FileLink, account: Any, reason: str) -> None:
    """Takes a file from what it belongs to; with its last link the file itself is gone. The reason is audited."""
    if not reason.strip():
        raise Refusal("no_reason", _("删除附件必须写明原因"))
    file = link.file
    record_act(account, "delete", subject_kind="file", subject=f"{link.subject_kind} {link.subject} {file.pk}",
               purpose=reason, fields=(file.name,))  # fmt: skip
    link.delete()
    if not file.links.exists():
        _forget(file)


def sweep() -> int:
    """Removes uploads that nothing was made of within UNATTACHED_FOR; returns how many."""
    old = StoredFile.objects.filter(links=None, kept_at__lt=clock.now() - UNATTACHED_FOR)
    count = 0
    for file in old.iterator():
        with transaction.atomic():
            if not FileLink.objects.filter(file=file).exists():
                _forget(file)
                count += 1
    return count


def _forget(file: StoredFile) -> None:
    _line_up(file.sha256)
    file.delete()
    if not StoredFile.objects.filter(sha256=file.sha256).exists():
        transaction.on_commit(lambda: _remove_unused(file.sha256))


def _remove_unused(sha256: str) -> None:
    """The row went with the transaction; only then its content, unless it has come again meanwhile."""
    with transaction.atomic():
        _line_up(sha256)
        if not StoredFile.objects.filter(sha256=sha256).exists():
            content_store.remove(sha256)


def _line_up(*sha256: str) -> None:
    """One at a time keeps or removes the same content; several always in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtext(name) AS key FROM unnest(%s::text[]) name"
            " ORDER BY key) keys",
            [[f"files.{each}" for each in sha256]],
        )
