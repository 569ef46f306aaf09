"""使用日志: each time rows left, append-only, sealed into a chain of SM3 digests (see `grants.uses`)."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.people.models.audit import NO_TRUNCATE


class Channel(models.TextChoices):
    API = "api", _("接口")
    FILE = "file", _("文件")
    PAGE = "page", _("页面查看")
    SQL = "sql", _("分析")
    PORTRAIT = "portrait", _("全景档案")
    PUSH = "push", _("推送")
    STREAM = "stream", _("消息流")
    REGISTER = "register", _("台账取数")


def append_only(table: str) -> tuple[pgtrigger.Trigger, ...]:
    """Rows of the log can neither be changed nor taken out."""
    return (
        pgtrigger.Protect(name=f"{table}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{table}_no_truncate", level=pgtrigger.Statement, when=pgtrigger.Before,
            operation=pgtrigger.Truncate, func=NO_TRUNCATE,
        ),
    )  # fmt: skip


class Use(models.Model):
    """One use. References have no database constraint and names are copied: the log outlives what it speaks of.

    `subjects` is the number of persons whose rows were given out, `subjects_digest` SM3 over their keyed hashes.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    channel = models.CharField(_("方式"), max_length=10, choices=Channel.choices)
    resource_id = models.BigIntegerField(_("资源编号"))
    resource = models.CharField(_("资源"), max_length=120)
    grant_id = models.BigIntegerField(_("授权"), null=True)
    number = models.CharField(_("单号"), max_length=40, blank=True)
    organisation_id = models.BigIntegerField(_("部门编号"), null=True)
    organisation = models.CharField(_("使用部门"), max_length=80, blank=True)
    who = models.CharField(_("使用人或应用"), max_length=120)
    account_id = models.BigIntegerField(_("账号编号"), null=True)
    client_id = models.BigIntegerField(_("应用编号"), null=True)
    purpose = models.CharField(_("使用目的"), max_length=200)
    items = models.JSONField(_("信息项"), default=list)
    filter = models.JSONField(_("条件"), default=dict)
    rows = models.BigIntegerField(_("行数"))
    subjects = models.IntegerField(_("涉及人数"), default=0)
    subjects_digest = models.CharField(_("涉及人摘要"), max_length=64, blank=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("使用记录")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("grant_id", "-id"), name="grants_use_grant"),
            models.Index(fields=("resource_id", "-id"), name="grants_use_resource"),
        )
        triggers = append_only("use")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.resource}"


class UseSubjects(models.Model):
    """Keyed hashes of the numbers of the persons whose rows a use gave out; large uses have several of these."""

    use = models.ForeignKey(Use, models.DO_NOTHING, db_constraint=False, related_name="+")
    hashes = ArrayField(models.UUIDField())

    class Meta:
        verbose_name = verbose_name_plural = _("涉及人")
        indexes = (GinIndex(fields=("hashes",), name="grants_subject_hashes"),)
        triggers = append_only("subjects")

    def __str__(self) -> str:
        return str(self.use_id)


class Seal(models.Model):
    """The place of a use in the chain: `digest` is SM3 over the digest before it and the use."""

    seq = models.BigIntegerField(primary_key=True)
    use = models.OneToOneField(Use, models.DO_NOTHING, db_constraint=False, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("日志链")
        ordering = ("-seq",)
        triggers = append_only("seal")

    def __str__(self) -> str:
        return str(self.seq)
