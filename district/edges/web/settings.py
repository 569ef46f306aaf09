"""Django's settings. What differs between installations comes from the environment and DISTRICT_HOME."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec

from psycopg.conninfo import conninfo_to_dict

from district.edges import ports
from district.kernel import home, registry
from district.kernel.people import single_sign_on

KERNEL = (
    "people", "places", "files", "devices", "events", "datasets", "connectors", "parties", "grants", "feeds", "forms", "alerts",
    "cases", "kpis", "jobs", "ui",
)
SYSTEMS = tuple(system.name for system in registry.systems())

DEBUG = os.environ.get("DISTRICT_DEBUG") == "1"
SECRET_KEY = home.secret("django")
ALLOWED_HOSTS = [host for host in os.environ.get("DISTRICT_HOSTS", "*").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("DISTRICT_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *(single_sign_on.APPS if single_sign_on.issuer() else ()),
    "axes",
    "pgtrigger",
    "pghistory",
    "oauth2_provider",
    "procrastinate.contrib.django",
    *(f"district.kernel.{name}" for name in KERNEL),
    *(f"district.systems.{name}" for name in SYSTEMS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "district.kernel.ui.security_headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "district.kernel.ui.languages.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "district.kernel.people.sessions.SessionRules",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "district.edges.web.urls"
WSGI_APPLICATION = "district.edges.web.wsgi.application"

TEMPLATES = [
    {
        # Jinja2 first: a list of 50 rows costs a fifth of what it does in Django's own engine.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "district.kernel.ui.environment.environment",
            "context_processors": ["district.kernel.ui.environment.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
"""Pages of ours are `<app>/jinja2/<app>/*.html`; Django's own engine serves the admin."""


def _database() -> dict[str, object]:
    parts = conninfo_to_dict(home.database_url())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


DATABASES = {"default": _database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
"""Shared by all processes: rate limits and used one-time codes must hold whichever worker is asked."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [str(home.CHECKOUT / "district" / "locale")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = str(home.home() / "static")
_NPM = home.CHECKOUT / "node_modules"
STATICFILES_DIRS = [
    (f"npm/{prefix}", str(_NPM / folder))
    for prefix, folder in (
        ("tabler", "@tabler/core/dist/css"),
        ("icons", "@tabler/icons-webfont/dist"),
        ("echarts", "echarts/dist"),
        ("maplibre", "maplibre-gl/dist"),
        ("htmx", "htmx.org/dist"),
        ("bpmn", "bpmn-js/dist"),
        ("enketo", ".district/enketo"),
    )
    if (_NPM / folder).is_dir()
]
STATICFILES_FINDERS = [
    "district.edges.web.npm_files.NpmFiles",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "district.kernel.ui.static_files.StaticFiles"},
}
LIVE_PORT = ports.live_port()
LIVE_URL = os.environ.get("DISTRICT_LIVE_URL", "")
"""The live door as browsers reach it, when a proxy gives it a name of its own."""
MEDIA_ROOT = str(home.home() / "files")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

# Sign-in, sessions and passwords are the business of people, programs' tokens of grants; settings stand beside the code.
for _name in ("people", "ui", "jobs", "grants"):
    if find_spec(f"district.kernel.{_name}.django_settings"):
        _module = import_module(f"district.kernel.{_name}.django_settings")
        globals().update({key: value for key, value in vars(_module).items() if key.isupper()})
