"""What browsers get of a version: made when it is published, kept with it, made anew when the rules change."""

from __future__ import annotations

import logging

from district.kernel.forms import xml
from district.kernel.forms.models import FormVersion, WebForm
from district.kernel.forms.web.transformation import is_bundled, made_with, transform

logger = logging.getLogger(__name__)


def web_form(version: FormVersion) -> WebForm:
    """Raises NotBundled where set-up has not put the stylesheets, xml.Unreadable for what is no form."""
    mark = made_with()[:32] + version.md5
    kept = WebForm.objects.filter(version=version, made_with=mark).first()
    if kept is not None:
        return kept
    made = transform(version.xform)
    row, _made = WebForm.objects.update_or_create(
        version=version, defaults={"html": made.html, "model": made.model, "made_with": mark}
    )
    return row


def prepare(version: FormVersion) -> None:
    """At publication, so that no clerk waits for it. Without the stylesheets there are no web forms, only phones."""
    if not is_bundled():
        return
    try:
        web_form(version)
    except xml.Unreadable as error:
        logger.warning("form version %s has no web form: %s", version.pk, error.code)
