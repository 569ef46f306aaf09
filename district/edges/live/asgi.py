"""What granian loads: Django first, then the pages, which declare the topics, then the door."""

from __future__ import annotations

import os
from importlib import import_module

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
django.setup()
import_module(settings.ROOT_URLCONF)
application = import_module("district.edges.live.door").application
