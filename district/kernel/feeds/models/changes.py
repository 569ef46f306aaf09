"""What changed in a resource, row by row, for those who follow it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource


class Op(models.TextChoices):
    PUT = "put", _("新增或更新")
    REMOVED = "removed", _("删除")


class Change(models.Model):
    """One change of one row. `subject` is a keyed hash of the row's key; `row` its items, for `removed` those it had
    last; `before` what they were, where that is known: it tells whose view the row has left. Those of resources that
    hold personal items are sealed (`keeping`).

    Kept for KEEP_DAYS. Within a resource, numbers become visible in their order (see `changes.note`), so that whoever
    has read up to a number has missed none below it.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("资源"))
    subject = models.CharField(_("记录"), max_length=200)
    op = models.CharField(_("变化"), max_length=8, choices=Op.choices)
    row = models.JSONField(_("内容"), default=dict)
    before = models.JSONField(_("原内容"), null=True)
    at = models.DateTimeField(_("时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("数据变更")
        indexes = (models.Index(fields=("resource", "id"), name="feeds_change_order"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.subject} {self.op}"


class Seen(models.Model):
    """The state of a row when changes were last looked for, of resources whose rows live in a table of this database.

    `subject` and `row` as those of a change, `digest` a keyed hash of the row's text.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+", db_index=False)
    subject = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)
    row = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = _("比对基准")
        constraints = (models.UniqueConstraint(fields=("resource", "subject"), name="feeds_seen_once"),)

    def __str__(self) -> str:
        return self.subject
