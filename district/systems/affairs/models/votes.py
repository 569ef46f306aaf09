"""四议两公开 and the votes of a village.

Nothing ties a secret vote to a voter: slips are drawn, so their codes belong to nobody by name; a slip says only that
it was used; what was chosen is added to a count. The database refuses a choice beside a voter of a secret ballot.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation

from .village import Meeting


class Stage(models.TextChoices):
    """What a proposal waits for, in the order of 四议两公开; the last two are ends."""

    PROPOSE = "propose", _("村党组织提议")
    CONSULT = "consult", _("“两委”会商议")
    REVIEW = "review", _("党员大会审议")
    DECIDE = "decide", _("村民代表会议或村民会议决议")
    PUBLISH = "publish", _("决议公开")
    CARRY_OUT = "carry_out", _("组织实施")
    SHOW_RESULT = "show_result", _("实施结果公开")
    DONE = "done", _("全部完成")
    DROPPED = "dropped", _("未通过")


class Proposal(models.Model):
    """A matter that the village decides together."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("村"))
    division_code = models.CharField(_("区划"), max_length=12, blank=True, db_collation="C")
    title = models.CharField(_("议题"), max_length=120)
    text = models.TextField(_("内容"))
    stage = models.CharField(_("环节"), max_length=11, choices=Stage.choices, default=Stage.PROPOSE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("提出时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("村务议题")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title


class ProposalStep(models.Model):
    """A step taken: the meeting that took it, or the text made public until `public_until`."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    stage = models.CharField(_("环节"), max_length=11, choices=Stage.choices)
    is_agreed = models.BooleanField(_("通过"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("会议")
    )
    present = models.PositiveIntegerField(_("到会"), null=True, blank=True)
    expected = models.PositiveIntegerField(_("应到"), null=True, blank=True)
    agreeing = models.PositiveIntegerField(_("同意"), null=True, blank=True)
    text = models.TextField(_("说明"), blank=True)
    public_until = models.DateTimeField(_("公开至"), null=True, blank=True)
    at = models.DateTimeField(_("时间"), default=now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("议事环节")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("proposal", "stage"), name="affairs_proposal_step_once"),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.stage}"


class Roll(models.TextChoices):
    """Who has a vote: one for a household, or one for a delegate."""

    HOUSEHOLD = "household", _("一户一票")
    DELEGATE = "delegate", _("一名代表一票")


class Ballot(models.Model):
    """A vote of a meeting. `is_secret`: by slips that were drawn; else by hand, each vote beside its voter."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballots", verbose_name=_("会议"))
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="ballots", verbose_name=_("议题")
    )
    question = models.CharField(_("表决事项"), max_length=200)
    options = models.JSONField(_("选项"), default=list)
    roll = models.CharField(_("计票单位"), max_length=9, choices=Roll.choices)
    is_secret = models.BooleanField(_("无记名"), default=True)
    opened_at = models.DateTimeField(_("开始时间"), default=now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    is_passed = models.BooleanField(_("通过"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表决")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.question


class Voter(models.Model):
    """One line of the roll. `has_slip`: a slip was drawn; `choice`: the vote of an open ballot, never of a secret one."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="voters")
    label = models.CharField(_("户主或代表"), max_length=60)
    is_secret = models.BooleanField()
    has_slip = models.BooleanField(_("已领票"), default=False)
    choice = models.CharField(_("选择"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表决人")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("ballot", "label"), name="affairs_voter_once"),
            models.CheckConstraint(condition=Q(is_secret=False) | Q(choice=""), name="affairs_voter_secret"),
        )

    def __str__(self) -> str:
        return self.label


class Slip(models.Model):
    """A drawn slip: the hash of its code and whether it was used. No time, no voter, no choice, a random key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    is_used = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("选票")

    def __str__(self) -> str:
        return str(self.id)


class Count(models.Model):
    """How many votes an option of a ballot has."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="counts")
    option = models.CharField(_("选项"), max_length=60)
    votes = models.PositiveIntegerField(_("票数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("计票")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("ballot", "option"), name="affairs_count_once"),)

    def __str__(self) -> str:
        return f"{self.option} {self.votes}"
