"""A form that asks mostly for what is held already is looked at by somebody else before it is asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.forms.models.forms import FormVersion


class ReviewOutcome(models.TextChoices):
    SUBMITTED = "submitted", _("待审核")
    APPROVED = "approved", _("同意")
    RETURNED = "returned", _("退回")


class FormReview(models.Model):
    """The request for one state of a draft: `md5` is what was looked at, another draft needs another request.

    `asked` questions, of which `held` are held elsewhere and yet asked; `reason` says why they must be asked.
    """

    version = models.ForeignKey(FormVersion, models.CASCADE, related_name="reviews", verbose_name=_("版本"))
    md5 = models.CharField(max_length=32)
    asked = models.PositiveIntegerField(_("题数"))
    held = models.PositiveIntegerField(_("已有仍要填"))
    held_labels = models.JSONField(_("已有仍要填的题"), default=list)
    reason = models.TextField(_("理由"))
    state = models.CharField(
        _("状态"), max_length=9, choices=ReviewOutcome.choices, default=ReviewOutcome.SUBMITTED
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人"))
    at = models.DateTimeField(_("提交时间"), default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )  # fmt: skip
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    note = models.CharField(_("审核意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表单审核")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("version",), condition=models.Q(state="submitted"), name="forms_one_review_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"
