"""Files that were taken, and what they belong to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.kinds import SHOWN_IN_PAGES


class StoredFile(models.Model):
    """A file under the name somebody gave it. Rows of equal `sha256` share one copy of the content.

    `lon`, `lat`: where the camera says a photo was taken, WGS-84 degrees.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=130)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.BigIntegerField(_("大小"))
    purpose = models.CharField(_("用途"), max_length=60)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    kept_at = models.DateTimeField(_("收到时间"), default=now)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上传人"),
        db_index=False,
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("附件")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown_in_pages(self) -> bool:
        """Whether a browser may draw it inside a page of ours."""
        return self.media_type in SHOWN_IN_PAGES


class FileLink(models.Model):
    """What a file belongs to: `subject` is the key of a thing of `subject_kind`, whose owner says who may look."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="links", verbose_name=_("附件"))
    subject_kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    purpose = models.CharField(_("用途"), max_length=60)
    is_personal = models.BooleanField(_("含个人信息"), default=True)
    at = models.DateTimeField(_("时间"), default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("关联人"),
        db_index=False,
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("附件归属")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("subject_kind", "subject", "file"), name="files_link_once"),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject} {self.file_id}"
