"""异议校核: somebody says data are wrong or were used wrongly; the provider corrects and answers."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource
from district.kernel.grants.models.grants import Grant
from district.kernel.people.models import Account, Organisation
from district.kernel.people.sealed_field import SealedTextField


@pghistory.track(append_only=True, exclude=["contact"])
class Objection(models.Model):
    """Raised by a department that uses the data, or by a citizen (`by_citizen`; number as keyed hash only)."""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        UPHELD = "upheld", _("成立，已更正")
        REJECTED = "rejected", _("不成立")

    number = models.CharField(_("异议编号"), max_length=30, unique=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="objections", verbose_name=_("资源"))
    grant = models.ForeignKey(
        Grant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("授权")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出部门")
    )
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("提出人"),
        db_index=False,
    )
    by_citizen = models.UUIDField(_("本人"), null=True, blank=True)
    contact = SealedTextField(_("联系方式"), blank=True, default="")
    text = models.TextField(_("异议内容"))
    records = models.PositiveIntegerField(_("涉及记录数"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField(_("提出时间"), default=now)
    due_at = models.DateTimeField(_("答复期限"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("答复人"),
        db_index=False,
    )
    answer = models.TextField(_("答复"), blank=True)
    is_simulated = models.BooleanField(_("模拟数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.number
