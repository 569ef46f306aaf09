"""矛盾纠纷: disputes between named parties under mediation, and group disputes as events of places and matters.

A group dispute has no parties, and no table will ever hold who took part, spoke or petitioned (docs/adr).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models import Account, Organisation
from district.kernel.people.sealed_field import SealedTextField


class Dispute(models.Model):
    """A dispute before a mediation committee. Parties and texts are sealed and guarded like personal records."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("婚姻家庭")
        NEIGHBOUR = "neighbour", _("邻里")
        HOMESTEAD = "homestead", _("房屋宅基地")
        LAND = "land", _("山林土地")
        CONTRACT = "contract", _("合同")
        LABOUR = "labour", _("劳动争议")
        DAMAGE = "damage", _("损害赔偿")
        TRAFFIC = "traffic", _("道路交通事故")
        RELOCATION = "relocation", _("征地拆迁")
        PROPERTY = "property", _("物业")
        MEDICAL = "medical", _("医疗")
        CONSUMER = "consumer", _("消费")
        ENVIRONMENT = "environment", _("环境污染")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        MEDIATING = "mediating", _("调解中")
        AGREED = "agreed", _("达成协议")
        CONFIRMED = "confirmed", _("已司法确认")
        FULFILLED = "fulfilled", _("已履行")
        FAILED = "failed", _("调解不成")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    kind = models.CharField(_("纠纷类型"), max_length=12, choices=Kind.choices)
    matter = SealedTextField(_("纠纷事由"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("调解组织")
    )
    mediator = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("调解员")
    )
    division_code = models.CharField(_("镇街代码"), max_length=12, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.MEDIATING)
    accepted_on = models.DateField(_("受理日期"))
    due_on = models.DateField(_("调解期限"), db_index=True)
    extended_until_on = models.DateField(_("约定延长至"), null=True, blank=True)
    agreement = SealedTextField(_("调解协议"), blank=True, default="")
    effective_on = models.DateField(_("协议生效日期"), null=True, blank=True)
    confirmation_due_on = models.DateField(_("司法确认期限"), null=True, blank=True)
    confirmed_on = models.DateField(_("司法确认日期"), null=True, blank=True)
    follow_up_due_on = models.DateField(_("回访期限"), null=True, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    ending = models.CharField(_("办结说明"), max_length=120, blank=True)
    delete_on = models.DateField(_("删除日期"), null=True, blank=True)
    case_number = models.CharField(_("工单编号"), max_length=40, blank=True)
    is_simulated = models.BooleanField(_("演示数据"), default=False)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    made_at = models.DateTimeField(_("登记时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("矛盾纠纷")
        ordering = ("-accepted_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gt=F("accepted_on")), name="governance_dispute_due"),
            models.CheckConstraint(
                condition=Q(state__in=("mediating", "agreed", "confirmed"), ended_on=None, delete_on=None)
                | Q(state__in=("fulfilled", "failed", "withdrawn"), ended_on__isnull=False,
                    delete_on__gte=F("ended_on")),
                name="governance_dispute_ends",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class DisputeParty(models.Model):
    """A side of a dispute by its role; the name is sealed."""

    class Role(models.TextChoices):
        APPLICANT = "applicant", _("申请人")
        RESPONDENT = "respondent", _("被申请人")
        THIRD = "third", _("第三人")

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="parties", verbose_name=_("纠纷"))
    role = models.CharField(_("地位"), max_length=10, choices=Role.choices)
    name = SealedTextField(_("姓名或名称"))
    phone = SealedTextField(_("联系电话"), blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("当事人")
        ordering = ("dispute", "role", "id")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.role}"


class DisputeStep(models.Model):
    """What was done: sessions, extension, agreement, confirmation, follow-up."""

    class What(models.TextChoices):
        ACCEPTED = "accepted", _("受理")
        SESSION = "session", _("调解")
        EXTENDED = "extended", _("约定延长")
        AGREED = "agreed", _("达成协议")
        CONFIRMED = "confirmed", _("司法确认")
        FOLLOW_UP = "follow_up", _("回访")
        ENDED = "ended", _("办结")

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="steps", verbose_name=_("纠纷"))
    what = models.CharField(_("事项"), max_length=10, choices=What.choices)
    at = models.DateTimeField(_("时间"), default=clock.now)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    note = SealedTextField(_("说明"), blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("调解经过")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.what}"


class GroupDispute(models.Model):
    """An event: where, about what, which department answers it, what was done. Never who."""

    class Size(models.TextChoices):
        SMALL = "small", _("30 人以下")
        MIDDLE = "middle", _("30 至 100 人")
        LARGE = "large", _("100 人以上")

    class State(models.TextChoices):
        OPEN = "open", _("处置中")
        SETTLED = "settled", _("已化解")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    kind = models.CharField(_("事项类型"), max_length=12, choices=Dispute.Kind.choices)
    place = models.CharField(_("地点"), max_length=80)
    division_code = models.CharField(_("镇街代码"), max_length=12, blank=True)
    matter = models.CharField(_("诉求事项"), max_length=300)
    size = models.CharField(_("规模"), max_length=8, choices=Size.choices)
    happened_at = models.DateTimeField(_("发生时间"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位")
    )
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(_("化解日期"), null=True, blank=True)
    case_number = models.CharField(_("工单编号"), max_length=40, blank=True)
    is_simulated = models.BooleanField(_("演示数据"), default=False)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = verbose_name_plural = _("群体性纠纷事件")
        ordering = ("-happened_at", "-id")

    def __str__(self) -> str:
        return self.number


class GroupDisputeStep(models.Model):
    """A measure a department took about the matter."""

    event = models.ForeignKey(GroupDispute, models.CASCADE, related_name="steps", verbose_name=_("事件"))
    at = models.DateTimeField(_("时间"), default=clock.now)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    measure = models.CharField(_("处置措施"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("群体性纠纷处置")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.event_id} {self.at:%Y-%m-%d}"
