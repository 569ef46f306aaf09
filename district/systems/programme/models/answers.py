"""Answers to decisions and letters, as another person judged them."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now


class AnswerCheck(models.Model):
    """What the office said of an answer of the responsible unit, each time there was one; never changed afterwards. Who
    answered does not check."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("办件"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("反馈人")
    )
    is_enough = models.BooleanField(_("符合要求"))
    words = models.TextField(_("核验意见"), blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("核验人"))
    checked_at = models.DateTimeField(_("核验时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("反馈核验")
        ordering = ("case", "pk")
        constraints = (models.CheckConstraint(condition=~models.Q(checked_by=F("answered_by")), name="answer_two_persons"),)
        triggers = (pgtrigger.Protect(name="answer_check_stands", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.is_enough}"
