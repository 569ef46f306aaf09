"""保存期限: what leaves the lake, when, and what a killed writer left there."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from district.kernel import home
from district.kernel.clock import now
from district.kernel.datasets.lineage import is_used
from district.kernel.datasets.models import LakeFile, Purge, Resource, Version
from district.kernel.datasets.version_files import LOCK, ROOT, Taken, hold, let_go, relative
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

KEEP_DAYS = 180
"""Where the resource says nothing. A house rule: the regulations name no number for versions that were replaced."""
KEEP_REFUSED_DAYS = 30
"""Long enough to look at the rows a rule refused."""
ASIDE_SECONDS = 86_400


def sweep() -> int:
    """Ends versions whose writer is dead and removes the files nobody published. Returns the number of folders."""
    swept = 0
    for mark in (home.lake() / ROOT).glob(f"*/version=*/{LOCK}"):
        try:
            lock = hold(mark.parent)
        except (Taken, FileNotFoundError):
            continue
        _clear(mark.parent)
        let_go(lock)
        swept += 1
        if not any(mark.parent.iterdir()):
            mark.parent.rmdir()
    for aside in home.lake().glob(".aside-*"):
        if time.time() - aside.stat().st_mtime > ASIDE_SECONDS:
            shutil.rmtree(aside, ignore_errors=True)
    return swept


def purge_due(at: datetime | None = None) -> list[Purge]:
    """Purges every replaced or refused version whose time is over and of which nothing else was made."""
    at = at or now()
    ended = Version.objects.filter(
        state__in=(Version.State.RETIRED, Version.State.REFUSED), retired_at__isnull=False
    ).select_related("resource")
    return [
        purge(version, "保存期满")
        for version in ended
        if version.retired_at + keeping_time(version) <= at and not is_used("version", version.pk)
    ]


def keeping_time(version: Version) -> timedelta:
    """How long the version stays after it was replaced or refused."""
    if version.state == Version.State.REFUSED:
        return timedelta(days=KEEP_REFUSED_DAYS)
    days = version.resource.keep_days
    return timedelta(days=KEEP_DAYS if days is None else days)


@transaction.atomic
def purge(version: Version, reason: str, by: Account | None = None) -> Purge:
    """Takes a version out of the lake; files of other versions stay. Raises Refused for one that is in use."""
    version = Version.objects.select_for_update(of=("self",)).select_related("resource").get(pk=version.pk)
    if version.state not in (Version.State.RETIRED, Version.State.REFUSED):
        raise Refused(
            "in_use", f"版本 {version.number} 正在使用，不能清除", field="version", value=version.number
        )
    if is_used("version", version.pk):
        raise Refused("is_used", f"版本 {version.number} 已被产品或授权引用，不能清除", field="version")
    Resource.objects.select_for_update().get(pk=version.resource_id)
    own = _only_of(version)
    files = list(LakeFile.objects.filter(path__in=own))
    done = Purge.objects.create(
        resource_name=version.resource.name, number=version.number, rows=version.rows,
        bytes=sum(each.bytes for each in files), sha256=version.sha256, files=own, reason=reason, by=by,
    )  # fmt: skip
    LakeFile.objects.filter(path__in=own).delete()
    version.state, version.files = Version.State.PURGED, []
    version.save(update_fields=["state", "files"])
    transaction.on_commit(lambda: remove(own))
    return done


def remove(paths: Iterable[str]) -> None:
    """Deletes files of the lake, and folders that are empty then."""
    for path in (home.lake() / each for each in paths):
        path.unlink(missing_ok=True)
        if path.parent.exists() and not any(path.parent.iterdir()):
            path.parent.rmdir()


def _only_of(version: Version) -> list[str]:
    others = Version.objects.filter(resource=version.resource).exclude(pk=version.pk)
    shared = {path for files in others.values_list("files", flat=True) for path in files}
    return [path for path in version.files if path not in shared]


def _clear(folder: Path) -> None:
    """With the lock of the folder held: whoever wrote there is gone."""
    number = int(folder.name.removeprefix("version="))
    with transaction.atomic():
        forsaken = Version.objects.filter(
            resource__name=folder.parent.name, number=number, state=Version.State.BUILDING
        )
        forsaken.update(
            state=Version.State.REFUSED,
            note="写入过程中断",
            files=[],
            rows=0,
            bytes=0,
            sha256="",
            retired_at=now(),
        )
        known = set(
            LakeFile.objects.filter(path__startswith=f"{relative(folder)}/").values_list("path", flat=True)
        )
    for path in folder.iterdir():
        if path.name != LOCK and relative(path) not in known:
            path.unlink()
