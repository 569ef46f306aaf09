"""The Jinja2 environment of our pages, and what every page is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment

from district.kernel import clock
from district.kernel.people.single_sign_on import issuer
from district.kernel.ui import formats
from district.kernel.ui.components import Components
from district.kernel.ui.languages import pick
from district.kernel.ui.saying import said
from district.kernel.ui.shell import Shell, theme_of


def environment(*, autoescape: bool = True, **options: Any) -> Environment:
    """Made by Django's Jinja2 engine. Templates are `<app>/jinja2/<app>/*.html`; texts are Chinese in `_("…")`.

    Everything is escaped, whatever is asked for. In `_("共 %(n)s 条", n=5)` a percent sign of the text itself is written `%%`.
    """
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], **options)
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # by the i18n extension
    made.globals.update(url=url, static=static, now=clock.now, pick=pick, ui=Components(made), house=issuer())
    made.filters.update(formats.FILTERS, pick=pick, said=said, unit=formats.unit)
    made.policies["ext.i18n.trimmed"] = True
    made.trim_blocks = made.lstrip_blocks = True
    return made


def url(name: str, *arguments: Any, **named: Any) -> str:
    """`url("environment:stations")`: the address of a view; NoReverseMatch when there is none."""
    return reverse(name, args=arguments or None, kwargs=named or None)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every template may use. All of it is looked up only when a template asks for it."""
    shell = Shell(request)
    return {
        "shell": shell,
        "navigation": SimpleLazyObject(lambda: shell.navigation),
        "account": getattr(request, "user", None),
        "current_system": shell.system,
        "current_page": shell.page,
        "nonce": getattr(request, "csp_nonce", ""),
        "language": get_language() or "zh-hans",
        "theme": theme_of(request),
    }
