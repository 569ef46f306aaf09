"""What different sources say of one thing, and how it was settled."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.forms.models import Entity, Register
from district.kernel.people.models import Organisation
from district.kernel.people.sealed_field import SealedTextField


class ItemRule(models.Model):
    """What must hold of an item of a register, beyond that all who say it say the same.

    `same` only sets what counts as the same: numbers no further apart than `absolute` or `percent`, and claims further
    apart than `within_days` are change, not contradiction. `order`: `item` stands in `order` to the item `other`.
    """

    class Kind(models.TextChoices):
        SAME = "same", _("各处一致")
        ORDER = "order", _("大小先后")

    class Order(models.TextChoices):
        AT_MOST = "le", _("不大于")
        AT_LEAST = "ge", _("不小于")
        LESS = "lt", _("小于")
        GREATER = "gt", _("大于")

    register = models.ForeignKey(Register, models.CASCADE, related_name="+", verbose_name=_("台账"))
    kind = models.CharField(_("规则"), max_length=5, choices=Kind.choices)
    item = models.CharField(_("信息项"), max_length=60)
    order = models.CharField(_("关系"), max_length=2, choices=Order.choices, blank=True)
    other = models.CharField(_("另一信息项"), max_length=60, blank=True)
    absolute = models.DecimalField(_("允许相差"), max_digits=14, decimal_places=4, default=0)
    percent = models.DecimalField(_("允许相差（%）"), max_digits=5, decimal_places=2, default=0)
    within_days = models.PositiveIntegerField(_("多少天内比较"), null=True, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("设定人")
    )  # fmt: skip
    created_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("一致性规则")
        ordering = ("register", "item", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("register", "kind", "item", "order", "other"), name="affairs_item_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="same", order="", other="") | Q(kind="order") & ~Q(order="") & ~Q(other=""),
                name="affairs_item_rule_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.register}：{self.item}"


class Contradiction(models.Model):
    """An item of a record of which values differ. What was said is sealed, as it may be about persons.

    `settler` is the unit that can settle it: the holder of the item, or the village (`is_village`). `claims`: a JSON
    list of `judging.Claim`; `known`: the values that raise nothing any more once it was settled to `value`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待核实")
        SETTLED = "settled", _("已核定")
        GONE = "gone", _("已自行一致")

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+", verbose_name=_("台账记录"))
    item = models.CharField(_("信息项"), max_length=60)
    rule = models.ForeignKey(
        ItemRule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("规则")
    )
    state = models.CharField(_("状态"), max_length=7, choices=State.choices, default=State.OPEN)
    division_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    settler = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核实单位")
    )  # fmt: skip
    is_village = models.BooleanField(_("由村核实"), default=False)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办件")
    )
    claims: Any = SealedTextField(default="[]")
    known: Any = SealedTextField(default="[]")
    value: Any = SealedTextField(_("核定值"), blank=True, default="")
    note = models.CharField(_("核定依据"), max_length=200, blank=True)
    found_at = models.DateTimeField(_("发现时间"), default=now)
    settled_at = models.DateTimeField(_("核定时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核定人")
    )  # fmt: skip
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("数据矛盾")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("entity", "item", "rule"), condition=Q(state="open"), nulls_distinct=False,
                name="affairs_contradiction_open_once",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("state", "division_code"), name="affairs_contradiction_place"),
            models.Index(fields=("settler", "state"), name="affairs_contradiction_settler"),
        )

    def __str__(self) -> str:
        return f"{self.entity_id} {self.item}"

    @property
    def said(self) -> list[dict[str, Any]]:
        return list(json.loads(self.claims))

    @property
    def values_known(self) -> list[str]:
        return list(json.loads(self.known))
