"""What an address names, narrowed to what the account may see: what it may not see is not there (404.1)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from district.kernel.forms.central import problems
from district.kernel.forms.central.entering import phone_of
from district.kernel.forms.models import (
    AppUser,
    Form,
    FormVersion,
    Project,
    Register,
    Submission,
    VersionState,
)
from district.kernel.forms.queries import (
    forms_led_by,
    forms_to_fill,
    forms_visible_to,
    leads_project,
    may_fill,
    projects_visible_to,
    registers_led_by,
    registers_visible_to,
    submissions_visible_to,
)


def project(request: HttpRequest, project_id: int) -> Project:
    found = projects_visible_to(request.user).select_related("organisation").filter(pk=project_id).first()
    if found is None:
        raise problems.not_found()
    return found


def led_project(request: HttpRequest, project_id: int) -> Project:
    """One the account may add to. Raises 403.1."""
    found = project(request, project_id)
    if not leads_project(request.user, found):
        raise problems.no_rights()
    return found


def forms(request: HttpRequest, project_id: int) -> Any:
    """The forms of a project that can be seen; a phone sees those to fill, and if it is narrowed to some, only these."""
    phone = phone_of(request)
    if phone is None:
        return forms_visible_to(request.user).filter(project=project_id)
    return _on_phone(phone, forms_to_fill(request.user)).filter(project=project_id)


def _on_phone(phone: AppUser, fillable: QuerySet[Form]) -> QuerySet[Form]:
    """Narrowed to some forms, a phone may also fill those of them that its holder leads: to try them, say."""
    if not phone.forms.exists():
        return fillable
    led = forms_led_by(phone.account).filter(versions__state=VersionState.PUBLISHED)
    return Form.objects.filter(
        Q(pk__in=fillable.values("pk")) | Q(pk__in=led.values("pk")), pk__in=phone.forms.values("pk")
    )


def form(request: HttpRequest, project_id: int, form_id: str) -> Form:
    found = (
        forms(request, project_id)
        .filter(xml_form_id=form_id)
        .select_related("project", "organisation")
        .first()
    )
    if found is None:
        raise problems.not_found()
    return found


def led_form(request: HttpRequest, project_id: int, form_id: str) -> Form:
    """One the account may change. Raises 403.1."""
    found = form(request, project_id, form_id)
    if not forms_led_by(request.user).filter(pk=found.pk).exists():
        raise problems.no_rights()
    return found


def fillable_form(request: HttpRequest, project_id: int, form_id: str) -> Form:
    """One the account may send submissions of: to fill, closed meanwhile or not, or its own to try."""
    phone = phone_of(request)
    named = {"project": project_id, "xml_form_id": form_id}
    found = Form.objects.filter(**named, deleted_at=None).select_related("project", "organisation").first()
    if found is None or not _may_send(request.user, phone, found):
        raise problems.not_found()
    return found


def _may_send(account: Any, phone: AppUser | None, form: Form) -> bool:
    if phone is None:
        return may_fill(account, form, with_closed=True) or forms_led_by(account).filter(pk=form.pk).exists()
    if phone.forms.exists():
        return _on_phone(phone, forms_to_fill(account, with_closed=True)).filter(pk=form.pk).exists()
    return may_fill(account, form, with_closed=True)


def published(form: Form) -> FormVersion:
    found = form.versions.filter(state=VersionState.PUBLISHED).first()
    if found is None:
        raise problems.not_found()
    return found


def draft(form: Form) -> FormVersion:
    found = form.versions.filter(state=VersionState.DRAFT).first()
    if found is None:
        raise problems.not_found()
    return found


def submission(request: HttpRequest, form: Form, instance_id: str) -> Submission:
    found = (
        submissions_visible_to(request.user, [form])
        .select_related("account", "form")
        .filter(instance_id=instance_id)
    ).first()
    if found is None:
        raise problems.not_found()
    return found


def register(request: HttpRequest, project_id: int, name: str) -> Register:
    found = registers_visible_to(request.user).filter(project=project_id, name=name).first()
    if found is None:
        raise problems.not_found()
    return found


def led_register(request: HttpRequest, project_id: int, name: str) -> Register:
    found = register(request, project_id, name)
    if not registers_led_by(request.user).filter(pk=found.pk).exists():
        raise problems.no_rights()
    return found


def is_extended(request: HttpRequest) -> bool:
    return request.headers.get("X-Extended-Metadata", "").lower() == "true"
