"""What is public, how far it reached, which steps of a plan are done or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from district.kernel.clock import now

from ..models import Article, ArticleDay, Life, PublicEvent, PublicityPlan, PublicityStep


def articles_public() -> QuerySet[Article]:
    return Article.objects.filter(state=Life.PUBLISHED).order_by("-published_at", "-pk")


def events_public() -> QuerySet[PublicEvent]:
    """Those to come first, then those of the last ninety days."""
    return PublicEvent.objects.filter(state=Life.PUBLISHED, ends_at__gte=now() - timedelta(days=90)).order_by(
        "-starts_at"
    )


def articles_with_views() -> QuerySet[Article]:
    return Article.objects.annotate(views=Coalesce(Sum("days__views"), 0)).select_related(
        "made_by", "approved_by"
    )


def views_by_day(begin: date, end: date, article: Article | None = None) -> dict[str, list[int]]:
    """Way → views of each day from `begin` to `end`."""
    days = [begin + timedelta(n) for n in range((end - begin).days + 1)]
    found = ArticleDay.objects.filter(day__range=(begin, end))
    if article is not None:
        found = found.filter(article=article)
    counts = {(day, way): views for day, way, views in
              found.order_by().values_list("day", "way").annotate(n=Sum("views")).values_list("day", "way", "n")}  # fmt: skip
    return {way: [counts.get((day, way), 0) for day in days] for way in ArticleDay.Way.values}


@dataclass(frozen=True)
class StepState:
    step: PublicityStep
    state: str
    """done, waiting, late."""


@dataclass(frozen=True)
class PlanState:
    """A plan as it stands: steps done of all, late ones, views of its articles against what was hoped for."""

    plan: PublicityPlan
    steps: tuple[StepState, ...]
    views: int

    @property
    def done(self) -> int:
        return sum(each.state == "done" for each in self.steps)

    @property
    def late(self) -> int:
        return sum(each.state == "late" for each in self.steps)


def step_state(step: PublicityStep, on: date) -> str:
    """Done when its article is public or its event was held and is public; nobody sets it by hand."""
    if step.article is not None and step.article.state == Life.PUBLISHED:
        return "done"
    if step.event is not None and step.event.state == Life.PUBLISHED and step.event.ends_at <= now():
        return "done"
    return "late" if step.due_on < on else "waiting"


def plan_state(plan: PublicityPlan, on: date) -> PlanState:
    steps = list(plan.steps.select_related("article", "event", "unit"))
    articles = [step.article_id for step in steps if step.article_id]
    views = ArticleDay.objects.filter(article__in=articles).aggregate(n=Sum("views"))["n"] or 0
    return PlanState(plan, tuple(StepState(step, step_state(step, on)) for step in steps), views)


def late_steps(on: date) -> list[PublicityStep]:
    """Of published plans, for whoever asks what is late."""
    steps = PublicityStep.objects.filter(plan__state=Life.PUBLISHED, due_on__lt=on).select_related(
        "plan", "article", "event", "unit"
    )
    return [step for step in steps if step_state(step, on) == "late"]
