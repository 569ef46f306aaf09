"""What people do with versions: compare, verify, roll back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from district.kernel import home
from district.kernel.datasets.lake_rows import parts_of
from district.kernel.datasets.models import LakeFile, Version
from district.kernel.datasets.posts import may_offer
from district.kernel.datasets.quality.trial import RESTORED
from district.kernel.datasets.versions import digest, open_version
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused


@dataclass(frozen=True)
class Difference:
    """An item of two versions; None where a version has not got it."""

    name: str
    title: str
    earlier: str | None
    later: str | None

    @property
    def kind(self) -> str:
        if self.earlier is None:
            return "added"
        return "removed" if self.later is None else "same" if self.earlier == self.later else "changed"


def differences(earlier: Version, later: Version) -> list[Difference]:
    """Item by item, in the order of the later version; those that are gone last."""
    before = {column["name"]: column for column in earlier.schema}
    after = {column["name"]: column for column in later.schema}
    return [
        Difference(
            name, (after.get(name) or before[name])["title"], before.get(name, {}).get("type"),
            after.get(name, {}).get("type"),
        )
        for name in [*after, *(name for name in before if name not in after)]
    ]  # fmt: skip


def faults(version: Version) -> list[str]:
    """What is wrong with the files of a version, measured by their check values; empty when all is well."""
    known = {each.path: each for each in LakeFile.objects.filter(path__in=version.files)}
    found = []
    for path in version.files:
        on_disk = home.lake() / path
        if path not in known or not on_disk.exists():
            found.append(f"文件不在：{path}")
            continue
        with on_disk.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != known[path].sha256:
                found.append(f"校验值不符：{path}")
    if digest(known[path].sha256 for path in version.files if path in known) != version.sha256:
        found.append("版本的校验值与文件清单不符")
    return found


def roll_back(version: Version, account: Account | None) -> Version:
    """The rows of an earlier version, published again as a new one. Its files are used, not copied.

    Raises Refused: not_yours, is_current, is_purged, is_damaged, or `quality` when today's blocking rules say no.
    """
    resource = version.resource
    if not may_offer(account, resource.provider):
        raise Refused(
            "not_yours", "只有提供方和数据管理员可以恢复版本", field="resource", value=resource.name
        )
    if version.state == Version.State.PUBLISHED:
        raise Refused(
            "is_current", f"版本 {version.number} 就是当前版本", field="version", value=version.number
        )
    if version.state != Version.State.RETIRED or not version.files:
        raise Refused(
            "is_purged", f"版本 {version.number} 没有可以恢复的数据", field="version", value=version.number
        )
    wrong = faults(version)
    if wrong:
        raise Refused("is_damaged", "；".join(wrong)[:300], field="version", value=version.number)
    with open_version(resource, f"{RESTORED}{version.number}", "replace") as draft:
        draft.adopt(parts_of(version), version.schema)
        return draft.publish(account)
