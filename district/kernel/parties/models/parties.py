"""Who: natural persons and legal entities, their numbers and names."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.parties.models.sources import Source


class PartyKind(models.TextChoices):
    PERSON = "person", _("自然人")
    ENTITY = "entity", _("法人和其他组织")


class NumberKind(models.TextChoices):
    """The kinds of `parties.numbers`; and for records without a right number of their own, what their source calls
    them (`local`) and the number as it was written there (`written`), for the linkage to compare.
    """

    CITIZEN = "citizen", _("公民身份号码")
    RESIDENCE = "residence", _("港澳台居民居住证号码")
    CREDIT = "credit", _("统一社会信用代码")
    ORGANISATION = "organisation", _("组织机构代码")
    LOCAL = "local", _("来源内编号")
    WRITTEN = "written", _("原填号码（未通过校验）")


class Party(models.Model):
    """One identity. A merge moves nothing: it points from one party (`merged_into`) to another.

    `root` is the end of that chain, the party itself when it stands alone; what is said of all parties with the same
    root is said of one and the same somebody. `name` and `division_code` are the winning values of the root.
    """

    kind = models.CharField(_("类别"), max_length=8, choices=PartyKind.choices)
    name = models.CharField(_("名称"), max_length=200, blank=True)
    division_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    root = models.ForeignKey("self", models.PROTECT, related_name="members", verbose_name=_("归于"))
    is_simulated = models.BooleanField(_("模拟数据"), default=False)
    created_at = models.DateTimeField(_("登记时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("主体")
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("kind", "name"), name="parties_kind_name"),
            models.Index(
                fields=("division_code",), name="parties_division", opclasses=("varchar_pattern_ops",)
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="parties_not_into_itself"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_root(self) -> bool:
        return self.root_id == self.pk


class Number(models.Model):
    """An identifying number. `sealed` is SM4 (GB/T 32907); `digest` is HMAC-SM3 under a key of its own, to search by."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="numbers", verbose_name=_("主体"))
    kind = models.CharField(_("号码类别"), max_length=12, choices=NumberKind.choices)
    sealed = models.TextField(_("密文"))
    digest = models.BinaryField(_("检索摘要"), max_length=32)
    created_at = models.DateTimeField(_("登记时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("号码")
        ordering = ("party", "kind")
        constraints = (models.UniqueConstraint(fields=("kind", "digest"), name="parties_number_once"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class NameKind(models.TextChoices):
    LEGAL = "legal", _("法定名称")
    FORMER = "former", _("曾用名")
    ALIAS = "alias", _("别名")
    SHORT = "short", _("简称")


class Name(models.Model):
    """A name as a source gave it: first seen `first_at`, last seen `source_at`.

    Which of the legal names is in use follows from the sources (`settling`): `is_current` marks it. A legal name whose
    own source gave another one later is a former one (`queries.names_of`).
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="names", verbose_name=_("主体"))
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("名称类别"), max_length=8, choices=NameKind.choices, default=NameKind.LEGAL)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("来源"))
    first_at = models.DateTimeField(_("最早时间"))
    source_at = models.DateTimeField(_("最近时间"))
    until_on = models.DateField(_("停用日期"), null=True, blank=True)
    is_current = models.BooleanField(_("现用"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("名称")
        ordering = ("party", "-source_at")
        constraints = (
            models.UniqueConstraint(fields=("party", "name", "kind", "source"), name="parties_name_once"),
        )
        indexes = (
            models.Index(fields=("name",), name="parties_name_prefix", opclasses=("varchar_pattern_ops",)),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
