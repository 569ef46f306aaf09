"""村级事项: matters and disputes of a village, settled there or risen to the town and the district by their clock.

What people said and who they are is sealed; the case of the kernel bears the number and the clock, and nothing of a
person. Mediation before a committee, with its agreement and judicial confirmation, is governance's.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.cases.models import Case
from district.kernel.people.models import Account, Organisation
from district.kernel.people.sealed_field import SealedTextField


class Level(models.TextChoices):
    """Also the ids of the steps in the drawings."""

    VILLAGE = "village", _("村（社区）")
    TOWN = "town", _("镇（街道）")
    DISTRICT = "district", _("区")


class Concern(models.Model):
    """One matter of a village. `level` is where it is handled, or was settled; `case` carries the clock.

    `delete_on`: from when sealed texts and parties are forgotten, and only what is counted stays. `wrong_codes` counts
    evaluations tried with a code that was not right.
    """

    class Kind(models.TextChoices):
        DISPUTE = "dispute", _("矛盾纠纷")
        REQUEST = "request", _("群众诉求")
        ERRAND = "errand", _("代办事项")
        FACILITY = "facility", _("公共设施")
        SANITATION = "sanitation", _("环境卫生")
        WELFARE = "welfare", _("困难帮扶")
        SAFETY = "safety", _("安全隐患")
        OTHER = "other", _("其他")

    class Way(models.TextChoices):
        DONE = "done", _("办理解决")
        MEDIATED = "mediated", _("调解化解")
        EXPLAINED = "explained", _("解释说明")
        COMMITTEE = "committee", _("转人民调解委员会")
        COURT = "court", _("转司法途径")
        WITHDRAWN = "withdrawn", _("本人撤回")
        CANCELLED = "cancelled", _("作废")

    case = models.OneToOneField(Case, models.PROTECT, related_name="+", verbose_name=_("办件"))
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    village = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("村（社区）")
    )
    division_code = models.CharField(_("区划代码"), max_length=12, db_collation="C")
    matter = SealedTextField(_("事由"))
    level = models.CharField(_("办理层级"), max_length=10, choices=Level.choices, default=Level.VILLAGE)
    way = models.CharField(_("办结方式"), max_length=12, choices=Way.choices, blank=True)
    outcome = SealedTextField(_("办结情况"), blank=True, default="")
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办结人")
    )
    is_on_time = models.BooleanField(_("按期办结"), null=True, blank=True)
    delete_on = models.DateField(_("删除日期"), null=True, blank=True, db_index=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(_("登记时间"), default=clock.now)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("村级事项")
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at=None, way="", delete_on=None)
                | Q(settled_at__isnull=False, delete_on__isnull=False) & ~Q(way=""),
                name="affairs_concern_settled",
            ),
        )
        indexes = (
            models.Index(fields=("division_code", "opened_at"), name="affairs_concern_opened"),
            models.Index(fields=("division_code", "settled_at"), name="affairs_concern_settled_at"),
        )

    def __str__(self) -> str:
        return self.case.number


class ConcernParty(models.Model):
    """Whom it is about, by role; names are sealed."""

    class Role(models.TextChoices):
        HOUSEHOLD = "household", _("反映人")
        APPLICANT = "applicant", _("申请人")
        RESPONDENT = "respondent", _("被申请人")

    concern = models.ForeignKey(
        Concern, models.CASCADE, related_name="parties", verbose_name=_("村级事项")
    )
    role = models.CharField(_("身份"), max_length=10, choices=Role.choices)
    name = SealedTextField(_("姓名"))
    phone = SealedTextField(_("联系电话"), blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("当事人")
        ordering = ("concern", "role", "id")

    def __str__(self) -> str:
        return f"{self.concern_id} {self.role}"


class ConcernMove(models.Model):
    """From one level to another: by the clock, because the lower level asked, or given back by the upper one."""

    class Cause(models.TextChoices):
        CLOCK = "clock", _("到期自动上报")
        ASKED = "asked", _("请求上报")
        RETURNED = "returned", _("退回下级")

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="moves", verbose_name=_("村级事项"))
    from_level = models.CharField(_("从"), max_length=10, choices=Level.choices)
    to_level = models.CharField(_("到"), max_length=10, choices=Level.choices)
    cause = models.CharField(_("原因"), max_length=10, choices=Cause.choices)
    at = models.DateTimeField(_("时间"), default=clock.now)
    due_at = models.DateTimeField(_("原期限"), null=True, blank=True)
    by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办理人")
    )
    reason = SealedTextField(_("说明"), blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("层级流转")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(from_level=F("to_level")), name="affairs_concern_move_moves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.concern_id} {self.from_level} {self.to_level}"
