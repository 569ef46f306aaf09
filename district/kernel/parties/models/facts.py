"""What is said of parties, by whom and when; how they stand to one another; and what they object to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.parties import sealing
from district.kernel.parties.models.parties import Party
from district.kernel.parties.models.sources import Source


class FactField(models.TextField):
    """Plain in Python; in the database as it was noted, sealed or not. `noting` alone writes it."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return value if value is None else sealing.opened(value)


class Attribute(models.Model):
    """A value a source gave: all are kept, one of a root and key is `is_current` (`settling`).

    A source that gives the same value again only moves `source_at`, so a row is what one source said, from the first
    to the last time it said so. What reaches or describes a person is sealed in the database (`sealing.SEALED_KEYS`);
    `mark` tells equal values apart from others without saying what they are.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="attributes", verbose_name=_("主体"))
    key = models.CharField(_("信息项"), max_length=40)
    value = FactField(_("值"))
    mark = models.CharField(_("值的标记"), max_length=64, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("来源"))
    first_at = models.DateTimeField(_("最早时间"))
    source_at = models.DateTimeField(_("最近时间"))
    is_current = models.BooleanField(_("采用"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("信息")
        ordering = ("party", "key", "-is_current", "-source_at")
        constraints = (
            models.UniqueConstraint(
                fields=("party", "key", "source", "mark"), name="parties_attribute_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.pk}"


class RelationKind(models.TextChoices):
    """Read from `party` to `other`: the entity's legal representative, the person's employer."""

    LEGAL_REPRESENTATIVE = "legal_representative", _("法定代表人（负责人）")
    SHAREHOLDER = "shareholder", _("股东")
    OPERATOR = "operator", _("经营者")
    EMPLOYER = "employer", _("用人单位")
    HOUSEHOLD = "household_member", _("同户成员")
    GUARDIAN = "guardian", _("监护人")
    BRANCH = "branch", _("分支机构")


class Relation(models.Model):
    party = models.ForeignKey(Party, models.CASCADE, related_name="relations", verbose_name=_("主体"))
    kind = models.CharField(_("关系"), max_length=24, choices=RelationKind.choices)
    other = models.ForeignKey(Party, models.CASCADE, related_name="relations_from", verbose_name=_("对方"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("来源"))
    from_on = models.DateField(_("起始日期"), null=True, blank=True)
    until_on = models.DateField(_("终止日期"), null=True, blank=True)
    source_at = models.DateTimeField(_("最近时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("关系")
        ordering = ("party", "kind", "-source_at")
        constraints = (
            models.UniqueConstraint(
                fields=("party", "kind", "other", "source"), name="parties_relation_once"
            ),
            models.CheckConstraint(condition=~Q(party=models.F("other")), name="parties_relation_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Objection(models.Model):
    """异议: a party, or somebody for it, says that what is kept is wrong or must not be kept (个人信息保护法 44–47)."""

    class State(models.TextChoices):
        OPEN = "open", _("待核实")
        UPHELD = "upheld", _("成立")
        DISMISSED = "dismissed", _("不成立")

    party = models.ForeignKey(Party, models.CASCADE, related_name="objections", verbose_name=_("主体"))
    key = models.CharField(_("信息项"), max_length=40, blank=True)
    text = models.CharField(_("异议内容"), max_length=500)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    filed_at = models.DateTimeField(_("登记时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("核实人"),
    )
    decided_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ("-filed_at",)

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"
