"""`ui` in templates: `{{ ui.table(t) }}`, `{{ ui.chart(c) }}`, `{{ ui.map(m) }}`, `{{ ui.form(f) }}`."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from markupsafe import Markup


class Components:
    """Renders one component to HTML; every component has one template beside the shell."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def _render(self, template: str, **context: Any) -> Markup:
        return Markup(self._environment.get_template(f"ui/{template}.html").render(context))  # noqa: S704
