"""Which forms, submissions and registers an account may see and fill in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from district.kernel.forms.models import (
    Entity,
    Form,
    FormState,
    FormVersion,
    Project,
    Register,
    Submission,
    VersionState,
)
from district.kernel.people.access import Scope, live_duties, may
from district.kernel.people.models import Duty
from district.kernel.people.roles import ASKER, FILLER, FORM_KEEPER, holders
from district.kernel.people.scope import scope_in_roles

FILLERS = holders(FILLER)
ASKERS = holders(ASKER)
KEEPERS = holders(FORM_KEEPER)
DESIGNERS = tuple(dict.fromkeys((*ASKERS, *KEEPERS)))
AUDIENCE = """
    SELECT EXISTS (SELECT FROM forms_formversion WHERE form_id = %(form)s AND state = 'published'),
        coalesce(array_agg(o.id), '{}'), coalesce(array_agg(o.code), '{}')
    FROM forms_form_audience a JOIN people_organisation o ON o.id = a.organisation_id WHERE a.form_id = %(form)s
"""
EVERYBODY = tuple(dict.fromkeys((*FILLERS, *DESIGNERS)))


def _units(scope: Scope, field: str) -> Q:
    """Rows of the scope's units; everything for the whole, nothing for an empty scope."""
    return Q() if scope.is_whole else Q(**{f"{field}__in": scope.organisation_ids})


def _published() -> Exists:
    return Exists(FormVersion.objects.filter(form=OuterRef("pk"), state=VersionState.PUBLISHED))


def forms_to_fill(account: Any, *, with_closed: bool = False) -> QuerySet[Form]:
    """Forms that are published, not closed, and asked of a unit of the account's, of one above it or in its scope."""
    if not may(account, *FILLERS):
        return Form.objects.none()
    found = Form.objects.filter(_published(), _asked_of(account), deleted_at=None, project__is_archived=False)
    return found if with_closed else found.exclude(state=FormState.CLOSED)


def _asked_of(account: Any) -> Q:
    duties = [duty for duty in live_duties(account) if duty.role in FILLERS]
    codes = {code for duty in duties for code in duty.organisation.path.split(".")}
    scope = scope_in_roles(account, FILLERS)
    if scope.is_whole:
        return Q()  # or-ed with others an empty condition would say nothing, not everything
    through = Form.audience.through.objects.filter(form=OuterRef("pk"))
    named = Q(organisation__code__in=codes) | _units(scope, "organisation")
    return ~Exists(through) | Exists(through.filter(named))


def may_fill(account: Any, form: Form, *, with_closed: bool = False) -> bool:
    """Whether the form is one of `forms_to_fill`: of one form that takes a single small statement."""
    if not may(account, *FILLERS) or form.deleted_at is not None or form.project.is_archived:
        return False
    if form.state == FormState.CLOSED and not with_closed:
        return False
    with connection.cursor() as cursor:
        cursor.execute(AUDIENCE, {"form": form.pk})
        is_published, units, codes = cursor.fetchone()
    if not is_published or not units:
        return bool(is_published)
    above = {code for duty in live_duties(account) if duty.role in FILLERS for code in duty.organisation.path.split(".")}
    if not above.isdisjoint(codes):
        return True
    scope = scope_in_roles(account, FILLERS)
    return scope.is_whole or not scope.organisation_ids.isdisjoint(units)


def forms_led_by(account: Any) -> QuerySet[Form]:
    """Forms the account may change: asked by a unit in its scope as asker, or kept in a project in its scope as keeper."""
    wanted = Q(pk__in=())
    if may(account, *ASKERS):
        wanted |= _units(scope_in_roles(account, ASKERS), "organisation") or Q(pk__isnull=False)
    if may(account, *KEEPERS):
        wanted |= _units(scope_in_roles(account, KEEPERS), "project__organisation") or Q(pk__isnull=False)
    return Form.objects.filter(wanted, deleted_at=None)


