"""Which parties are one, and which were taken for one: merges, splits, and pairs to be looked at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.parties.models.parties import Party, PartyKind


class Merge(models.Model):
    """`gone` was found to be `kept`. Undone by `undone_at`; the row stays."""

    kept = models.ForeignKey(Party, models.PROTECT, related_name="merges", verbose_name=_("保留"))
    gone = models.ForeignKey(Party, models.PROTECT, related_name="merges_away", verbose_name=_("并入"))
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    at = models.DateTimeField(_("合并时间"), default=now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤销人"),
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undo_reason = models.CharField(_("撤销理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("合并")
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=("gone",), condition=models.Q(undone_at=None), name="parties_merged_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class Split(models.Model):
    """Rows of `party` that belong to somebody else were moved to `made`. `moved` names them, table by table."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="splits", verbose_name=_("主体"))
    made = models.ForeignKey(Party, models.PROTECT, related_name="split_from", verbose_name=_("拆出"))
    moved = models.JSONField(_("移动的记录"))
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    at = models.DateTimeField(_("拆分时间"), default=now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤销人"),
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undo_reason = models.CharField(_("撤销理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("拆分")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.party_id} ↦ {self.made_id}"


class CandidateState(models.TextChoices):
    WAITING = "waiting", _("待审核")
    MERGED = "merged", _("已合并")
    APART = "apart", _("不是同一主体")
    LATER = "later", _("暂缓")


class Candidate(models.Model):
    """Two parties that may be one, by the linkage. `left` has the smaller key. What a person decided is never asked again.

    `weight` is the match weight in bits, `explanation` what each comparison gave: [{field, level, weight}, …].
    """

    kind = models.CharField(_("类别"), max_length=8, choices=PartyKind.choices)
    left = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("主体甲"))
    right = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("主体乙"))
    probability = models.FloatField(_("可能性"))
    weight = models.FloatField(_("匹配权重"))
    explanation = models.JSONField(_("依据"), default=list)
    state = models.CharField(
        _("状态"), max_length=8, choices=CandidateState.choices, default=CandidateState.WAITING
    )
    found_at = models.DateTimeField(_("发现时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审核人"),
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("疑似重复")
        ordering = ("-weight",)
        constraints = (
            models.UniqueConstraint(fields=("left", "right"), name="parties_candidate_once"),
            models.CheckConstraint(
                condition=models.Q(left__lt=models.F("right")), name="parties_candidate_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"
