"""One delivery from its source to its receivers, step by step. Each gatherer knows one part of the way.

Another part of the platform takes part with one more function in GATHERERS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Max, Min, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.connectors.models import Run, RunState
from district.kernel.datasets.models import QualityScore, Version
from district.kernel.feeds.models import Push, PushState
from district.kernel.grants.models import Channel, Grant, GrantState, Use
from district.kernel.ui.saying import said

State = Literal["done", "failed", "waiting", "running", "none"]
RESTARTS = ("read", "again", "push")


@dataclass(frozen=True)
class Step:
    """A step of the way. `state` none: not reached. `restart` names what may be started again here, "" for nothing."""

    at: datetime | None
    kind: str
    state: State
    title: str
    words: str = ""
    link: str = ""
    restart: str = ""


def steps_of(run: Run) -> list[Step]:
    """The whole way, in order. What lies behind a failed step is not reached."""
    found: list[Step] = []
    for gather in GATHERERS:
        found.extend(gather(run))
    return found


def failing(steps: list[Step]) -> Step | None:
    """The first step at which the way has broken off."""
    return next((step for step in steps if step.state == "failed"), None)


def _read(run: Run) -> list[Step]:
    """Reading the source. A delivery that is blocked or stopped goes on from its last checkpoint."""
    states: dict[str, State] = {"done": "done", "running": "running", "waiting": "waiting", "blocked": "done"}
    has_rows = run.rows_read > 0 and run.state == RunState.FAILED
    state: State = "done" if has_rows else states.get(run.state, "failed")
    words = _("读入 %(n)s 行，%(size)s 字节") % {"n": f"{run.rows_read:,}", "size": f"{run.bytes:,}"}
    if state == "failed":
        words = f"{words}；{said(run.problem) or run.get_state_display()}"
    restart = "read" if state == "failed" else ""
    title = _("读取来源 %(name)s") % {"name": run.source.name}
    return [Step(run.started_at, "read", state, title, words, _receipt(run), restart)]


def _receipt(run: Run) -> str:
    return reverse("connectors:run", args=[run.pk])


def _checked(run: Run) -> list[Step]:
    """Rows against the items of the resource: taken, refused, repeated; and what has changed in the structure."""
    counted = _("入库 %(taken)s 行，退回 %(refused)s 行，重复 %(repeated)s 行") % {
        "taken": f"{run.rows_taken:,}", "refused": f"{run.rows_refused:,}", "repeated": f"{run.rows_repeated:,}",
    }  # fmt: skip
    drift = "；".join(said(each["words"]) for each in run.drift if "words" in each)
    words = f"{counted}；{drift}" if drift else counted
    if run.state == RunState.BLOCKED:
        # A decision on what has changed comes first; it stands on the page of the receipt.
        return [Step(run.ended_at, "check", "failed", _("核对结构与逐行校验"), words, _receipt(run))]
    if run.state == RunState.FAILED and run.rows_read and run.version_id is None:
        return [Step(run.ended_at, "check", "failed", _("核对结构与逐行校验"), f"{words}；{said(run.problem)}", restart="read")]
    is_done = run.state == RunState.DONE or run.version_id is not None
    state: State = "done" if is_done else "running" if run.state == RunState.RUNNING and run.rows_read else "none"
    return [Step(run.ended_at if is_done else None, "check", state, _("核对结构与逐行校验"), words if run.rows_read else "")]


def _version(run: Run) -> list[Step]:
    version = run.version
    if version is None:
        if _is_unchanged(run):
            return [Step(run.ended_at, "version", "done", _("形成版本"), _("没有新内容，沿用原版本"))]
        return [Step(None, "version", "none", _("形成版本"))]
    words = _("第 %(n)d 版，共 %(rows)s 行") % {"n": version.number, "rows": f"{version.rows:,}"}
    if version.state == Version.State.BUILDING:
        return [Step(version.created_at, "version", "running", _("形成版本"), words)]
    return [Step(version.created_at, "version", "done", _("形成版本"), words)]


def _is_unchanged(run: Run) -> bool:
    """Nothing in it was new: no version was made, and there is nothing to hand on."""
    return run.state == RunState.DONE and run.version_id is None


def _quality(run: Run) -> list[Step]:
    if _is_unchanged(run):
        return []
    score = QualityScore.objects.filter(version_id=run.version_id).order_by("-at").first() if run.version_id else None
    if score is None:
        return [Step(None, "quality", "none", _("质量评价"))]
    broken = [each for each in score.results if each.get("is_blocking") and each.get("failing")]
    words = _("%(total)s 分") % {"total": f"{score.total:.1f}"}
    if score.is_blocked:
        kinds = "、".join(f"{each.get('item') or ''} {each.get('key') or each.get('kind')}".strip() for each in broken)
        words = _("%(words)s，未准入库：%(rules)s") % {"words": words, "rules": kinds}
        return [Step(score.at, "quality", "failed", _("质量评价"), words, restart="again")]
    return [Step(score.at, "quality", "done", _("质量评价"), words)]


def _published(run: Run) -> list[Step]:
    version, title = run.version, _("发布")
    if version is None:
        return [] if _is_unchanged(run) else [Step(None, "publish", "none", title)]
    if version.state == Version.State.REFUSED:
        blocked = QualityScore.objects.filter(version=version, is_blocked=True).exists()
        state: State = "none" if blocked else "failed"
        return [Step(None, "publish", state, title, said(version.note), restart="" if blocked else "again")]
    if version.published_at is None:
        return [Step(None, "publish", "none", title)]
    replaced = version.state in (Version.State.RETIRED, Version.State.PURGED)
    return [Step(version.published_at, "publish", "done", title, _("已被后来的版本取代") if replaced else _("现行版本"))]


def _received(run: Run) -> list[Step]:
    """Who holds a grant of the resource, and what each has had of this version while it was the published one."""
    version = run.version
    if _is_unchanged(run):
        return []
    grants = Grant.objects.filter(resource_id=run.source.resource_id, state=GrantState.ACTIVE).select_related("grantee", "client")
    since = version.published_at if version else None
    if since is None:
        return [Step(None, "receive", "none", _("送达 %(name)s") % {"name": grant.grantee.name}) for grant in grants]
    until = (version.retired_at if version else None) or clock.now()
    uses = _uses([grant.pk for grant in grants], since, until)
    found = []
    for grant in grants:
        found.extend(_of_grant(grant, uses.get(grant.pk, [])))
        found.extend(_pushed(grant, since, until))
    return found


def _uses(grants: list[int], since: datetime, until: datetime) -> dict[int, list[tuple[str, int, int, datetime]]]:
    rows = (
        Use.objects.filter(grant_id__in=grants, at__gte=since, at__lte=until).order_by().values_list("grant_id", "channel")
        .annotate(times=Count("pk"), given=Sum("rows"), first=Min("at"))
    )  # fmt: skip
    found: dict[int, list[tuple[str, int, int, datetime]]] = {}
    for grant, channel, times, given, first in rows:
        found.setdefault(grant, []).append((channel, times, given, first))
    return found


def _of_grant(grant: Grant, uses: list[tuple[str, int, int, datetime]]) -> list[Step]:
    name = grant.client.name if grant.client else grant.grantee.name
    title = _("%(name)s（%(number)s）") % {"name": name, "number": grant.number}
    if not uses:
        return [Step(None, "receive", "waiting", title, _("这一版还没有取用"))]
    channels = dict(Channel.choices)
    return [
        Step(first, "receive", "done", title, _("%(channel)s %(times)d 次，%(rows)s 行") % {
            "channel": channels.get(channel, channel), "times": times, "rows": f"{given:,}",
        })
        for channel, times, given, first in sorted(uses, key=lambda each: each[3])
    ]  # fmt: skip


def _pushed(grant: Grant, since: datetime, until: datetime) -> list[Step]:
    """Pushes of changes of that time, by state; parked ones wait for somebody to send them again."""
    pushes = Push.objects.filter(subscription__grant=grant, change__at__gte=since, change__at__lte=until)
    counted = {row["state"]: row for row in pushes.order_by().values("state").annotate(n=Count("pk"), last=Max("done_at"))}
    if not counted:
        return []
    parked = counted.get(PushState.PARKED, {}).get("n", 0)
    waiting = counted.get(PushState.WAITING, {}).get("n", 0)
    delivered = counted.get(PushState.DELIVERED, {})
    words = _("送达 %(done)d 条，待送 %(waiting)d 条，搁置 %(parked)d 条") % {
        "done": delivered.get("n", 0), "waiting": waiting, "parked": parked,
    }  # fmt: skip
    if parked:
        why = pushes.filter(state=PushState.PARKED).exclude(error="").values_list("error", flat=True).first()
        words = f"{words}；{why}" if why else words
    state: State = "failed" if parked else "running" if waiting else "done"
    title = _("推送 %(name)s") % {"name": grant.grantee.name}
    return [Step(delivered.get("last"), "push", state, title, words, restart="push" if parked else "")]


GATHERERS: tuple[Callable[[Run], list[Step]], ...] = (_read, _checked, _version, _quality, _published, _received)
"""In the order of the way."""


def address_of(run_id: int) -> str:
    return reverse("brain:exchange_run", args=[run_id])
