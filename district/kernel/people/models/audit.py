"""The audit trail: who looked at or did what, in a chain that shows when a row was altered or taken out."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models.accounts import Account

NO_TRUNCATE = """
    -- The runner of tests empties tables between tests; nobody else may.
    IF current_database() LIKE 'test\\_%' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the audit trail cannot be emptied';
"""


class AuditEntry(models.Model):
    """One act. `seq` has no gaps; `digest` is SM3 over the previous digest and this row (see `people.audit`).

    Names are copied, not only referred to: a row says the same when the account has moved or left.
    """

    seq = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    account = models.ForeignKey(
        Account, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, verbose_name=_("账号")
    )
    username = models.CharField(_("工号"), max_length=40, blank=True)
    organisation = models.CharField(_("单位"), max_length=80, blank=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    action = models.CharField(_("行为"), max_length=40, db_index=True)
    subject_kind = models.CharField(_("对象类别"), max_length=60, blank=True)
    subject = models.CharField(_("对象"), max_length=120, blank=True)
    purpose = models.CharField(_("目的"), max_length=200, blank=True)
    fields = models.JSONField(_("字段"), default=list)
    result = models.CharField(_("结果"), max_length=40, default="ok")
    previous = models.CharField(_("上一摘要"), max_length=64)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审计记录")
        ordering = ("-seq",)
        indexes = (models.Index(fields=("username", "-seq"), name="people_audit_username"),)
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate", level=pgtrigger.Statement, when=pgtrigger.Before,
                operation=pgtrigger.Truncate, func=NO_TRUNCATE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.username} {self.action} {self.subject}"


class AuditCheck(models.Model):
    """A walk along the chain: when, how far, what it found. Rows are only added; the anchors stand outside the database.

    `since` is the row it began after: 0 for a walk along the whole chain.
    """

    at = models.DateTimeField(_("核验时间"), db_index=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("核验人"))
    since = models.BigIntegerField(_("起始序号"), default=0)
    rows = models.BigIntegerField(_("记录数"))
    head = models.CharField(_("末条摘要"), max_length=64)
    anchors = models.PositiveIntegerField(_("锚点数"), default=0)
    broken_at = models.BigIntegerField(_("断开处"), null=True)
    problem = models.CharField(_("问题"), max_length=20, blank=True)
    took_ms = models.PositiveIntegerField(_("用时（毫秒）"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("审计链核验")
        ordering = ("-pk",)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.problem or self.rows}"
