"""Watched folders: what a department puts into DISTRICT_HOME/inbox/<folder> is taken once it is complete.

    inbox/credit/企业名录.csv → inbox/credit/taking/ → done/ or refused/ (with a text beside it that says why)

Who writes a large file should write it under a name ending in `.part` and rename it; otherwise it is taken when it has
not grown for SETTLED_S seconds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from district.kernel import clock, home
from district.kernel.connectors.file_deliveries import start_file
from district.kernel.connectors.models import Kind, Run, RunState, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.uploads import keep_path
from district.kernel.files.refusal import Refusal

SETTLED_S = 20
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
MOVING = (RunState.WAITING, RunState.RUNNING)


def folder_of(source: Source) -> Path:
    """The folder of a source, made on first use. Its name holds nothing that leads elsewhere."""
    name = re.sub(r"[^\w-]", "", str(source.settings.get("folder") or source.pk)) or str(source.pk)
    path = home.home() / "inbox" / name
    for each in (path, *(path / part for part in ("taking", "done", "refused"))):
        each.mkdir(parents=True, exist_ok=True)
    return path


def look_into_all() -> int:
    """Starts a delivery for each source whose folder has something complete in it; returns how many."""
    sources = Source.objects.filter(kind=Kind.FOLDER, is_active=True).select_related("resource")
    return sum(look_into(source) for source in sources)


def look_into(source: Source) -> bool:
    """Puts away what has been taken, then takes the oldest complete file. One at a time: their order matters."""
    folder = folder_of(source)
    _put_away(source, folder)
    if source.runs.filter(state__in=MOVING).exists():
        return False
    for path in _complete(folder):
        taken = folder / "taking" / path.name
        path.rename(taken)
        try:
            start_file(source, keep_path(taken), inbox=taken.name)
        except (Refusal, Refused) as refusal:
            _refuse(folder, taken, str(refusal))
            continue
        return True
    return False


def _complete(folder: Path) -> Iterator[Path]:
    latest = clock.now().timestamp() - SETTLED_S
    found = [
        (entry.stat().st_mtime, Path(entry.path))
        for entry in os.scandir(folder)
        if entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")
        and not entry.name.lower().endswith(UNFINISHED)
    ]  # fmt: skip
    return (path for at, path in sorted(found) if at <= latest)


def _put_away(source: Source, folder: Path) -> None:
    for path in sorted((folder / "taking").iterdir()):
        run = Run.objects.filter(source=source, input__inbox=path.name).order_by("-pk").first()
        if run is None:  # killed between the move and the start: it is looked at anew
            path.rename(folder / path.name)
        elif run.state == RunState.DONE:
            path.rename(_free(folder / "done" / path.name))
        elif run.state == RunState.FAILED:
            _refuse(folder, path, run.problem)


def _refuse(folder: Path, path: Path, why: str) -> None:
    target = _free(folder / "refused" / path.name)
    path.rename(target)
    target.with_name(f"{target.name}.原因.txt").write_text(f"{why}\n", "utf-8")


def _free(path: Path) -> Path:
    """The path, or with the moment in its name where one is there already."""
    return path.with_name(f"{path.stem}.{clock.now():%Y%m%d%H%M%S%f}{path.suffix}") if path.exists() else path
