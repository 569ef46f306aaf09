"""Where rows come from, and how they go into a resource."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import Resource
from district.kernel.people.sealed_field import SealedTextField


class Kind(models.TextChoices):
    FILE = "file", _("上传文件")
    FOLDER = "folder", _("监视目录")
    DATABASE = "database", _("数据库")
    HTTP = "http", _("HTTP 接口")
    MQTT = "mqtt", _("MQTT 消息")
    NATS = "nats", _("NATS 消息")


class Mode(models.TextChoices):
    REPLACE = "replace", _("整体替换")
    APPEND = "append", _("追加")
    UPSERT = "upsert", _("按主键更新")


class OnNewColumn(models.TextChoices):
    """What is done with a column that the resource has no item for."""

    IGNORE = "ignore", _("忽略新列")
    BLOCK = "block", _("暂停，等人处理")


@pghistory.track(append_only=True, exclude=["secret"])
class Source(models.Model):
    """A way by which rows of a resource are delivered.

    `settings` is what its kind needs, never a secret; `mapping` inside it is {column of the file: name of the item}.
    `secret` is JSON or a password, stored sealed. `cursor` is the largest value of `cursor_item` taken so far; rows
    at or below it are repeats. `schedule` is a cron line in China Standard Time.
    """

    name = models.CharField(_("来源名称"), max_length=120)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="sources", verbose_name=_("资源"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, default=Kind.FILE)
    settings = models.JSONField(_("设置"), default=dict, blank=True)
    secret = SealedTextField(_("密钥"), blank=True, default="")
    mode = models.CharField(_("入库方式"), max_length=10, choices=Mode.choices, default=Mode.REPLACE)
    on_new_column = models.CharField(
        _("遇到新列"), max_length=10, choices=OnNewColumn.choices, default=OnNewColumn.IGNORE
    )
    cursor_item = models.CharField(_("增量字段"), max_length=63, blank=True)
    cursor = models.JSONField(_("增量位置"), null=True, blank=True)
    schedule = models.CharField(_("时间表"), max_length=80, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    created_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人"),
        db_index=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("登记时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("数据来源")
        ordering = ("resource", "pk")

    def __str__(self) -> str:
        return self.name
