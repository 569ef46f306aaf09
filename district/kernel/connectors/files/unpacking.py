"""A delivery that is packed (.gz, .zip) becomes a plain file; what would burst the disk is refused early. No Django."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import IO

from district.kernel import home
from district.kernel.files.refusal import Refusal

MOST_UNPACKED = 6 * 1024**3
MOST_RATIO = 150
RATIO_FROM = 32 * 1024**2
"""Unpacked bytes from which on the ratio counts: small files may well be very regular."""
MOST_ENTRIES = 5_000
STEP = 1024 * 1024
PACKED = (".zip", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".tar")
PACKED_STARTS = (
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
)
OFFICE_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "mimetype", "[Content_Types].xml")


@contextmanager
def unpacked(path: Path, name: str, entry: str = "") -> Iterator[tuple[Path, str]]:
    """The plain file and its name. It may be the file itself; what was unpacked is gone afterwards.

    Raises Refusal: bomb, nested, encrypted, many_files, no_file, damaged.
    """
    with path.open("rb") as file:
        start = file.read(8)
    is_zip = start.startswith(b"PK\x03\x04") and not _is_office(path)
    if not is_zip and not start.startswith(PACKED_STARTS):
        yield path, name
        return
    if not is_zip and not start.startswith(b"\x1f\x8b"):
        raise Refusal("nested", "只接收 zip 和 gz 压缩；请解压后上传")
    parent = home.home() / "intake"
    parent.mkdir(exist_ok=True)
    folder = Path(mkdtemp(prefix=".unpacked-", dir=parent))
    try:
        target = folder / "content"
        yield target, _from_zip(path, entry, target) if is_zip else _from_gzip(path, name, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_office(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refusal("damaged", "压缩包损坏或被截断，请重新打包上传") from error
    return bool(names) and (names[0] in OFFICE_PARTS or any(part in names for part in OFFICE_PARTS[:2]))


def _from_gzip(path: Path, name: str, target: Path) -> str:
    with gzip.open(path) as source:
        _copy(source, target, path.stat().st_size)
    return name.removesuffix(".gz").removesuffix(".GZ") or "content"


def _from_zip(path: Path, entry: str, target: Path) -> str:
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        if len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > MOST_UNPACKED:
            raise Refusal("bomb", "压缩包解开后过大或文件过多，不予接收")
        if sum(each.compress_size for each in entries) > path.stat().st_size:
            raise Refusal("bomb", "压缩包的条目互相重叠，不予接收")
        chosen = _chosen([each for each in entries if _is_data(each)], entry)
        if chosen.flag_bits & 1:
            raise Refusal("encrypted", "压缩包已加密，无法读取；请取消加密后重新上传")
        if chosen.file_size > RATIO_FROM and chosen.file_size > MOST_RATIO * max(1, chosen.compress_size):
            raise Refusal("bomb", f"压缩包中的 {shown_name(chosen)} 压缩比异常，不予接收")
        with package.open(chosen) as source:
            _copy(source, target, max(1, chosen.compress_size))
        return PurePosixPath(shown_name(chosen)).name


def _is_data(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return not entry.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _chosen(entries: list[zipfile.ZipInfo], wanted: str) -> zipfile.ZipInfo:
    found = [each for each in entries if not wanted or shown_name(each) == wanted]
    if not found:
        raise Refusal("no_file", "压缩包里没有数据文件")
    if len(found) > 1:
        names = "、".join(shown_name(each) for each in found[:6])
        raise Refusal("many_files", f"压缩包里有 {len(found)} 个文件（{names}），请每个文件单独上传")
    if found[0].filename.lower().endswith(PACKED):
        raise Refusal("nested", "压缩包里还有压缩包，不予接收；请解开后上传")
    return found[0]


def shown_name(entry: zipfile.ZipInfo) -> str:
    """Packers on Chinese Windows write names in GBK without saying so; Python reads those as cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, packed: int) -> None:
    """Counts what really comes out, whatever the directory of the package says."""
    size = 0
    with target.open("wb") as file:
        while chunk := source.read(STEP):
            if not size and (chunk.startswith(PACKED_STARTS) or _is_plain_zip(chunk)):
                raise Refusal("nested", "压缩包里还有压缩包，不予接收；请解开后上传")
            size += len(chunk)
            if size > MOST_UNPACKED or (size > RATIO_FROM and size > MOST_RATIO * packed):
                raise Refusal("bomb", "解开后的大小异常，不予接收")
            file.write(chunk)


def _is_plain_zip(start: bytes) -> bool:
    return start.startswith(b"PK\x03\x04") and not any(part.encode() in start[:400] for part in OFFICE_PARTS)
