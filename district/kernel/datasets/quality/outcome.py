"""What follows from a judgement: a score that is kept, and word to whoever answers when quality falls."""

from __future__ import annotations

from datetime import datetime

from district.kernel.datasets.cycles import late_since
from district.kernel.datasets.models import Dimension, QualityScore, Resource, Version
from district.kernel.datasets.quality.judging import Judgement, last_score
from district.kernel.datasets.quality.score import has_fallen, total_of
from district.kernel.datasets.version_events import QualityFell
from district.kernel.events import publish


def keep_score(version: Version, judgement: Judgement, at: datetime) -> QualityScore:
    """Inside the transaction that publishes or refuses the version."""
    before = last_score(version.resource)
    score = QualityScore.objects.create(
        resource=version.resource, version=version, at=at, total=judgement.total, shares=judgement.shares,
        results=[each.plain() for each in judgement.results], rows=judgement.rows, is_blocked=bool(judgement.broken),
    )  # fmt: skip
    if judgement.broken or has_fallen(score.total, before.total if before else None):
        _tell(score, before, _why(score, judgement))
    return score


def note_lateness(resource: Resource, version: Version, at: datetime) -> QualityScore | None:
    """A score of its own once the published version is older than the cycle allows; None while it is not, or told."""
    assert version.published_at is not None
    since = late_since(resource.cycle, version.published_at, at)
    before = last_score(resource)
    if since is None or (before is not None and before.version_id is None and before.at >= since):
        return None
    shares = {**(before.shares if before else {}), "timeliness": 0.0}
    score = QualityScore.objects.create(resource=resource, at=at, total=total_of(shares), shares=shares)
    _tell(score, before, f"自 {since:%Y-%m-%d %H:%M} 起已超过更新周期“{resource.get_cycle_display()}”")
    return score


def weakest(score: QualityScore) -> str:
    """The dimension with the smallest share."""
    return min(score.shares, key=lambda key: score.shares[key], default="")


def _why(score: QualityScore, judgement: Judgement) -> str:
    if judgement.broken:
        named = "、".join(f"{each.item or '主键'}（{each.kind}）" for each in judgement.broken)
        return f"未达到入库规则：{named}"
    kind = weakest(score)
    return f"{Dimension(kind).label} {score.shares[kind]:.1%}" if kind else ""


def _tell(score: QualityScore, before: QualityScore | None, reason: str) -> None:
    resource = score.resource
    publish(
        QualityFell(
            resource_id=resource.pk, version_id=score.version_id, provider_id=resource.provider_id,
            resource_name=resource.name, title=resource.title, total=round(score.total, 2),
            before=round(before.total, 2) if before else None, kind=weakest(score), reason=reason,
        )
    )  # fmt: skip
