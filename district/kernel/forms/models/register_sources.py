"""What fills registers besides phones, what could not be taken yet, and who settled edits that contradict."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource, Version
from district.kernel.forms.models.registers import Register
from district.kernel.forms.models.submissions import Submission, SubmissionVersion


class RegisterSource(models.Model):
    """A resource of the catalogue whose rows give items of a register their values.

    `columns`: item of the register → item of the resource. A row belongs to the record whose key item says the same as
    `key_column`; where none does and it `creates`, a new one is made with `label_column` and `division_column`.
    `counts`: what the last run did, by the names of `registers.sync.Outcome`.
    """

    register = models.ForeignKey(Register, models.CASCADE, related_name="sources", verbose_name=_("台账"))
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", verbose_name=_("数据资源"))
    key_column = models.CharField(_("关联信息项"), max_length=63)
    columns = models.JSONField(_("取用信息项"), default=dict)
    label_column = models.CharField(_("名称取自"), max_length=63, blank=True)
    division_column = models.CharField(_("区划取自"), max_length=63, blank=True)
    creates = models.BooleanField(_("台账没有的新建"), default=False)
    is_active = models.BooleanField(_("在用"), default=True)
    last_version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, related_name="+")
    last_run_at = models.DateTimeField(_("最近取数"), null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    error = models.CharField(_("出错原因"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("设置人")
    )  # fmt: skip
    created_at = models.DateTimeField(_("建立时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("台账数据来源")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("register", "resource"), name="forms_register_source_once"),
        )

    def __str__(self) -> str:
        return f"{self.register} ← {self.resource}"


class WaitingState(models.TextChoices):
    WAITING = "waiting", _("等待前一份")
    REFUSED = "refused", _("未采纳")
    TAKEN = "taken", _("已写入")


class WaitingWrite(models.Model):
    """What a filled form says of a record, and why the register has not taken it; the form itself is kept whole.

    An update whose record has not come yet waits for it and is taken then.
    """

    register = models.ForeignKey(Register, models.CASCADE, related_name="waiting", verbose_name=_("台账"))
    uuid = models.CharField(_("记录编号"), max_length=120)
    submission = models.ForeignKey(
        SubmissionVersion, models.CASCADE, related_name="waiting_writes", verbose_name=_("填报")
    )
    state = models.CharField(
        _("状态"), max_length=8, choices=WaitingState.choices, default=WaitingState.WAITING
    )
    code = models.CharField(max_length=20)
    words = models.CharField(_("原因"), max_length=200)
    received_at = models.DateTimeField(_("收到时间"), default=now)
    taken_at = models.DateTimeField(_("写入时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("待写入台账")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("register", "uuid", "submission"), name="forms_waiting_once"),
        )

    def __str__(self) -> str:
        return f"{self.register} {self.uuid}"


class SubmissionSettlement(models.Model):
    """That somebody who saw all edits of a submission chose the answer at `path`. `seen`: their instance ids."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="settlements")
    path = models.CharField(max_length=255)
    value = models.JSONField()
    seen = models.JSONField(default=list)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("核实人")
    )
    at = models.DateTimeField(_("核实时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("填报核实")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.submission} {self.path}"
