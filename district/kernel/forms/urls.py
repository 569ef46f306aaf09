"""Addresses of forms: each part keeps its own list; a part that is not there is left out."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

PARTS = (("forms/design/", "design"), ("forms/registers/", "registers"), ("forms/", "web"), ("", "central"))
"""Before which address, and the package whose `urls` stand below it; the first that matches answers."""

urlpatterns: list[URLPattern | URLResolver] = []

for _before, _name in PARTS:
    _module = f"district.kernel.forms.{_name}.urls"
    if find_spec(f"district.kernel.forms.{_name}") and find_spec(_module):
        urlpatterns.append(path(_before, include(import_module(_module).urlpatterns)))
