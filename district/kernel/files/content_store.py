"""The contents, each once, under `DISTRICT_HOME/files/kept` by their SHA-256. Whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from district.kernel import home

_SHA256 = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    path = home.home() / "files" / "kept"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    """Where a content is kept; ValueError for what is no SHA-256 in hexadecimal."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"sha256 {sha256!r} is not 64 hexadecimal digits")
    return folder() / sha256[:2] / sha256


def write(sha256: str, content: bytes) -> bool:
    """Keeps a content; False when it was there already. After it returns, a power cut does not lose it."""
    path = path_of(sha256)
    if path.exists():
        return False
    path.parent.mkdir(exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(number, "wb") as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return True


def write_stream(chunks: Iterable[bytes], most_bytes: int) -> tuple[str, int]:
    """Keeps a content too large for memory; its SHA-256 and size. Raises ValueError when it is larger than `most_bytes`."""
    number, name = tempfile.mkstemp(dir=folder(), prefix=".draft-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(number, "wb") as draft:
            for chunk in chunks:
                size += len(chunk)
                if size > most_bytes:
                    raise ValueError(f"more than {most_bytes} bytes")
                digest.update(chunk)
                draft.write(chunk)
            draft.flush()
            os.fsync(draft.fileno())
        path = path_of(digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return digest.hexdigest(), size


def remove(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)


def all_kept() -> Iterator[Path]:
    """Every content there is."""
    return (path for path in folder().glob("*/*") if _SHA256.fullmatch(path.name))


def _sync_folder(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
