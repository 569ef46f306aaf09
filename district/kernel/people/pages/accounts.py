"""Account administration: the list, one account with its life, and every step of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from district.kernel.people import duty_actions, life_actions, masking, session_records
from district.kernel.people.access import ADMIN, allow
from district.kernel.people.account_forms import DutyForm, JoinForm, MoveForm, ReasonForm
from district.kernel.people.audit import record_look
from district.kernel.people.models import Account, Duty, SignIn, Status
from district.kernel.people.powers import administered_scope, check_administers
from district.kernel.people.refused import Refused
from district.kernel.people.request_address import client_address
from district.kernel.people.roles import role_label
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

STATUS_COLOURS = {Status.ACTIVE: "green", Status.SUSPENDED: "orange", Status.LEFT: "secondary"}

Step = Callable[[Any, Account, str], Any]


@allow(ADMIN)
@require_safe
def accounts(request: HttpRequest) -> HttpResponseBase:
    found = administered_scope(request.user).filter(Account.objects.all(), organisation_field="organisation")
    table = Table(
        "accounts",
        columns=[
            Column("username", _("工号"), filter="text", link=lambda row: reverse("people:account", args=[row.username])),
            Column("name", _("姓名"), filter="text"),
            Column("organisation.name", _("所属单位"), filter="text"),
            Column("status", _("状态"), filter="choice", choices=dict(Status.choices), badge=STATUS_COLOURS),
            Column("phone", _("电话"), sortable=False, format=masking.phone),
            Column("is_demo", _("演示账号"), shown=False),
            Column("joined_on", _("入职日期"), format="day", filter="date", shown=False),
            Column("last_login", _("最近登录"), format="moment", filter="date"),
        ],
        source=found.select_related("organisation"),
        order="username",
        title=_("账号"),
    )
    return table.respond(request) or page(request, "people/accounts.html", {"table": table})


@allow(ADMIN)
def new_account(request: HttpRequest) -> HttpResponseBase:
    administrator: Any = request.user
    form = PageForm(JoinForm(administered_scope(administrator), request.POST or None), submit=_("开立账号"), columns=2)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = life_actions.join(administrator, **form.form.cleaned_data)
        except Refused as refusal:
            form.form.add_error(refusal.field or None, str(refusal))
        else:
            return _password_shown(request, account, password)
    return page(request, "people/new_account.html", {"form": form}, status=422 if form.form.is_bound else 200)


@allow(ADMIN)
@require_safe
def account(request: HttpRequest, username: str) -> HttpResponseBase:
    return _shown(request, _administered(request, username))


@allow(ADMIN)
@require_POST
def reveal_phone(request: HttpRequest, username: str) -> HttpResponseBase:
    """Shows the whole number once, for a reason that goes into the audit trail."""
    shown = _administered(request, username)
    form = ReasonForm(request.POST, prefix="reveal")
    if not form.is_valid():
        return _shown(request, shown, reveal=form)
    record_look(request.user, "account", shown.username, form.cleaned_data["reason"], ["phone", "email"],
                address=client_address(request) or "")
    return _shown(request, shown, is_revealed=True)


@allow(ADMIN)
@require_POST
@reauthentication_required
def take_step(request: HttpRequest, username: str, step: str) -> HttpResponseBase:
    """Suspend, resume, leave, reset: each with a reason."""
    changed = _administered(request, username)
    steps: dict[str, Step] = {
        "suspend": life_actions.suspend, "resume": life_actions.resume, "leave": life_actions.leave,
        "reset-password": life_actions.reset_password, "reset-second-factor": life_actions.reset_second_factor,
    }
    if step not in steps:
        raise Http404
    form = ReasonForm(request.POST, prefix=step)
    if not form.is_valid():
        return _shown(request, changed, failed={step: form})
    try:
        password = steps[step](request.user, changed, form.cleaned_data["reason"])
    except Refused as refusal:
        return _refused(request, changed, refusal)
    if step == "reset-password":
        return _password_shown(request, changed, password)
    messages.success(request, _("已办理"))
    return redirect("people:account", username)


@allow(ADMIN)
@require_POST
@reauthentication_required
def move(request: HttpRequest, username: str) -> HttpResponseBase:
    changed = _administered(request, username)
    form = MoveForm(administered_scope(request.user), request.POST, prefix="move")
    if not form.is_valid():
        return _shown(request, changed, move=form)
    return _done(request, changed, lambda by: life_actions.move(by, changed, **form.cleaned_data))


@allow(ADMIN)
@require_POST
@reauthentication_required
def grant_duty(request: HttpRequest, username: str) -> HttpResponseBase:
    changed = _administered(request, username)
    form = DutyForm(administered_scope(request.user), request.POST, prefix="duty")
    if not form.is_valid():
        return _shown(request, changed, duty=form)
    return _done(request, changed, lambda by: duty_actions.grant_duty(by, changed, **form.cleaned_data))


@allow(ADMIN)
@require_POST
@reauthentication_required
def end_duty(request: HttpRequest, username: str, pk: int) -> HttpResponseBase:
    changed = _administered(request, username)
    duty = get_object_or_404(Duty, pk=pk, account=changed)
    return _done(request, changed, lambda by: duty_actions.end_duty(by, duty, request.POST.get("reason", "")))


@allow(ADMIN)
@require_POST
def end_sessions(request: HttpRequest, username: str) -> HttpResponseBase:
    changed = _administered(request, username)

    def end(by: Any) -> None:
        check_administers(by, changed)
        session_records.end_all(changed, SignIn.End.ADMINISTERED, by=by)

    return _done(request, changed, end)


def _administered(request: HttpRequest, username: str) -> Account:
    """The account if it lies in the scope of the reader; else it does not exist for them."""
    found = administered_scope(request.user).filter(Account.objects.all(), organisation_field="organisation")
    return get_object_or_404(found.select_related("organisation"), username=username)


def _done(request: HttpRequest, changed: Account, work: Callable[[Any], object]) -> HttpResponseBase:
    try:
        work(request.user)
    except Refused as refusal:
        return _refused(request, changed, refusal)
    messages.success(request, _("已办理"))
    return redirect("people:account", changed.username)


def _refused(request: HttpRequest, changed: Account, refusal: Refused) -> HttpResponseBase:
    changed.refresh_from_db()
    return _shown(request, changed, refusal=refusal, status=409)


@never_cache
def _password_shown(request: HttpRequest, account: Account, password: str) -> HttpResponseBase:
    """The only time the handed-out password is seen; it is not kept in plain anywhere."""
    return page(request, "people/first_password.html", {"subject": account, "password": password})


def _shown(
    request: HttpRequest, shown: Account, *, failed: dict[str, Any] | None = None, move: Any = None, duty: Any = None,
    reveal: Any = None, is_revealed: bool = False, refusal: Refused | None = None, status: int = 0,
) -> HttpResponseBase:
    scope = administered_scope(request.user)
    is_own = shown.pk == request.user.pk
    context = {
        "subject": shown,
        "is_own": is_own,
        "phone": shown.phone if is_revealed else masking.phone(shown.phone),
        "email": shown.email if is_revealed else masking.email(shown.email),
        "is_revealed": is_revealed,
        "reveal": reveal or ReasonForm(prefix="reveal"),
        "steps": [] if is_own else _step_forms(shown, failed or {}),
        "move": PageForm(move or MoveForm(scope, prefix="move"), submit=_("调动"),
                         action=reverse("people:move", args=[shown.username])),
        "duty": PageForm(duty or DutyForm(scope, prefix="duty"), submit=_("授予职责"), columns=2,
                         action=reverse("people:grant_duty", args=[shown.username])),
        "duties": [(role_label(each.role), each) for each in shown.duties.select_related("organisation")],
        "life": shown.life.select_related("by", "organisation"),
        "sessions": session_records.open_sign_ins(shown),
        "has_second_factor": is_mfa_enabled(shown),
        "refusal": refusal,
        "colours": STATUS_COLOURS,
    }
    is_wrong = failed or move or duty or reveal
    return page(request, "people/account.html", context, status=status or (422 if is_wrong else 200))


def _step_forms(shown: Account, failed: dict[str, Any]) -> list[tuple[str, PageForm]]:
    """The steps that can be taken with the account as it is now."""
    offered = {
        Status.ACTIVE: ("suspend", "reset-password", "reset-second-factor", "leave"),
        Status.SUSPENDED: ("resume", "reset-password", "leave"),
        Status.LEFT: (),
    }
    titles = {
        "suspend": _("停用"), "resume": _("恢复"), "reset-password": _("重置密码"),
        "reset-second-factor": _("重置两步验证"), "leave": _("办理离职"),
    }
    confirm = {"leave": _("离职后账号不能恢复，职责和会话立即终止。继续？")}
    return [
        (titles[step], PageForm(
            failed.get(step) or ReasonForm(prefix=step), submit=titles[step], confirm=confirm.get(step, ""),
            action=reverse("people:take_step", args=[shown.username, step]), danger=step == "leave",
        ))
        for step in offered[Status(shown.status)]
    ]
