"""What was done with one's own data: at a counter, or by oneself with the code given there (个人信息保护法 44、45)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from district.kernel import clock
from district.kernel.datasets.models import Item, Resource
from district.kernel.grants import actions, uses, visit_codes
from district.kernel.grants.models import Use
from district.kernel.grants.pages.acting import put_to
from district.kernel.grants.pages.forms import CounterForm, VisitForm
from district.kernel.grants.pages.words import ACTORS, CHANNELS
from district.kernel.grants.refused import Refused
from district.kernel.grants.subjects import subject_hash
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

SHOWN = 500
TRIES, WAIT_S = 10, 600
"""Wrong codes an address may try, and how long it waits then."""


@allow(*ACTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponseBase:
    """窗口: the clerk has checked the person's identity document; the look is noted, a code is given out."""
    form = CounterForm(request.POST or None)
    context: dict[str, Any] = {"form": PageForm(form, submit=_("查询"), columns=2)}
    if request.method == "POST" and form.is_valid():
        person = subject_hash(form.cleaned_data["number"])
        until = clock.today() + timedelta(days=visit_codes.DAYS)
        context |= {"uses": _in_words(person), "code": visit_codes.code_for(person, until), "until": until}
        record_look(
            request.user, "grants.subject", person, _("本人查阅：%(proof)s") % {"proof": form.cleaned_data["proof"]},
            ("uses",), address=client_address(request) or "",
        )  # fmt: skip
    answer = page(request, "grants/desk.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponseBase:
    """本人: who used my data, for what, when; and where to object."""
    form = VisitForm(request.POST or None)
    context: dict[str, Any] = {"form": PageForm(form, submit=_("查询"), columns=2)}
    if request.method == "POST" and form.is_valid():
        try:
            person = _known(request, form.cleaned_data["number"], form.cleaned_data["code"])
            context |= {"uses": _in_words(person), "is_known": True, "sent": _object(request, person)}
            context |= {"number": form.cleaned_data["number"], "code": form.cleaned_data["code"]}
        except Refused as refused:
            put_to(form, refused)
    answer = page(request, "grants/my_data.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _known(request: HttpRequest, number: str, code: str) -> Any:
    """The person's hash when the code belongs to the number. Few tries: a code must not be guessed."""
    key = f"grants.visit.{client_address(request)}"
    tries = cache.get(key, 0)
    if tries >= TRIES:
        raise Refused("too_many", _("尝试次数过多，请稍后再试"), field="code", status=429)
    person = subject_hash(number)
    if not visit_codes.is_valid(person, code, clock.today()):
        cache.set(key, tries + 1, WAIT_S)
        raise Refused("wrong_code", _("身份号码与查询码不符，或查询码已过期"), field="code")
    return person


def _object(request: HttpRequest, person: Any) -> str:
    """An objection to one of the uses shown; its number, empty when none was sent."""
    text = request.POST.get("text", "")
    if not text.strip():
        return ""
    use = next(
        (each for each in uses.uses_of_subject(person) if str(each.pk) == request.POST.get("use")), None
    )
    resource = Resource.objects.filter(pk=use.resource_id).first() if use else None
    if use is None or resource is None:
        raise Refused("no_use", _("请选择要提出异议的记录"), field="code")
    made = actions.object_to(
        resource, f"{text.strip()}\n（{use.at:%Y-%m-%d %H:%M} {use.organisation} {use.purpose}）", by_citizen=person,
        contact=request.POST.get("contact", "")[:80],
    )  # fmt: skip
    return str(made.number)


def _in_words(person: Any) -> list[dict[str, Any]]:
    found: list[Use] = list(uses.uses_of_subject(person)[:SHOWN])
    titles = {
        (item.resource_id, item.name): item.title
        for item in Item.objects.filter(resource__in={use.resource_id for use in found})
    }
    return [
        {
            "use": use,
            "items": "、".join(titles.get((use.resource_id, name), name) for name in use.items),
            "channel": CHANNELS.get(use.channel, use.channel),
        }
        for use in found
    ]
