"""Forms and their versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.forms.models.projects import Project
from district.kernel.forms.models.registers import Register
from district.kernel.people.models import Organisation


class FormState(models.TextChoices):
    """As in ODK Central: `closing` takes what was begun but hands out nothing new; `closed` takes nothing."""

    OPEN = "open", _("开放")
    CLOSING = "closing", _("只收已填")
    CLOSED = "closed", _("已关闭")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("现行")
    RETIRED = "retired", _("已换")


class Form(models.Model):
    """A form that `organisation` asks of the people of `audience` (units and all below them; nobody named: all staff)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="forms", verbose_name=_("采集项目"))
    xml_form_id = models.CharField(_("表单代码"), max_length=64)
    title = models.CharField(_("表单名称"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("要表单位")
    )
    audience = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("填报单位"))
    purpose = models.TextField(_("用途"), blank=True)
    ground = models.CharField(_("依据"), max_length=200, blank=True)
    keep_months = models.PositiveIntegerField(_("保存月数"), default=36)
    state = models.CharField(_("状态"), max_length=8, choices=FormState.choices, default=FormState.OPEN)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("设计人")
    )  # fmt: skip
    created_at = models.DateTimeField(_("建立时间"), default=now)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)
    deleted_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("表单")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "xml_form_id"), condition=models.Q(deleted_at=None), name="forms_form_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """One state of a form's questions. Published ones never change.

    `questions`: the questions in order, each a JSON object as `questions.Question` writes it. `xform` is what a phone
    fetches; `md5` its hash in hexadecimal, as in OpenRosa's form list.
    """

    form = models.ForeignKey(Form, models.CASCADE, related_name="versions", verbose_name=_("表单"))
    version = models.CharField(_("版本"), max_length=80)
    state = models.CharField(
        _("状态"), max_length=9, choices=VersionState.choices, default=VersionState.DRAFT
    )
    xlsx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    xform = models.TextField()
    md5 = models.CharField(max_length=32)
    questions = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("制作人")
    )  # fmt: skip
    made_at = models.DateTimeField(_("制作时间"), default=now)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表单版本")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("form", "version"), condition=~models.Q(state="draft"), name="forms_version_once"
            ),
            models.UniqueConstraint(
                fields=("form",), condition=models.Q(state="draft"), name="forms_one_draft"
            ),
            models.UniqueConstraint(
                fields=("form",), condition=models.Q(state="published"), name="forms_one_published"
            ),
        )

    def __str__(self) -> str:
        return f"{self.form} {self.version}"


class FormFile(models.Model):
    """A file the form names (picture, sound, list): an upload, or a register whose rows are sent as `<name>.csv`."""

    version = models.ForeignKey(FormVersion, models.CASCADE, related_name="files")
    name = models.CharField(_("文件名"), max_length=130)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表单附件")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("version", "name"), name="forms_file_once"),)

    def __str__(self) -> str:
        return self.name
