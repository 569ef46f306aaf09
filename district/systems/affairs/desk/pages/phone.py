"""文书工作台: today, a visit, a matter. Every page works without script, and without a line once it has been opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from district.kernel.files.refusal import Refusal
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.render import text_of
from district.kernel.ui.routing import part

from ...circulation.actions import FILES_OF, ask_up, settle
from ...circulation.pages.concerns import acts_for, in_sight, registered
from ...circulation.pages.forms import WAYS, ConcernForm, refused_into
from ...circulation.queries import light_of, task_of, villages_of
from ...circulation.query_code import query_code
from ...circulation.refused import Refused
from ...models import Concern, Visit
from ..actions import keep_visit
from ..queries import today_of, visits_today
from .forms import VisitForm
from .light import TYPE_COOKIE, TYPES, light_page, shell_addresses

YEAR_S = 365 * 24 * 3600


class ActForm(forms.Form):
    """What a clerk says of a matter on the phone."""

    act = forms.ChoiceField(choices=[("settle", gettext_lazy("村里办结")), ("up", gettext_lazy("请镇里办"))])
    way = forms.ChoiceField(choices=WAYS, required=False)
    words = forms.CharField(max_length=2000)


def desk(request: HttpRequest) -> HttpResponseBase:
    """One page to begin with: two large buttons, and what waits today."""
    villages = villages_of(request.user)
    context = {"boxes": today_of(request.user), "villages": villages, "visits": visits_today(request.user)}
    return light_page(request, "today", context)


@part(of="desk", path="desk/visit/", methods=("GET", "POST"))
def desk_visit(request: HttpRequest) -> HttpResponseBase:
    """A visit; asked by script it answers JSON, so that what waited on the phone has a receipt."""
    villages = villages_of(request.user)
    form = VisitForm(villages, request.POST or None, request.FILES or None)
    if request.method == "POST" and _is_own(request) and villages and form.is_valid():
        try:
            made = keep_visit(request.user, **form.values())
        except (Refused, Refusal) as refusal:
            refused_into(form, refusal)
        else:
            return _received(request, str(made.pk), _("走访已记下"))
    context = {"form": form, "villages": villages, "purposes": Visit.Purpose.choices}
    return _refused(request, form) or light_page(request, "visit", context)


@part(of="desk", path="desk/new/", methods=("GET", "POST"))
def desk_new(request: HttpRequest) -> HttpResponseBase:
    """A matter of the village; a voice may stand for the words."""
    villages = villages_of(request.user)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and not data.get("matter", "").strip() and request.FILES:
        data["matter"] = _("见录音")
    form = ConcernForm(villages, data, request.FILES or None)
    if data is not None and _is_own(request) and villages and form.is_valid():
        try:
            made = registered(request.user, form)
        except (Refused, Refusal) as refusal:
            refused_into(form, refusal)
        else:
            return _received(request, made.case.number, _("已登记 %(number)s") % {"number": made.case.number})
    context = {"form": form, "villages": villages, "kinds": Concern.Kind.choices}
    return _refused(request, form) or light_page(request, "new", context)


@part(of="desk", path="desk/matters/<str:number>/", methods=("GET", "POST"))
@never_cache
def desk_concern(request: HttpRequest, number: str) -> HttpResponseBase:
    """A matter in large type: settle it here, or ask the town. The look at its text is noted."""
    row = in_sight(request, number)
    acts = acts_for(request.user, row)
    form = ActForm(request.POST or None)
    if request.method == "POST":
        if not acts:
            raise Http404(number)
        if form.is_valid():
            try:
                _act(request.user, row, form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("已办理：%(act)s")
                    % {"act": dict(form.fields["act"].choices)[form.cleaned_data["act"]]},
                )
                return redirect("affairs:desk")
    record_look(
        request.user, FILES_OF, number, _("办理村级事项"), ("matter",), address=client_address(request) or ""
    )
    task = task_of(row)
    return light_page(request, "concern", {
        "row": row, "number": number, "acts": acts, "task": task, "light": light_of(task), "form": form, "ways": WAYS,
        "code": query_code(number) if acts else "",
    })  # fmt: skip


@part(of="desk", path="desk/token")
@never_cache
def desk_token(request: HttpRequest) -> HttpResponse:
    """Before what has waited is sent: a fresh token, and whose session this is."""
    return JsonResponse({"token": get_token(request), "account": request.user.pk})


@part(of="desk", path="desk/type", methods=("POST",))
def desk_type(request: HttpRequest) -> HttpResponseBase:
    """Larger or smaller letters, remembered on this phone."""
    size = request.POST.get("type", "")
    answer = redirect("affairs:desk")
    if size in TYPES:
        answer.set_cookie(
            TYPE_COOKIE, size, max_age=YEAR_S, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return answer


@part(of="desk", path="desk/worker.js")
def desk_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers when there is no line; below `desk/`, so that it rules over these pages alone."""
    context = {"addresses": shell_addresses(), "start": reverse("affairs:desk")}
    script = text_of(request, "affairs/desk/worker.js", context)
    return HttpResponse(
        script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


def _act(by: Any, row: Concern, given: dict[str, Any]) -> None:
    if given["act"] == "settle":
        settle(by, row, given["way"], given["words"])
    else:
        ask_up(by, row, given["words"])


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _is_own(request: HttpRequest) -> bool:
    """What another account left on a shared phone is not sent in this one's name."""
    return request.POST.get("account", str(request.user.pk)) == str(request.user.pk)


def _received(request: HttpRequest, receipt: str, words: str) -> HttpResponseBase:
    if _is_script(request):
        return JsonResponse({"receipt": receipt, "words": words})
    messages.success(request, words)
    return redirect("affairs:desk")


def _refused(request: HttpRequest, form: forms.Form) -> HttpResponseBase | None:
    """Why it was not taken, for a script; None for a page."""
    if request.method != "POST" or not _is_script(request):
        return None
    if not _is_own(request):
        words = _("这条记录是另一个账号存的，请用原账号登录后发送")
        return JsonResponse({"error": "other_account", "field": "", "detail": words}, status=409)
    said = [(field, str(error)) for field, errors in form.errors.items() for error in errors]
    field, detail = said[0] if said else ("", _("您没有村（社区）文书的职责"))
    return JsonResponse({"error": "refused", "field": field, "detail": detail}, status=422)