def forms_visible_to(account: Any) -> QuerySet[Form]:
    """Forms to fill and forms led."""
    return Form.objects.filter(
        Q(pk__in=forms_led_by(account).values("pk")) | Q(pk__in=forms_to_fill(account).values("pk"))
    )


def projects_visible_to(account: Any) -> QuerySet[Project]:
    """Projects in the keeper's or asker's scope, and those with a form to see."""
    wanted = Q(pk__in=forms_visible_to(account).values("project"))
    for roles in (KEEPERS, ASKERS):
        if may(account, *roles):
            wanted |= _units(scope_in_roles(account, roles), "organisation") or Q(pk__isnull=False)
    return Project.objects.filter(wanted)


def projects_to_ask_in(account: Any) -> QuerySet[Project]:
    """Where an asker may put a form: projects he sees, and those of units that keep forms for all departments.

    A question is filled in from registers of its form's own project, so all departments ask in the one of the keeper.
    """
    keeping = Duty.objects.live().filter(role__in=KEEPERS).values("organisation")
    shared = Q(organisation__in=keeping) if may(account, *ASKERS) else Q(pk__in=())
    return Project.objects.filter(shared | Q(pk__in=projects_visible_to(account).values("pk")))


def leads_project(account: Any, project: Project) -> bool:
    """Whether the account may add forms, registers and phones to the project."""
    return any(
        may(account, *roles) and scope_in_roles(account, roles).covers(project.organisation_id)
        for roles in (KEEPERS, ASKERS)
    )


def submissions_visible_to(account: Any, forms: Iterable[Form] | None = None) -> QuerySet[Submission]:
    """Of forms led: all. Else what was filled in by the account, or by the units and divisions of its scope."""
    wanted = Q(form__in=forms_led_by(account).values("pk")) | Q(account=account)
    if may(account, *FILLERS):
        scope = scope_in_roles(account, FILLERS)
        within = scope.condition(division_field="division_code", organisation_field="organisation")
        wanted |= Q(pk__isnull=False) if scope.is_whole else within
    found = Submission.objects.filter(wanted, deleted_at=None)
    return found if forms is None else found.filter(form__in=forms)


def may_edit(
    account: Any, form: Form, *, owner_id: int | None, organisation_id: int | None, division_code: str
) -> bool:
    """Whether the account may change what `owner_id` filled in for that unit: its own, of its scope, of a form it leads.

    The house itself, without an account, may.
    """
    if account is None or account.pk == owner_id:
        return True
    if may(account, *FILLERS):
        scope = scope_in_roles(account, FILLERS)
        if scope.covers(organisation_id) or scope.covers(division_code):
            return True
    return forms_led_by(account).filter(pk=form.pk).exists()


def registers_led_by(account: Any) -> QuerySet[Register]:
    """Registers the account may change through the interface: of units or projects in its scope."""
    wanted = Q(pk__in=())
    if may(account, *ASKERS):
        wanted |= _units(scope_in_roles(account, ASKERS), "organisation") or Q(pk__isnull=False)
    if may(account, *KEEPERS):
        wanted |= _units(scope_in_roles(account, KEEPERS), "project__organisation") or Q(pk__isnull=False)
    return Register.objects.filter(wanted)


def registers_visible_to(account: Any) -> QuerySet[Register]:
    """Registers led, and those of projects with a form to fill."""
    return Register.objects.filter(
        Q(pk__in=registers_led_by(account).values("pk"))
        | Q(project__in=forms_to_fill(account).values("project"))
    )


def entities_visible_to(account: Any, register: Register) -> QuerySet[Entity]:
    """All of a register led; else those in the divisions of the account's scope as filler."""
    found = Entity.objects.filter(register=register, deleted_at=None)
    if registers_led_by(account).filter(pk=register.pk).exists():
        return found
    if not may(account, *FILLERS):
        return found.none()
    return scope_in_roles(account, FILLERS).filter(found, division_field="division_code")
