"""Open311 GeoReport v2: discovery, services, requests, tokens; XML and JSON, errors in its own form.

Asking is free, reporting needs an api_key. The same report sent again (same key, service, words and place within a
day, or the same Idempotency-Key header) is answered with the same request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from district.kernel.cases.models import Case
from district.kernel.cases.refused import Refused
from district.kernel.clock import CHINA, now
from district.kernel.files.actions import keep
from district.kernel.files.refusal import Refusal
from district.kernel.people.request_address import client_address
from district.kernel.ui.routing import part

from ..models import ProgramKey
from ..reading.classes import class_of_code
from .limits import TooOften, hold_back
from .open311_format import FORMATS, Open311Error, errors, written
from .open311_values import JURISDICTION, definition, is_public, moment, public_cases, request_of, services
from .program_keys import key_of
from .receiving import NewReport, Received, receive

PATH = "open311/v2"
MOST_ASKED, MOST_REPORTED = 600, 120
"""A minute, from one address and by one program."""
LARGEST_PAGE, USUAL_DAYS = 200, 90
PHOTOS = (".jpg", ".jpeg", ".png", ".webp")

Answer = tuple[str, Any, int]
View = Callable[..., Answer]


def _answers(view: View) -> Callable[..., HttpResponseBase]:
    """From (root, value, status) to XML or JSON, by the suffix of the address."""

    @wraps(view)
    def answer(request: HttpRequest, form: str, **named: Any) -> HttpResponseBase:
        kind = form if form in FORMATS else "xml"
        try:
            if form not in FORMATS:
                raise Open311Error(404, f"format {form} is not offered: xml, json")
            hold_back("open311", client_address(request) or "?", MOST_ASKED)
            _check_jurisdiction(request)
            root, value, status = view(request, **named)
            return HttpResponse(written(root, value, kind), content_type=FORMATS[kind], status=status)
        except Open311Error as error:
            return HttpResponse(errors(error, kind), content_type=FORMATS[kind], status=error.status)
        except TooOften as error:
            late = Open311Error(429, _("请求过于频繁，请稍后再试"))
            said = HttpResponse(errors(late, kind), content_type=FORMATS[kind], status=429)
            said["Retry-After"] = str(error.wait_s)
            return said

    return answer


def _check_jurisdiction(request: HttpRequest) -> None:
    given = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id")
    if given and given != JURISDICTION:
        raise Open311Error(404, f"jurisdiction_id {given} was not found; ours is {JURISDICTION}")


@part(of="report", path=f"{PATH}/discovery.<str:form>", name="open311_discovery")
@_answers
def open311_discovery(request: HttpRequest) -> Answer:
    base = request.build_absolute_uri(reverse("governance:open311_services", args=["xml"])).removesuffix(
        "/services.xml"
    )
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": base, "changeset": "2026-11-26T00:00:00+08:00",
        "type": "production", "formats": ["text/xml", "application/json"],
    }  # fmt: skip
    value = {
        "changeset": "2026-11-26T00:00:00+08:00", "contact": _("周村区 12345 热线"),
        "key_service": _("程序密钥由综治管理员发给"), "endpoints": [endpoint],
    }  # fmt: skip
    return "discovery", value, 200


@part(of="report", path=f"{PATH}/services.<str:form>", name="open311_services")
@_answers
def open311_services(request: HttpRequest) -> Answer:
    return "services", services(), 200


@part(of="report", path=f"{PATH}/services/<str:code>.<str:form>", name="open311_service")
@_answers
def open311_service(request: HttpRequest, code: str) -> Answer:
    _check_service(code)
    return "service_definition", definition(code), 200


@csrf_exempt  # a program has no session; its key is in the body
@part(of="report", path=f"{PATH}/requests.<str:form>", methods=("GET", "POST"), name="open311_requests")
@_answers
def open311_requests(request: HttpRequest) -> Answer:
    if request.method == "POST":
        return "service_requests", [_posted(_report(request))], 201
    return "service_requests", [request_of(case) for case in _asked(request)], 200


@part(of="report", path=f"{PATH}/requests/<str:number>.<str:form>", name="open311_request")
@_answers
def open311_request(request: HttpRequest, number: str) -> Answer:
    return "service_requests", [request_of(_case(number))], 200


@part(of="report", path=f"{PATH}/tokens/<str:token>.<str:form>", name="open311_token")
@_answers
def open311_token(request: HttpRequest, token: str) -> Answer:
    case = Case.objects.filter(system="governance", idempotency_key=f"open311:{token}").first()
    if case is None:
        raise Open311Error(404, f"token {token} was not found")
    return "service_requests", [{"token": token, "service_request_id": case.number}], 200


def _check_service(code: str) -> None:
    if code not in class_of_code() or not is_public(code):
        raise Open311Error(404, f"service_code {code} was not found")


def _case(number: str) -> Case:
    case = public_cases().select_related("organisation").filter(number=number).first()
    if case is None:
        raise Open311Error(404, f"service_request_id {number} was not found")
    return case


def _asked(request: HttpRequest) -> list[Case]:
    """The cases a GET asks for; of the last 90 days when it says nothing."""
    asked, rows = request.GET, public_cases().select_related("organisation").order_by("-opened_at", "-pk")
    if asked.get("service_request_id"):
        return list(rows.filter(number__in=asked["service_request_id"].split(","))[:LARGEST_PAGE])
    start, end = _moment(asked.get("start_date"), "start_date"), _moment(asked.get("end_date"), "end_date")
    if start is None:
        start = (end or now()) - timedelta(days=USUAL_DAYS)
    rows = rows.filter(opened_at__gte=start)
    if end is not None:
        rows = rows.filter(opened_at__lte=end)
    if asked.get("service_code"):
        rows = rows.filter(classification__in=asked["service_code"].split(","))
    if asked.get("status"):
        rows = rows.filter(_status(asked["status"]))
    size, number = _whole(asked.get("page_size"), "page_size", 50), _whole(asked.get("page"), "page", 1)
    size = min(size, LARGEST_PAGE)
    return list(rows[(number - 1) * size : number * size])


def _status(given: str) -> Q:
    wanted = set(given.split(","))
    unknown = sorted(wanted - {"open", "closed"})
    if unknown:
        raise Open311Error(400, f"status {unknown[0]} is not one of: open, closed")
    ended = Q(closed_at__isnull=False) | Q(state="cancelled")
    return Q() if len(wanted) == 2 else ended if wanted == {"closed"} else ~ended


def _whole(given: str | None, name: str, usual: int) -> int:
    if not given:
        return usual
    if not given.isdecimal() or not 0 < int(given) < 10**6:
        raise Open311Error(400, f"{name} {given} is not a whole number of at least 1")
    return int(given)


def _moment(given: str | None, name: str) -> datetime | None:
    if not given:
        return None
    try:
        found = parse_datetime(given.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None:
        raise Open311Error(400, f"{name} {given} is not a W3C date and time such as {moment(now())}")
    return make_aware(found, CHINA) if is_naive(found) else found


def _posted(received: Received) -> dict[str, Any]:
    case, double = received.case, next(iter(received.doubles), None)
    notice = _("查询码 %(code)s。") % {"code": received.query_code}
    if double is not None:
        said = _("附近已有相同事项 %(number)s 正在办理（%(reasons)s），将一并答复。")
        notice += said % {"number": double.case.number, "reasons": double.reasons}
    return {"service_request_id": case.number, "service_notice": notice, "account_id": None}


def _report(request: HttpRequest) -> Received:
    given = request.POST
    program = _program(given.get("api_key", ""))
    hold_back("open311-key", str(program.pk), MOST_REPORTED)
    code = given.get("service_code", "")
    if not code:
        raise Open311Error(400, "service_code was not provided")
    _check_service(code)
    lat, lon = _degrees(given.get("lat"), "lat", 90), _degrees(given.get("long"), "long", 180)
    if (lat is None or lon is None) and not given.get("address_string") and not given.get("address_id"):
        raise Open311Error(400, "lat and long, or address_string, or address_id must be provided")
    attributes = {name: value for name, value in given.items() if name.startswith("attribute[")}
    try:
        report = NewReport(
            key=f"open311:{_token(request, program)}", text=given.get("description", "") or class_of_code()[code].name,
            channel="open311", lon=lon if lat is not None else None, lat=lat if lon is not None else None,
            address=given.get("address_string", "") or given.get("address_id", ""), code=code,
            name=" ".join(filter(None, (given.get("first_name"), given.get("last_name")))), phone=given.get("phone", ""),
            files=[keep(file, None, "open311", taken=PHOTOS) for file in request.FILES.values()],
            is_simulated=program.is_simulator, form={"attributes": attributes, "media_url": given.get("media_url", "")},
            opened_at=_simulated_moment(given.get("requested_datetime"), program),
        )  # fmt: skip
        return receive(report)
    except (Refused, Refusal) as error:
        raise Open311Error(400, f"{getattr(error, 'field', '') or 'media'}: {error}") from error


def _program(given: str) -> ProgramKey:
    program = key_of(given)
    if program is None:
        raise Open311Error(403, "api_key was not provided" if not given else "api_key is not valid")
    return program


def _simulated_moment(given: str | None, program: ProgramKey) -> datetime | None:
    """Only a simulator may say when a report came: it plays a month in a minute."""
    return _moment(given, "requested_datetime") if program.is_simulator else None


def _token(request: HttpRequest, program: ProgramKey) -> str:
    own = request.headers.get("Idempotency-Key")
    told = [f"{name}={value}" for name, value in sorted(request.POST.items()) if name != "api_key"]
    parts = [str(program.pk), own] if own else [str(program.pk), f"{now().astimezone(CHINA):%F}", *told]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _degrees(given: str | None, name: str, most: float) -> float | None:
    if given in (None, ""):
        return None
    try:
        value = float(str(given))
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise Open311Error(400, f"{name} {given} is not a number of degrees between {-most:g} and {most:g}")
    return value
