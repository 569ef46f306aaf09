"""A delivered file is kept as it came, however large, under its SHA-256; the run and the receipt refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from django.db import transaction

from district.kernel.connectors.files.reading import MACRO_SUFFIXES, SUFFIXES
from district.kernel.connectors.models import Run
from district.kernel.files import content_store
from district.kernel.files.actions import attach
from district.kernel.files.models import StoredFile
from district.kernel.files.reading import bare_name
from district.kernel.files.refusal import Refusal

FILES_OF = "connectors.run"
PURPOSE = "数据交付"
MOST_BYTES = 4 * 1024**3
STEP = 1024 * 1024


class Upload(Protocol):
    """Django's UploadedFile, or anything like it."""

    name: Any

    def chunks(self, chunk_size: int = ..., /) -> Iterable[bytes]: ...


def keep_delivery(upload: Upload, account: Any) -> StoredFile:
    """Streams an upload to disk. Its content is checked by its reader, before a row is taken. Raises Refusal."""
    return _kept(str(upload.name or ""), upload.chunks(STEP), account)


def keep_path(path: Path, account: Any = None) -> StoredFile:
    """The same for a file of a watched folder."""
    return _kept(path.name, _chunks(path), account)


def attach_to(file: StoredFile, delivery: Run, account: Any) -> None:
    """Whoever may see the run may download what was delivered."""
    attach(file, FILES_OF, delivery.pk, account, purpose=PURPOSE)


def _kept(name: str, chunks: Iterable[bytes], account: Any) -> StoredFile:
    bare = bare_name(name)
    suffix = PurePosixPath(bare).suffix.lower()
    if suffix in MACRO_SUFFIXES:
        raise Refusal("macros", "含宏的工作簿不予接收；请另存为 .xlsx 再上传")
    if suffix not in SUFFIXES:
        raise Refusal("bad_type", f"“{bare}”的类型不在允许之列（{'、'.join(SUFFIXES)}）")
    try:
        sha256, size = content_store.write_stream(chunks, MOST_BYTES)
    except ValueError as error:
        raise Refusal("too_large", f"“{bare}”超过 {MOST_BYTES // 1024**3} GB，请分成几个文件") from error
    if not size:
        raise Refusal("empty", f"“{bare}”是空文件")
    with transaction.atomic():
        return StoredFile.objects.create(
            sha256=sha256, name=bare, media_type="application/octet-stream", size=size, purpose=PURPOSE,
            kept_by=account if getattr(account, "pk", None) else None,
        )  # fmt: skip


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(STEP):
            yield chunk
