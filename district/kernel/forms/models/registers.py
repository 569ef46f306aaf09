"""Registers: long-lived records that forms read from and write to (the entity lists of ODK, the 台账 of a village)."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models import DataType, Grade, Item
from district.kernel.forms.models.projects import Project
from district.kernel.people.models import Organisation


class Subject(models.TextChoices):
    HOUSEHOLD = "household", _("户")
    PERSON = "person", _("人")
    ENTITY = "entity", _("企业单位")
    PLACE = "place", _("地点设施")
    OTHER = "other", _("其他")


class WriteKind(models.TextChoices):
    """Where a value came from."""

    SUBMISSION = "submission", _("填报")
    SOURCE = "source", _("部门数据")
    API = "api", _("接口")
    SETTLEMENT = "settlement", _("核实")


class Register(models.Model):
    """An entity list: `name` as ODK writes it. `organisation` answers for it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="registers", verbose_name=_("采集项目"))
    name = models.CharField(_("代码"), max_length=60)
    title = models.CharField(_("台账名称"), max_length=80)
    subject = models.CharField(_("记录对象"), max_length=10, choices=Subject.choices, default=Subject.OTHER)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("主管单位")
    )
    created_at = models.DateTimeField(_("建立时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("台账")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("project", "name"), name="forms_register_once"),)

    def __str__(self) -> str:
        return self.title


class RegisterItem(models.Model):
    """A column of a register (a property in ODK). `resource_item`: the catalogue's item that the value is taken from.

    Values of a `grade` from three on are sealed at rest. `is_key`: its value tells records apart for departments too.
    """

    register = models.ForeignKey(Register, models.CASCADE, related_name="items", verbose_name=_("台账"))
    position = models.PositiveIntegerField(_("次序"), default=0)
    name = models.CharField(_("字段名"), max_length=60)
    title = models.CharField(_("信息项"), max_length=80)
    type = models.CharField(_("数据类型"), max_length=10, choices=DataType.choices, default=DataType.TEXT)
    grade = models.PositiveSmallIntegerField(_("敏感级别"), choices=Grade.choices, default=Grade.ONE)
    choices = models.JSONField(_("可选值"), default=dict, blank=True)
    is_key = models.BooleanField(_("关联键"), default=False)
    holder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("数源单位")
    )  # fmt: skip
    resource_item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("目录信息项")
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("台账信息项")
        ordering = ("register", "position")
        constraints = (models.UniqueConstraint(fields=("register", "name"), name="forms_register_item_once"),)

    def __str__(self) -> str:
        return self.title


class Entity(models.Model):
    """A record of a register. `values` is what its writes come to (item → text); made anew from them, never set alone.

    `conflicts`: item → identifiers of the writes that contradict, the one shown first. `version` counts what the
    server has taken, as ODK counts it. `division_code`: the village (or town) it belongs to. `key` is a keyed hash of
    the value of the register's key item. `values` of sensitive items are sealed: read them by `registers.reading`.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="entities", verbose_name=_("台账"))
    uuid = models.UUIDField(default=uuid.uuid4)
    key = models.CharField(max_length=64, blank=True, editable=False)
    label = models.CharField(_("名称"), max_length=120)
    division_code = models.CharField(_("区划代码"), max_length=12, blank=True, db_index=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    values = models.JSONField(default=dict)
    conflicts = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)
    created_at = models.DateTimeField(_("建立时间"), default=now)
    updated_at = models.DateTimeField(_("更新时间"), default=now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    deleted_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("台账记录")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("register", "uuid"), name="forms_entity_once"),)
        indexes = (
            models.Index(fields=("register", "division_code"), name="forms_entity_division"),
            models.Index(fields=("register", "key"), condition=~models.Q(key=""), name="forms_entity_key"),
            models.Index(
                fields=("register",), condition=~models.Q(conflicts={}), name="forms_entity_conflicting"
            ),
            GinIndex(fields=("values",), name="forms_entity_values"),
        )

    def __str__(self) -> str:
        return self.label


class EntityWrite(models.Model):
    """That somebody gave items of an entity values, having seen its state at `trunk_version` (and the branch before it).

    `key` names the write the same on whatever way it comes, so that it is taken once. `values`: item → text, all that the
    writer gave: what he changed follows from what he had seen (`registers.merging.outcome_of`), which may come later.
    `version`: the number the server gave it. `base_version`, `trunk_version` and `branch` are those of ODK's entities
    specification (2024.1). `at` is the writer's clock, `received_at` ours. `reason`: why a settlement chose its value.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="writes")
    key = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    base_version = models.PositiveIntegerField(null=True, blank=True)
    trunk_version = models.PositiveIntegerField(null=True, blank=True)
    branch = models.CharField(max_length=40, blank=True)
    kind = models.CharField(_("来源"), max_length=10, choices=WriteKind.choices)
    values = models.JSONField(default=dict)
    label = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(_("时间"))
    received_at = models.DateTimeField(_("收到时间"), default=now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(_("手机"), max_length=80, blank=True)
    source = models.CharField(_("出处"), max_length=120, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    submission = models.ForeignKey(
        "forms.SubmissionVersion", models.PROTECT, null=True, blank=True, related_name="writes"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("台账改动")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("entity", "key"), name="forms_write_once"),
            models.UniqueConstraint(fields=("entity", "version"), name="forms_write_number"),
        )
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self.entity_id} {self.version}"
