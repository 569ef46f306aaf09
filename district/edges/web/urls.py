"""All URLs. Systems bring theirs in their manifests; nothing here names one."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from district.edges.web.health import health
from district.kernel import registry
from district.kernel.ui.routing import system_urls

handler400 = "district.kernel.ui.pages.errors.bad_request"
handler403 = "district.kernel.ui.pages.errors.forbidden"
handler404 = "district.kernel.ui.pages.errors.not_found"
handler500 = "district.kernel.ui.pages.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [path("health", health, name="health"), path("admin/", admin.site.urls)]

for _name in settings.KERNEL:
    if find_spec(f"district.kernel.{_name}.urls"):
        urlpatterns.append(path("", include((import_module(f"district.kernel.{_name}.urls").urlpatterns, _name))))

# allauth asks for its views by names without a namespace.
urlpatterns.append(path("", include("district.kernel.people.account_urls")))

for _system in registry.systems():
    urlpatterns.append(path(f"{_system.name}/", include((system_urls(_system), _system.name))))

if find_spec("district.edges.web.api"):
    urlpatterns.append(path("api/", import_module("district.edges.web.api").api.urls))
