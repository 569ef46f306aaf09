"""Reviews by experts: how they were drawn, asked, and what they said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.sealed_field import SealedTextField

from .projects import Expert, Project

BY = settings.AUTH_USER_MODEL


class Review(models.Model):
    """A meeting of experts on a project. `wanted`: [speciality, number] in order; `criteria`: the published table the
    scores are given by, as it was when the review was called (`projects.opinions`)."""

    class Kind(models.TextChoices):
        SCHEME = "scheme", _("方案评审")
        CHANGE = "change", _("重大变更评审")
        ACCEPTANCE = "acceptance", _("验收评审")

    class State(models.TextChoices):
        DRAWING = "drawing", _("抽取专家")
        ASKING = "asking", _("邀请专家")
        SCORING = "scoring", _("专家评审中")
        DECIDED = "decided", _("已出结论")
        CANCELLED = "cancelled", _("已取消")

    class Outcome(models.TextChoices):
        PASSED = "passed", _("通过")
        REVISE = "revise", _("修改后通过")
        REFUSED = "refused", _("不通过")

    number = models.CharField(_("评审编号"), max_length=24, unique=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews", verbose_name=_("项目"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.SCHEME)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAWING)
    wanted = models.JSONField(_("抽取专业"), default=list)
    criteria = models.JSONField(_("评分标准"), default=dict)
    begins_at = models.DateTimeField(_("评审时间"))
    due_at = models.DateTimeField(_("意见截止"))
    outcome = models.CharField(_("结论"), max_length=8, choices=Outcome.choices, blank=True)
    points = models.FloatField(_("平均分"), null=True)
    decided_at = models.DateTimeField(_("结论时间"), null=True)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("组织人"))
    made_at = models.DateTimeField(_("发起时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("专家评审")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.number


class Draw(models.Model):
    """A drawing of lots for a review; see `projects.draw` for the three steps. `pool` is as `record` publishes it; a draw
    that is void stays published beside the next one."""

    class State(models.TextChoices):
        SEALING = "sealing", _("提交密封值")
        OPENING = "opening", _("开启密封值")
        DRAWN = "drawn", _("已抽取")
        VOID = "void", _("已作废")

    number = models.CharField(_("抽取编号"), max_length=28, unique=True)
    review = models.ForeignKey(Review, models.PROTECT, related_name="draws", verbose_name=_("评审"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.SEALING)
    pool = models.JSONField(_("候选名单"))
    pool_digest = models.CharField(_("名单摘要"), max_length=64)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("组织人"))
    made_at = models.DateTimeField(_("公布名单时间"), default=now)
    sealed_at = models.DateTimeField(_("密封完成时间"), null=True)
    open_by = models.DateTimeField(_("开启截止"), null=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True)
    seed = models.CharField(max_length=64, blank=True)
    chosen = models.JSONField(_("抽取结果"), default=list)
    reserve = models.JSONField(_("候补次序"), default=dict)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("专家抽取")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("review",), condition=~Q(state="void"), name="draw_of_review_once"),
        )

    def __str__(self) -> str:
        return self.number


class DrawShare(models.Model):
    """A witness's part of the lot. The secret comes here only when it is opened, after all are sealed."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="shares", verbose_name=_("抽取"))
    witness = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("见证人"))
    name = models.CharField(_("见证方"), max_length=60)
    seal = models.CharField(_("密封值"), max_length=64, blank=True)
    sealed_at = models.DateTimeField(_("密封时间"), null=True)
    secret = models.CharField(_("开启值"), max_length=128, blank=True)
    opened_at = models.DateTimeField(_("开启时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("见证密封值")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("draw", "witness"), name="share_once"),
            models.UniqueConstraint(fields=("draw", "name"), name="share_name_once"),
            models.CheckConstraint(condition=Q(secret="") | ~Q(seal=""), name="share_sealed_first"),
        )

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """An expert is asked to a review. Who does not come is followed by the next of the reserve (`stands_for`)."""

    class State(models.TextChoices):
        INVITED = "invited", _("待答复")
        ACCEPTED = "accepted", _("已接受")
        DECLINED = "declined", _("已谢绝")
        CONFLICT = "conflict", _("申报回避")
        EXPIRED = "expired", _("逾期未答复")

    review = models.ForeignKey(Review, models.PROTECT, related_name="invitations", verbose_name=_("评审"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="invitations", verbose_name=_("专家"))
    speciality = models.CharField(_("专业"), max_length=40)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.INVITED)
    stands_for = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor", verbose_name=_("替补")
    )
    invited_at = models.DateTimeField(_("邀请时间"), default=now)
    answer_by = models.DateTimeField(_("答复截止"))
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    declared_at = models.DateTimeField(_("声明无利害关系时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评审邀请")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("review", "expert"), name="invited_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(declared_at__isnull=False), name="accepted_with_declaration"
            ),
        )

    def __str__(self) -> str:
        return f"{self.review_id} {self.expert_id}"


class Opinion(models.Model):
    """What one expert says. Scores and text are sealed in the table, shown to nobody but the expert until all who were
    asked have signed, and never changed after they are signed (the database sees to it)."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="opinion", verbose_name=_("邀请"))
    said: Any = SealedTextField(_("评分与意见"))
    saved_at = models.DateTimeField(_("保存时间"), default=now)
    signed_at = models.DateTimeField(_("签署时间"), null=True)
    signed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("签署人"))
    digest = models.CharField(_("摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("专家意见")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, digest="")
                | (Q(signed_at__isnull=False) & Q(signed_by__isnull=False) & ~Q(digest="")),
                name="opinion_signed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.invitation_id)
