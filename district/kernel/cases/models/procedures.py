"""Versions of procedures: the shipped file first, then what a department makes of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class VersionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class ProcedureVersion(models.Model):
    """One drawing of a procedure. A published one never changes; new cases take the published one of highest number.

    `bpmn` is the XML of the process, `dmn` the decision tables by name (`limits.dmn` → XML). `digest` is SHA-256
    over both. `is_shipped`: came with the software and not from a department.
    """

    system = models.CharField(_("所属系统"), max_length=40)
    key = models.CharField(_("流程"), max_length=60)
    number = models.PositiveIntegerField(_("版本号"))
    state = models.CharField(
        _("状态"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    bpmn = models.TextField(_("流程图"))
    dmn = models.JSONField(_("决策表"), default=dict, blank=True)
    digest = models.CharField(max_length=64)
    is_shipped = models.BooleanField(_("随软件提供"), default=False)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("建立时间"), default=now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("建立人"),
        db_index=False,
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发布人"),
        db_index=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = _("流程版本")
        ordering = ("system", "key", "-number")
        constraints = (
            models.UniqueConstraint(fields=("system", "key", "number"), name="cases_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.system}.{self.key} {self.number}"
