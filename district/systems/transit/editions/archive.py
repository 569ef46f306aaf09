"""The door of a feed: a zip of somebody else's, looked at as a stream before anything is believed of it. Pure.

Limits keep a bomb or a mistake from filling memory or disk; sizes are counted while unpacking, not read from the directory.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .notices import Notice

LARGEST_PACKED = 64 * 1024 * 1024
LARGEST_UNPACKED = 512 * 1024 * 1024
LARGEST_FILE = 128 * 1024 * 1024
"""Two to three million stop times: what a timetable in memory may cost, a hundred times a district's."""
LARGEST_RATIO = 250
"""Times a file may be larger than it is packed, beyond the first megabyte; real feeds pack by ten to thirty."""
MOST_FILES = 200
CHUNK = 1 << 20
KEYS = {"agency.txt": "agency_id", "stops.txt": "stop_id", "routes.txt": "route_id", "trips.txt": "trip_id",
        "calendar.txt": "service_id"}  # fmt: skip
MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16", codecs.BOM_UTF32_BE: "UTF-32"}


def looked_at(feed: Path | bytes) -> list[Notice]:
    """What keeps a feed from being taken; empty for a sound archive. Never unpacks to disk or into memory as a whole."""
    size = feed.stat().st_size if isinstance(feed, Path) else len(feed)
    if size > LARGEST_PACKED:
        return [_notice("feed_too_large", size=size, limit=LARGEST_PACKED)]
    try:
        archive = zipfile.ZipFile(feed if isinstance(feed, Path) else io.BytesIO(feed))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        return [_notice("feed_not_zip", message=str(error))]
    with archive:
        return _listing(archive) or _contents(archive)


def _listing(archive: zipfile.ZipFile) -> list[Notice]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        return [_notice("feed_too_many_files", count=len(entries), limit=MOST_FILES)]
    found = [_notice("feed_encrypted", filename=each.filename) for each in entries if each.flag_bits & 0x1]
    found += [_notice("feed_bad_name", filename=each.filename) for each in entries
              if each.filename.startswith("/") or ".." in each.filename.split("/") or "\\" in each.filename]  # fmt: skip
    twice = Counter(each.filename for each in entries if not each.is_dir())
    found += [_notice("feed_file_twice", filename=name) for name, count in twice.items() if count > 1]
    return found


def _contents(archive: zipfile.ZipFile) -> list[Notice]:
    found: list[Notice] = []
    unpacked = 0
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        try:
            with archive.open(entry) as file:
                own, size = _looked_into(entry, file, min(LARGEST_FILE, LARGEST_UNPACKED - unpacked))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            return [_notice("feed_damaged", filename=entry.filename, message=str(error))]
        found += own
        unpacked += size
        if any(each.code == "feed_unpacked_too_large" for each in own):
            break
    return found


def _looked_into(entry: zipfile.ZipInfo, file: IO[bytes], left: int) -> tuple[list[Notice], int]:
    """Notices about one file and how large it is; stops at the first chunk too much."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_text = entry.filename.lower().endswith((".txt", ".geojson"))
    size, nul_at = 0, -1
    while chunk := file.read(CHUNK):
        if size == 0 and is_text and (mark := next((name for bom, name in MARKS.items() if chunk.startswith(bom)), "")):
            return [_notice("feed_not_utf8", filename=entry.filename, encoding=mark)], len(chunk)
        if nul_at < 0 and is_text and (place := chunk.find(b"\0")) >= 0:
            nul_at = size + place
        size += len(chunk)
        if size > left or size > CHUNK + LARGEST_RATIO * max(entry.compress_size, 1):
            return [_notice("feed_unpacked_too_large", filename=entry.filename, unpacked=size)], size
        if is_text:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return [_notice("feed_not_utf8", filename=entry.filename, message=str(error.reason))], size
    return ([_notice("feed_nul_bytes", filename=entry.filename, position=nul_at)] if nul_at >= 0 else []), size


def repeated_keys(feed: Path | bytes) -> list[Notice]:
    """Rows with the key of a row before. The canonical rules leave this out where a file has rows of a wrong length."""
    found = []
    with zipfile.ZipFile(feed if isinstance(feed, Path) else io.BytesIO(feed)) as archive:
        for name, key in KEYS.items():
            if name not in archive.namelist():
                continue
            with archive.open(name) as file:
                samples = _repeated(csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline="")), name, key)
            if samples:
                found.append(Notice("duplicate_key", "ERROR", len(samples), tuple(samples[:20])))
    return found


def _repeated(rows: Iterator[list[str]], name: str, key: str) -> list[dict[str, object]]:
    head = [column.strip() for column in next(rows, [])]
    if key not in head:
        return []
    place, seen, found = head.index(key), dict[str, int](), []
    for number, row in enumerate(rows, 2):
        value = row[place].strip() if len(row) > place else ""
        if value and value in seen:
            found.append({"filename": name, "csvRowNumber": number, "fieldName": key, "fieldValue": value,
                          "oldCsvRowNumber": seen[value]})  # fmt: skip
        elif value:
            seen[value] = number
    return found


def _notice(code: str, **sample: object) -> Notice:
    return Notice(code, "ERROR", 1, (sample,))
