"""Forms as browsers need them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.forms.models.forms import FormVersion


class WebForm(models.Model):
    """What a version's XForm was turned into: questions as HTML, and the model that Enketo calculates with.

    `made_with` names the stylesheets and rules; when they change it is made anew.
    """

    version = models.OneToOneField(
        FormVersion, models.CASCADE, related_name="web_form", verbose_name=_("版本")
    )
    html = models.TextField()
    model = models.TextField()
    made_with = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("网页表单")

    def __str__(self) -> str:
        return str(self.version)
