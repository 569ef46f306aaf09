"""What the pages of security share: a form that was sent, what is done with it, and the words when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from district.kernel.cases.refused import Refused as CaseRefused
from district.kernel.files.models import FileLink
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.table import Column

from .controls.actions import SUBJECT_KIND
from .refusing import KEEPERS

NOT_THEIRS = ("not_keeper", "not_asker")
F = TypeVar("F", bound=forms.BaseForm)
READERS = ("programme.security", "programme.office", "programme.leader", "programme.auditor")


def is_keeper(request: HttpRequest) -> bool:
    return may(request.user, *KEEPERS)


def is_reader(request: HttpRequest) -> bool:
    return may(request.user, *READERS)


def is_sent(request: HttpRequest, act: str) -> bool:
    return request.method == "POST" and request.GET.get("act") == act


def form_of(request: HttpRequest, act: str, form: type[F], **options: Any) -> F:
    """The form of that act: with what was sent when it was this one that was."""
    return form(request.POST, request.FILES, **options) if is_sent(request, act) else form(**options)


def shown(
    title: Any, form: forms.BaseForm, act: str, submit: Any = "", *, columns: int = 2
) -> tuple[Any, PageForm, bool]:
    """As the templates want it; open when it has errors to show."""
    return title, PageForm(form, action=f"?act={act}", submit=submit, columns=columns), bool(form.errors)


def acted(
    request: HttpRequest,
    form: forms.BaseForm,
    act: str,
    do: Callable[[dict[str, Any]], Any],
    back: str,
    words: str = "",
) -> HttpResponseBase | None:
    """Does what the form asks when it was sent and is right; refusals stand on the form, by its field where it has it."""
    if not is_sent(request, act) or not form.is_valid():
        return None
    try:
        do(form.cleaned_data)
    except (Refused, Refusal, CaseRefused) as refusal:
        if getattr(refusal, "code", "") in NOT_THEIRS:  # the form is not even shown to them
            messages.error(request, str(refusal))
            return HttpResponseRedirect(back)
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return None
    messages.success(request, words or _("已办理"))
    return HttpResponseRedirect(back)


def pressed(
    request: HttpRequest, acts: dict[str, Callable[[], Any]], back: str, words: str = ""
) -> HttpResponseBase | None:
    """A button without a form; a refusal is a message."""
    do = acts.get(request.GET.get("act", "")) if request.method == "POST" else None
    if do is None:
        return None
    try:
        do()
        messages.success(request, words or _("已办理"))
    except (Refused, Refusal, CaseRefused) as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(back)


def papers_of(*subjects: str) -> list[FileLink]:
    return list(
        FileLink.objects.filter(subject_kind=SUBJECT_KIND, subject__in=subjects).select_related("file")
    )


def simulated() -> Column:
    """The mark of what is only shown."""
    return Column(
        "is_simulated",
        _("数据"),
        filter="choice",
        choices={True: _("模拟"), False: _("真实")},
        badge={True: "secondary", False: "green"},
    )


def status_of(request: HttpRequest) -> int:
    """A form that came back with errors is a bad request."""
    return 400 if request.method == "POST" else 200
