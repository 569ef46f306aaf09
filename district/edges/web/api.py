"""`/api/`: the interfaces of all systems behind one door, with OpenAPI and a page about it.

A system or a kernel package brings `api.py` with a django-ninja `router` (a package may name its `PREFIX`). Every
operation says who may use it:

    @router.get("/days", summary="…")
    @decorate_view(allow("public"))
    def days(request: HttpRequest, …) -> …

An operation that says nothing keeps the site from starting.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.operation import PathView
from ninja.renderers import BaseRenderer

from district.edges.web.api_docs import endpoints
from district.kernel import registry
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.routing import guard_of

TOO_MANY = 429
UNREADABLE = 422


class Json(BaseRenderer):
    """JSON as orjson writes it: fast, Chinese as it is."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


class DistrictAPI(NinjaAPI):
    """Every URL of the API carries `allowed_roles`, so that tests see who may use it."""

    def _get_urls(self) -> list[Any]:
        found: list[Any] = [
            path("openapi.json", allow("public")(openapi), name="openapi-json"),
            path("docs", allow("public")(docs), name="openapi-view"),
            path("", allow("public")(start), name="api-root"),
        ]
        for router in self._get_bound_routers():
            found.extend(router.urls_paths(router.prefix))
        for pattern in found:
            if guard_of(pattern.callback) is None:
                pattern.callback.allowed_roles = _declared(pattern)
        return found


def _declared(pattern: URLPattern) -> frozenset[str]:
    """The roles the operations of a path declare; they must agree, for a URL has one guard."""
    view = next(
        (cell.cell_contents for cell in pattern.callback.__closure__ or () if isinstance(cell.cell_contents, PathView)),
        None,
    )
    declared = {guard_of(operation.run) for operation in view.operations} if view is not None else {None}
    roles = declared.pop() if len(declared) == 1 else None
    if roles is None:
        raise ImproperlyConfigured(f"/api/{pattern.pattern} does not say, once for all its methods, who may use it")
    return roles


def openapi(request: HttpRequest) -> HttpResponse:
    return api.create_response(request, api.get_openapi_schema(), status=200)


def docs(request: HttpRequest) -> HttpResponseBase:
    """What can be asked, read from the same description programs read."""
    return page(request, "ui/api_docs.html", {"groups": endpoints(api.get_openapi_schema())})


def start(request: HttpRequest) -> HttpResponseBase:
    return redirect("api:openapi-view")


api = DistrictAPI(
    title="区智 · 周村区",
    version="1",
    urls_namespace="api",
    renderer=Json(),
    description="周村区各应用系统的数据接口。标为公开的无须登录；其余用平台会话，按职责和范围给数据。",
)

for _name in settings.KERNEL:
    if find_spec(f"district.kernel.{_name}.api"):
        _doors = import_module(f"district.kernel.{_name}.api")
        _title = str(apps.get_app_config(_name).verbose_name)
        api.add_router(getattr(_doors, "PREFIX", f"/{_name}"), _doors.router, tags=[_title])

for _system in registry.systems():
    _module = registry.role_file(_system, "api")
    if _module is not None:
        api.add_router(f"/{_system.name}", _module.router, tags=[_system.zh])


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """422 names the field, its value and the rule, for every field that is wrong."""
    errors = [_field_error(request, one) for one in fault.errors]
    body = {"error": "bad_request", "detail": _("请求的参数有误"), "errors": errors}
    return api.create_response(request, body, status=UNREADABLE)


def _field_error(request: HttpRequest, one: dict[str, Any]) -> dict[str, Any]:
    rule = str(one.get("type", ""))
    field = ".".join(str(step) for step in one.get("loc", ())[1:])
    return {
        "field": field,
        "value": request.GET.get(field),
        "rule": rule,
        "detail": next((text() for prefix, text in RULES.items() if rule.startswith(prefix)), one.get("msg", "")),
    }


RULES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("缺少这个参数"),
    "datetime": lambda: _("应为时刻，如 2026-11-03T10:00:00+08:00"),
    "date": lambda: _("应为日期，如 2026-11-03"),
    "int": lambda: _("应为整数"),
    "float": lambda: _("应为数字"),
    "bool": lambda: _("应为 true 或 false"),
    "less_than": lambda: _("太大了"),
    "greater_than": lambda: _("太小了"),
    "dict": lambda: _("应为 JSON 对象"),
}
"""Pydantic's rules by the beginning of their names, in words for people."""


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, fault: Throttled) -> HttpResponse:
    body = {"error": "too_many_requests", "detail": _("请求过于频繁，请稍后再试")}
    answer = api.create_response(request, body, status=TOO_MANY)
    if fault.wait:
        answer["Retry-After"] = str(int(fault.wait) + 1)
    return answer


@api.exception_handler(Http404)
def not_found(request: HttpRequest, fault: Http404) -> HttpResponse:
    body = {"error": "not_found", "detail": str(fault) or _("没有这个地址")}
    return api.create_response(request, body, status=404)
