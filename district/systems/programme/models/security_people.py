"""People who come, move and leave; people of suppliers; what is done with personal data."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation

from .contracts import Contract

BY = settings.AUTH_USER_MODEL


class StaffNotice(models.Model):
    """人事通知: somebody joins, moves or leaves. The platform does what it says at `effective_at`, or at once when that is
    past; `due_at` is an hour after it could first have known. `key` makes a notice sent twice one notice."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("入职")
        MOVED = "moved", _("调动")
        LEFT = "left", _("离职")

    class State(models.TextChoices):
        WAITING = "waiting", _("待生效")
        DONE = "done", _("已执行")
        NOTHING = "nothing", _("无账号")
        REFUSED = "refused", _("无法执行")
        WITHDRAWN = "withdrawn", _("已撤回")

    key = models.CharField(_("通知编号"), max_length=60, unique=True, default=uuid4)
    kind = models.CharField(_("事项"), max_length=8, choices=Kind.choices)
    username = models.CharField(_("工号"), max_length=40)
    account = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("账号"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("到任单位")
    )
    effective_at = models.DateTimeField(_("生效时间"))
    reason = models.CharField(_("依据"), max_length=120)
    given_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("通知人"))
    given_at = models.DateTimeField(_("通知时间"), default=now)
    due_at = models.DateTimeField(_("时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    done_at = models.DateTimeField(_("执行时间"), null=True)
    ended = models.JSONField(_("收回"), default=dict, help_text="sessions, duties, tokens, phones, second_factors")
    problem = models.CharField(_("原因"), max_length=200, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("交接办件"))
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("人事通知")
        ordering = ("-given_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(given_by__isnull=True) | ~Q(account=F("given_by")),
                name="notice_not_of_oneself",
            ),
            models.CheckConstraint(condition=~Q(kind="moved") | Q(organisation__isnull=False), name="notice_moves_to"),
        )

    def __str__(self) -> str:
        return f"{self.username} {self.kind}"


class SupplierAccess(models.Model):
    """Somebody of a supplier works on a system for a time. Asked for by one, approved by another; only then there is an
    account, which ends by itself at `until_at` (the account's own `until_at` holds whether or not a job runs)."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        OPEN = "open", _("已开通")
        REFUSED = "refused", _("已驳回")
        ENDED = "ended", _("已结束")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="accesses", verbose_name=_("合同"))
    person = models.CharField(_("人员"), max_length=40)
    username = models.CharField(_("工号"), max_length=40)
    role = models.CharField(_("角色"), max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    purpose = models.CharField(_("事由"), max_length=200)
    from_at = models.DateTimeField(_("开始时间"))
    until_at = models.DateTimeField(_("截止时间"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED)
    account = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("账号"))
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ended_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("结束人"))
    words = models.CharField(_("说明"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("供应商访问")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="access_times"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="access_needs_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(decided_by__isnull=False, account__isnull=False), name="access_open_decided"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class ProcessingActivity(models.Model):
    """个人信息处理活动: what is done with whose data, by what right, until when; in force once another has confirmed it."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("个人同意")
        CONTRACT = "contract", _("合同或人力资源管理必需")
        DUTY = "duty", _("法定职责或义务")
        EMERGENCY = "emergency", _("突发公共卫生事件或紧急情况")
        NEWS = "news", _("公共利益新闻报道、舆论监督")
        PUBLISHED = "published", _("已合法公开的信息")
        OTHER = "other", _("法律、行政法规规定的其他情形")

    name = models.CharField(_("处理活动"), max_length=120, unique=True)
    system = models.SlugField(_("系统"), max_length=40)
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("处理者"))
    purpose = models.CharField(_("目的"), max_length=200)
    basis = models.CharField(_("合法性基础"), max_length=10, choices=Basis.choices)
    ground = models.CharField(_("依据条文"), max_length=200)
    subjects = models.CharField(_("个人类别"), max_length=120)
    kinds = models.CharField(_("信息种类"), max_length=200)
    is_sensitive = models.BooleanField(_("敏感个人信息"), default=False)
    kept = models.CharField(_("保存期限"), max_length=80)
    receivers = models.CharField(_("接收方"), max_length=200, blank=True)
    assessed_on = models.DateField(_("影响评估日期"), null=True, blank=True)
    assessment = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("影响评估报告"))
    until_on = models.DateField(_("有效期至"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    made_at = models.DateTimeField(_("登记时间"), default=now)
    confirmed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("个人信息处理活动")
        ordering = ("system", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="processing_needs_two"
            ),
        )

    def __str__(self) -> str:
        return self.name
