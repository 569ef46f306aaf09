"""年度考核 of units, by a formula that was published before."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.people.models import Organisation

Where: Any = pgtrigger.Q
"""Its arguments are names of columns, which no type knows."""


class AppraisalYear(models.Model):
    """A year and the weights of its parts, which add up to 100. Published weights are not changed any more."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定中")
        PUBLISHED = "published", _("办法已公布")
        OPEN = "open", _("公示和申诉")
        FINAL = "final", _("已定稿")

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    weights = models.JSONField(_("权重"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("公布人")
    )
    shown_at = models.DateTimeField(_("公示开始"), null=True, blank=True)
    object_until = models.DateField(_("申诉截止"), null=True, blank=True)
    final_at = models.DateTimeField(_("定稿时间"), null=True, blank=True)
    final_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("定稿人")
    )
    digest = models.CharField(_("定稿摘要"), max_length=64, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("考核年度")
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(final_by__isnull=True) | ~Q(final_by=F("published_by")),
                name="appraisal_final_by_another",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="weights_stand", operation=pgtrigger.Update,
                condition=Where(old__published_at__isnull=False) & Where(old__weights__df=pgtrigger.F("new__weights")),
            ),
            pgtrigger.Protect(name="final_stands", operation=pgtrigger.Update | pgtrigger.Delete,
                              condition=Where(old__state="final")),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.year)


class Appraisal(models.Model):
    """The score of a unit. `facts` are the counts it is reckoned from (`appraisal.formula`), as they were."""

    year = models.ForeignKey(AppraisalYear, models.PROTECT, related_name="scores", verbose_name=_("年度"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    facts = models.JSONField(_("依据"))
    points = models.JSONField(_("各项得分"))
    score = models.FloatField(_("得分"), null=True)
    objection = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("申诉件")
    )
    reckoned_at = models.DateTimeField(_("测算时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("考核得分")
        ordering = ("-year", "-score", "unit")
        constraints = (models.UniqueConstraint(fields=("year", "unit"), name="appraisal_once"),)
        triggers = (
            pgtrigger.Trigger(
                name="final_scores_stand", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("standing", "text")],
                func="""
                    SELECT state INTO standing FROM programme_appraisalyear
                    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.year_id ELSE NEW.year_id END;
                    IF standing = 'final' THEN RAISE EXCEPTION 'scores of a final appraisal stand'; END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year_id} {self.unit_id} {self.score}"
