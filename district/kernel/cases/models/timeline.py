"""The timeline of a case: everything that was done, never changed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models.cases import Case
from district.kernel.clock import now


class Act(models.TextChoices):
    OPEN = "open", _("立案")
    REACH = "reach", _("到达环节")
    CLAIM = "claim", _("签收")
    COMPLETE = "complete", _("完成")
    RETURN = "return", _("退回")
    HAND_OVER = "hand_over", _("移交")
    INVITE = "invite", _("邀请协办")
    ASK = "ask", _("发起协办件")
    ANSWER = "answer", _("协办件办结")
    SUSPEND = "suspend", _("挂起")
    RESUME = "resume", _("恢复")
    ASK_EXTENSION = "ask_extension", _("申请延期")
    GRANT_EXTENSION = "grant_extension", _("批准延期")
    DENY_EXTENSION = "deny_extension", _("不予延期")
    SUPERVISE = "supervise", _("督办")
    ANSWER_SUPERVISION = "answer_supervision", _("督办回复")
    FEEDBACK = "feedback", _("反馈")
    CALL_BACK = "call_back", _("回访")
    EVALUATE = "evaluate", _("评价")
    LINK = "link", _("关联")
    MERGE = "merge", _("并案")
    UNMERGE = "unmerge", _("撤销并案")
    CONFIDE = "confide", _("设为保密")
    DISCLOSE = "disclose", _("取消保密")
    WARN = "warn", _("黄牌预警")
    OVERDUE = "overdue", _("红牌超期")
    ROUTE = "route", _("确定责任单位")
    MIGRATE = "migrate", _("迁移流程版本")
    CLOSE = "close", _("办结")
    CANCEL = "cancel", _("作废")


ACTS = Act.choices


class Entry(models.Model):
    """One act. `task` is the step it was done at; `before` and `after` hold what changed, by name.

    For `reach`, `after` has `key`, `stage`, `role`, `organisation`; indicators are found from these rows alone.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="entries", verbose_name=_("办件"))
    at = models.DateTimeField(_("时间"), default=now)
    act = models.CharField(_("行为"), max_length=20, choices=ACTS)
    task = models.ForeignKey(
        "cases.Task",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("环节"),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
        db_index=False,
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("单位"),
        db_index=False,
    )
    note = models.CharField(_("说明"), max_length=1000, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办理经过")
        ordering = ("pk",)
        indexes = (models.Index(fields=("act", "at"), name="cases_entry_act"),)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.act}"
