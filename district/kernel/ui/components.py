"""`ui` in templates: `{{ ui.table(t) }}`, `{{ ui.chart(c, height=320) }}`, `{{ ui.map(m) }}`, `{{ ui.form(f) }}`."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from district.kernel.ui.chart import Chart
from district.kernel.ui.form import page_form
from district.kernel.ui.map import Map
from district.kernel.ui.table import Table

HEIGHT_STEP = 40


class Components:
    """Renders one component to HTML; every component has one template beside the shell."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def table(self, table: Table) -> Markup:
        """A table bound to its request (`respond` or `bind` has been called)."""
        return self._render("table", table=table)

    def chart(self, chart: Chart, height: int = 320, card: bool = True) -> Markup:
        """A chart of a height in pixels (to the next 40); `card=False` leaves out the frame."""
        return self._render("chart", chart=chart, height=_step(height), card=card)

    def map(self, shown: Map, height: int = 560) -> Markup:
        """A map of a height in pixels (to the next 40)."""
        return self._render("map", map=shown, height=_step(height))

    @pass_context
    def form(self, context: Context, form: Any, **options: Any) -> Markup:
        """A PageForm, or a Django form with the options of one."""
        return self._render("form", form=page_form(form, **options), csrf_input=context.get("csrf_input", ""))

    def icon(self, name: str) -> Markup:
        """A Tabler icon, decoration only: the text beside it says what it means."""
        return Markup('<i class="ti ti-{}" aria-hidden="true"></i>').format(name)

    def _render(self, template: str, **context: Any) -> Markup:
        return Markup(self._environment.get_template(f"ui/{template}.html").render(context))  # noqa: S704


def _step(height: int) -> int:
    """Heights are classes, not styles: the security policy allows no style attribute."""
    return min(880, -(-height // HEIGHT_STEP) * HEIGHT_STEP)
