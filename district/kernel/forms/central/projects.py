"""Projects and the phones registered in them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.forms.central import looking, problems, shown
from district.kernel.forms.central.bodies import json_of, text_in
from district.kernel.forms.central.entering import digest, new_token
from district.kernel.forms.central.sessions import answer, success
from district.kernel.forms.models import AppUser, Project, Submission
from district.kernel.forms.queries import ASKERS, KEEPERS, projects_visible_to
from district.kernel.people.access import may
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.people.scope import scope_in_roles

APP_USER_ROLE = 2
"""Number of the role of phones in Central."""


def listed(request: HttpRequest) -> HttpResponse:
    rows = projects_visible_to(request.user)
    if not looking.is_extended(request):
        return answer([shown.project(row) for row in rows])
    return answer([_extended(request, row) for row in rows])


def _extended(request: HttpRequest, row: Project) -> dict[str, Any]:
    forms = looking.forms(request, row.pk)
    last = Submission.objects.filter(form__in=forms.values("pk")).aggregate(at=Max("created_at"))["at"]
    counts = Project.objects.filter(pk=row.pk).aggregate(
        phones=Count("app_users", filter=Q(app_users__revoked_at=None), distinct=True),
        lists=Count("registers", distinct=True),
    )
    return shown.project(
        row, extra={
            "forms": forms.count(), "appUsers": counts["phones"], "datasets": counts["lists"],
            "lastSubmission": shown.time(last), "lastEntity": None,
        },
    )  # fmt: skip


def created(request: HttpRequest) -> HttpResponse:
    given = json_of(request)
    name = text_in(given, "name")
    unit = getattr(request.user, "organisation", None)
    if not may(request.user, *KEEPERS) or unit is None:
        raise problems.no_rights()
    if Project.objects.filter(name=name).exists():
        raise problems.taken(["name"], [name])
    made = Project.objects.create(
        name=name[:120], organisation=unit, description=given.get("description") or ""
    )
    record_act(request.user, "create", subject_kind="forms.project", subject=str(made.pk), purpose=name)
    return answer(shown.project(made))


def got(request: HttpRequest, project_id: int) -> HttpResponse:
    row = looking.project(request, project_id)
    return answer(_extended(request, row) if looking.is_extended(request) else shown.project(row))


def changed(request: HttpRequest, project_id: int) -> HttpResponse:
    row = looking.led_project(request, project_id)
    given = json_of(request)
    if "name" in given:
        row.name = text_in(given, "name")[:120]
        if Project.objects.exclude(pk=row.pk).filter(name=row.name).exists():
            raise problems.taken(["name"], [row.name])
    if "description" in given:
        row.description = given["description"] or ""
    if "archived" in given:
        row.is_archived = bool(given["archived"])
    row.save()
    record_act(
        request.user,
        "change",
        subject_kind="forms.project",
        subject=str(row.pk),
        fields=sorted(given),
        purpose=row.name,
    )
    return answer(shown.project(row))


def phones(request: HttpRequest, project_id: int) -> HttpResponse:
    row = looking.led_project(request, project_id)
    return answer([shown.phone(each) for each in row.app_users.order_by("-pk")])


@transaction.atomic
def phone_added(request: HttpRequest, project_id: int) -> HttpResponse:
    """The key is in this answer and nowhere else. `username` (ours): whose phone it is; else the asking account's."""
    row = looking.led_project(request, project_id)
    given = json_of(request)
    name = text_in(given, "displayName")
    account: Any = request.user
    if given.get("username"):
        account = Account.objects.active().filter(username=given["username"]).first()
        if account is None:
            raise problems.unexpected("username", given["username"], _("没有这个在用的账号"))
        if not may_register_for(request.user, account):
            raise problems.no_rights()
    made, token = register_phone(row, account, name, by=request.user)
    return answer(shown.phone(made, token))


def may_register_for(by: Any, account: Any) -> bool:
    """Whether somebody may register a phone that acts for `account`: his own, or one of a unit in his scope."""
    if by.pk == account.pk:
        return True
    return any(
        may(by, *roles) and scope_in_roles(by, roles).covers(account.organisation_id) for roles in (KEEPERS, ASKERS)
    )


def stop_phone(phone: AppUser, *, by: Any) -> None:
    """Its key opens nothing any more."""
    if phone.revoked_at is None:
        phone.revoked_at = now()
        phone.save(update_fields=["revoked_at"])
        record_act(by, "revoke", subject_kind="forms.phone", subject=str(phone.pk), purpose=phone.display_name)


def register_phone(project: Project, account: Any, name: str, *, by: Any) -> tuple[AppUser, str]:
    """A phone of the account's and its key, told this once."""
    token = new_token()
    made = AppUser.objects.create(
        project=project, account=account, display_name=name[:80], token_hash=digest(token)
    )
    record_act(
        by, "create", subject_kind="forms.phone", subject=str(made.pk), purpose=f"{name} {account.username}"
    )
    return made, token


@transaction.atomic
def phone_removed(request: HttpRequest, project_id: int, phone_id: int) -> HttpResponse:
    row = looking.led_project(request, project_id)
    phone = row.app_users.filter(pk=phone_id).first()
    if phone is None:
        raise problems.not_found()
    stop_phone(phone, by=request.user)
    return success()


def assigned(request: HttpRequest, project_id: int, form_id: str, role: str, actor_id: int) -> HttpResponse:
    """Narrows a phone to a form (POST), or no longer (DELETE). Roles of people are duties here, given by their office."""
    row = looking.led_form(request, project_id, form_id)
    if role not in (str(APP_USER_ROLE), "app-user"):
        raise problems.unexpected(
            "role", role, _("账号的职责由本单位账号管理员授予，接口只指定手机可用的表单")
        )
    phone = AppUser.objects.filter(project=project_id, pk=actor_id).first()
    if phone is None:
        raise problems.not_found()
    if request.method == "DELETE":
        phone.forms.remove(row)
    else:
        phone.forms.add(row)
    return success()


def assignments(request: HttpRequest, project_id: int, form_id: str) -> HttpResponse:
    row = looking.led_form(request, project_id, form_id)
    narrowed = AppUser.objects.filter(project=project_id, forms=row, revoked_at=None)
    return answer([{"actorId": phone.pk, "roleId": APP_USER_ROLE} for phone in narrowed])


def roles(request: HttpRequest) -> HttpResponse:
    """What of Central's roles there is here."""
    return answer(
        [
            {
                "id": APP_USER_ROLE,
                "name": "App User",
                "system": "app-user",
                "verbs": ["form.read", "submission.create"],
            }
        ]
    )
