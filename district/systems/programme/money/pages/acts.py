"""What can be done on a record's page: each act a form of its own, refused in words where the rules refuse it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm


class ActForm(forms.Form):
    """With nothing to fill in but which act it is."""

    act = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Act:
    """`do` takes the cleaned fields and gives what to say; raises Refused."""

    key: str
    title: Any
    do: Callable[[dict[str, Any]], str]
    form: type[ActForm] = ActForm
    submit: Any = ""
    is_danger: bool = False
    columns: int = 1
    options: dict[str, Any] | None = None


@dataclass
class ActPageForm(PageForm):
    """Several stand on a page: each is named after its act."""

    key: str = ""

    @property
    def element_id(self) -> str:
        return f"form-{self.key}"


@dataclass
class Shown:
    """An act with its form, ready for the template."""

    act: Act
    form: PageForm


def respond(
    request: HttpRequest, acts: Sequence[Act], back: str
) -> tuple[HttpResponseBase | None, list[Shown]]:
    """The redirect after what was done, or the forms; those refused say why."""
    shown = []
    for act in acts:
        is_meant = request.method == "POST" and request.POST.get("act") == act.key
        form = act.form(
            request.POST if is_meant else None,
            initial={"act": act.key},
            auto_id=f"{act.key}-%s",
            **(act.options or {}),
        )
        page_form = ActPageForm(
            form, key=act.key, submit=act.submit or act.title, danger=act.is_danger, columns=act.columns
        )
        if is_meant and form.is_valid():
            try:
                said = act.do(form.cleaned_data)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                messages.success(request, said)
                return redirect(back), []
        shown.append(Shown(act, page_form))
    return None, shown
