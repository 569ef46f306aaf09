"""Tokens and secrets of programs have pages of their own; plain upkeep does not reach them."""

from __future__ import annotations

from contextlib import suppress

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered

for _model in apps.get_app_config("oauth2_provider").get_models():
    with suppress(NotRegistered):
        admin.site.unregister(_model)
