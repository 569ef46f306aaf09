"""What was filled in."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.forms.models.forms import Form, FormVersion
from district.kernel.forms.models.projects import AppUser
from district.kernel.people.models import Organisation


class ReviewState(models.TextChoices):
    """As in ODK Central; none yet is empty."""

    HAS_ISSUES = "hasIssues", _("有疑问")
    EDITED = "edited", _("已修改")
    REJECTED = "rejected", _("不予采纳")
    APPROVED = "approved", _("已审核")


class Submission(models.Model):
    """A filled form with all its edits. `instance_id` is that of its first version and names it for good.

    `values`: path of a question without the root (`income/wage`) → text, what all edits come to; repeats are lists of
    objects. `conflicts`: path → instance ids of the edits that contradict, the one shown first.
    `held`, `kept`, `changed`: questions whose answer the district held, those left as held, those changed.
    `asked`: questions answered. `seconds` between start and end as the phone tells them.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="submissions", verbose_name=_("表单"))
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name=_("版本"))
    instance_id = models.CharField(max_length=120)
    current_id = models.CharField(max_length=120)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("填报人")
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("填报单位")
    )  # fmt: skip
    app_user = models.ForeignKey(AppUser, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(_("手机"), max_length=120, blank=True)
    division_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    values = models.JSONField(default=dict)
    conflicts = models.JSONField(default=dict, blank=True)
    review_state = models.CharField(_("审核"), max_length=9, choices=ReviewState.choices, blank=True)
    asked = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("收到时间"), default=now)
    updated_at = models.DateTimeField(_("更新时间"), default=now)
    deleted_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("填报")
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("form", "instance_id"), name="forms_submission_once"),)
        indexes = (
            models.Index(fields=("form", "-id"), name="forms_submission_newest"),
            models.Index(fields=("division_code", "created_at"), name="forms_submission_division"),
        )

    def __str__(self) -> str:
        return self.instance_id


class SubmissionVersion(models.Model):
    """One XML that came in, kept as it was. `deprecated_id` names the version its writer had before him."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions")
    instance_id = models.CharField(max_length=120)
    deprecated_id = models.CharField(max_length=120, blank=True)
    instance_name = models.CharField(max_length=200, blank=True)
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    xml = models.TextField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    app_user = models.ForeignKey(AppUser, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(max_length=120, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(_("填写时间"))
    received_at = models.DateTimeField(_("收到时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("填报版本")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "instance_id"), name="forms_submission_version_once"
            ),
        )
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return self.instance_id


class SubmissionFile(models.Model):
    """A file that a version's XML names; `file` is empty until it has come."""

    version = models.ForeignKey(SubmissionVersion, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("填报附件")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("version", "name"), name="forms_submission_file_once"),
        )

    def __str__(self) -> str:
        return self.name
