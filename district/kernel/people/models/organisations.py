"""The tree of units: the city above, the district's units, towns and streets, villages, regulated enterprises."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from district.kernel.people.credit_codes import CREDIT_FORM, is_credit_code
from district.kernel.people.refused import Refused


class Kind(models.TextChoices):
    CITY = "city", _("市级单位")
    DISTRICT = "district", _("区")
    PARTY = "party", _("党委、人大、政协、军事、司法机关")
    DEPARTMENT = "department", _("区直部门")
    ZONE = "zone", _("开发区、管委会")
    TOWN = "town", _("镇街")
    VILLAGE = "village", _("村（居）委会")
    BOARD = "board", _("议事协调机构")
    ENTERPRISE = "enterprise", _("企业")


@pghistory.track(append_only=True)
class Organisation(models.Model):
    """A unit. `path` is the codes from the root down, joined by dots; a subtree is a prefix of it.

    `division_code` is the division a unit governs (a town, a village): 6, 9 or 12 digits, empty for a department.
    `uscc` is its 统一社会信用代码, empty where it is not known.
    """

    code = models.CharField(_("单位代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    en = models.CharField(_("英文名称"), max_length=120, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    path = models.CharField(_("路径"), max_length=255, unique=True, db_collation="C", editable=False)
    division_code = models.CharField(_("区划代码"), max_length=12, blank=True, db_index=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    order = models.PositiveIntegerField(_("次序"), default=0)
    is_demo = models.BooleanField(_("演示"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("组织机构")
        ordering = ("order", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9_]+$"), name="people_organisation_code_form"
            ),
            models.CheckConstraint(
                condition=Q(division_code__regex=r"^([0-9]{6}([0-9]{3}([0-9]{3})?)?)?$"),
                name="people_organisation_division_form",
            ),
            models.CheckConstraint(condition=Q(uscc__regex=rf"^({CREDIT_FORM})?$"), name="people_organisation_uscc_form"),
            models.UniqueConstraint(fields=("uscc",), condition=~Q(uscc=""), name="people_organisation_uscc_once"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Raises Refused `uscc_wrong` for a number whose check characters do not fit."""
        if self.uscc and not is_credit_code(self.uscc):
            raise Refused("uscc_wrong", "统一社会信用代码的格式或校验码不符", field="uscc", value=self.uscc)
        self.path = f"{self.parent.path}.{self.code}" if self.parent else self.code
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return self.en if self.en and (get_language() or "").startswith("en") else self.name

    def contains(self, other: Organisation) -> bool:
        """Whether `other` is this unit or below it."""
        return other.path == self.path or other.path.startswith(f"{self.path}.")

    def subtree(self) -> models.QuerySet[Organisation]:
        """This unit and all below it."""
        return Organisation.objects.filter(Q(path=self.path) | Q(path__startswith=f"{self.path}."))
