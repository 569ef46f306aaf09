"""人才库: persons who agreed to be found for the work, until a day, for a purpose."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.sealed_field import SealedTextField

BY = settings.AUTH_USER_MODEL


class Talent(models.Model):
    """个人信息保护法 art. 6, 13, 15, 19, 47: a purpose, a legal basis, an end, a way to object and to be forgotten. Name,
    phone and employer are sealed and shown masked; a look at them whole asks for a reason and is noted, for the person too.
    An erased row keeps its number and when it was erased, nothing else."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("本人同意")
        CONTRACT = "contract", _("履行合同")

    class Source(models.TextChoices):
        OWN = "own", _("本人申报")
        HIRED = "hired", _("引进")
        TRAINED = "trained", _("培养")

    class Level(models.TextChoices):
        LEADING = "leading", _("领军人才")
        CORE = "core", _("核心技术人才")
        COMPOUND = "compound", _("复合型人才")
        SKILLED = "skilled", _("技能人才")

    class State(models.TextChoices):
        ACTIVE = "active", _("在库")
        OBJECTED = "objected", _("本人已提出异议")
        ERASED = "erased", _("已删除")

    number = models.CharField(_("编号"), max_length=16, unique=True)
    account = models.OneToOneField(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("本人账号"))
    name = SealedTextField(_("姓名"), blank=True)
    phone = SealedTextField(_("电话"), blank=True)
    employer = SealedTextField(_("单位"), blank=True)
    fields = models.JSONField(_("专业方向"), default=list)
    level = models.CharField(_("类别"), max_length=8, choices=Level.choices, blank=True)
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices)
    basis = models.CharField(_("合法性基础"), max_length=8, choices=Basis.choices)
    purpose = models.CharField(_("使用目的"), max_length=120)
    agreed_at = models.DateTimeField(_("同意时间"))
    until_on = models.DateField(_("保存至"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ACTIVE)
    objected_at = models.DateTimeField(_("异议时间"), null=True)
    objection = models.CharField(_("异议内容"), max_length=300, blank=True)
    answer_by = models.DateField(_("答复期限"), null=True)
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    erased_at = models.DateTimeField(_("删除时间"), null=True)
    made_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))
    made_at = models.DateTimeField(_("登记时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("人才")
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="erased")
                | Q(name="", phone="", employer="", level="", account__isnull=True, erased_at__isnull=False),
                name="talent_erased_is_empty",
            ),
            models.CheckConstraint(condition=~Q(state="active") | ~Q(purpose=""), name="talent_has_purpose"),
        )

    def __str__(self) -> str:
        return self.number
