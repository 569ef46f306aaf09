"""走访: that somebody of the village called at a household, and what was said there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Account, Organisation
from district.kernel.people.sealed_field import SealedTextField

from .concerns import Concern


class Visit(models.Model):
    """A call at a household. `key` is the phone's own name for it, so that a visit sent twice is one.

    `at` is the phone's clock, `received_at` ours. `digest` tells whether what came again is the same. `concern` is what
    was made of it. Households and notes are sealed and forgotten from `delete_on` on. Voice notes are files of it.
    """

    class Purpose(models.TextChoices):
        ROUTINE = "routine", _("日常走访")
        POLICY = "policy", _("政策宣传")
        SAFETY = "safety", _("安全排查")
        DISPUTE = "dispute", _("矛盾排查")
        CARE = "care", _("看望慰问")
        OTHER = "other", _("其他")

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("走访人"), db_index=False
    )
    village = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("村（社区）")
    )
    division_code = models.CharField(_("区划代码"), max_length=12, db_collation="C")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    purpose = models.CharField(_("事由"), max_length=10, choices=Purpose.choices, default=Purpose.ROUTINE)
    household = SealedTextField(_("走访户"), blank=True, default="")
    note = SealedTextField(_("记录"), blank=True, default="")
    at = models.DateTimeField(_("走访时间"))
    received_at = models.DateTimeField(_("收到时间"), default=now)
    concern = models.ForeignKey(
        Concern, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("形成事项")
    )
    voice_count = models.PositiveSmallIntegerField(_("语音"), default=0)
    delete_on = models.DateField(_("删除日期"), db_index=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("走访记录")
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("account", "key"), name="affairs_visit_once"),
        )
        indexes = (models.Index(fields=("division_code", "at"), name="affairs_visit_division"),)

    def __str__(self) -> str:
        return f"{self.division_code} {self.at:%F}"
