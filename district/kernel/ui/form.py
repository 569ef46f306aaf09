"""The one form: a Django form with labels, help, errors, and a confirmation where one is due.

    form = PageForm(CorrectionForm(request.POST or None), submit=_("保存修正"), confirm=_("修正会改变日均值，继续？"))
    if form.is_valid(): …; return redirect(…)
    return form.again(request) or page(request, "environment/correction.html", {"form": form})

and `{{ ui.form(form) }}`. A plain Django form does as well. `htmx=True` sends it without leaving the page: `again`
then answers the form with its errors, and a success answers `done(request, url)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from district.kernel.ui.render import page


@dataclass
class PageForm:
    """A Django form as it stands on a page. `columns` is how many fields stand side by side on a wide screen."""

    form: forms.BaseForm
    action: str = ""
    submit: Any = ""
    confirm: Any = ""
    cancel: str = ""
    method: str = "post"
    htmx: bool = False
    columns: int = 1
    danger: bool = False

    def is_valid(self) -> bool:
        return self.form.is_valid()

    def again(self, request: HttpRequest) -> HttpResponseBase | None:
        """The form with its errors for an htmx submit, None when the whole page is to be shown."""
        if not (self.htmx and request.method == "POST" and request.headers.get("HX-Request") == "true"):
            return None
        return page(request, "ui/form.html", {"form": self})

    @property
    def element_id(self) -> str:
        return f"form-{self.form.prefix or type(self.form).__name__.lower()}"

    @property
    def fields(self) -> Iterator[Field]:
        return (Field(bound) for bound in self.form.visible_fields())


@dataclass
class Field:
    """One field, ready for the template."""

    bound: forms.BoundField

    @property
    def kind(self) -> str:
        widget = self.bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "group"
        return "select" if isinstance(widget, forms.Select) else "input"

    @property
    def is_optional(self) -> bool:
        return not self.bound.field.required and self.kind != "check"

    @property
    def widget(self) -> Any:
        """The control, with the classes of its kind and tied to its help and errors."""
        classes = {"check": "form-check-input", "select": "form-select", "group": "", "input": "form-control"}
        names = [classes[self.kind], self.bound.field.widget.attrs.get("class", "")]
        attributes: dict[str, Any] = {}
        described = []
        if self.bound.help_text:
            described.append(f"{self.bound.auto_id}_helptext")
        if self.bound.errors:
            names.append("is-invalid")
            described.append(f"{self.bound.auto_id}_error")
            attributes["aria-invalid"] = "true"
        if described:
            attributes["aria-describedby"] = " ".join(described)
        attributes["class"] = " ".join(filter(None, names))
        return self.bound.as_widget(attrs=attributes)


def page_form(given: Any, **options: Any) -> PageForm:
    """What a template hands over: a PageForm, or a Django form with options."""
    return given if isinstance(given, PageForm) else PageForm(given, **options)


def done(request: HttpRequest, url: str) -> HttpResponseBase:
    """After a successful submit: on to `url`, with and without htmx."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url})
