"""The frame around every page: where the reader is, who they are, what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from district.kernel.alerts.models import Notice
from district.kernel.ui.chart_data import json_text
from district.kernel.ui.live import door_url
from district.kernel.ui.navigation import PageLink, SystemEntry, systems_for, upkeep_for
from district.kernel.ui.script_texts import map_texts, script_texts
from district.kernel.vocabulary import Page, System

THEMES = ("light", "dark")
MODULES = ("page", "dialog", "live", "chart", "map", "map_layers", "map_list", "phone_store")
NOTICES_SHOWN = 8
SEVERITY_COLOURS = {1: "blue", 2: "yellow", 3: "orange", 4: "red"}


class Shell:
    """What the frame of a page shows to this reader. Nothing is looked up before a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.system, self.page = _place(request)

    @cached_property
    def account(self) -> Any:
        """The signed-in account, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def navigation(self) -> list[SystemEntry]:
        return systems_for(getattr(self.request, "user", None), self.system, self.page)

    @cached_property
    def upkeep(self) -> list[PageLink]:
        """Pages of the platform itself that this reader may see."""
        return upkeep_for(self.account, self.request.path) if self.account else []

    @property
    def has_navigation(self) -> bool:
        return bool(self.navigation or self.upkeep)

    @property
    def is_upkeep(self) -> bool:
        return any(link.is_current for link in self.upkeep)

    @property
    def messages(self) -> Iterable[Any]:
        """What earlier requests left to be said; none where there is no session."""
        return messages.get_messages(self.request)

    @cached_property
    def account_name(self) -> str:
        return str(self.account.get_full_name() or self.account.get_username())

    @cached_property
    def organisation_name(self) -> str:
        organisation = getattr(self.account, "organisation", None)
        return str(getattr(organisation, "label", organisation or ""))

    @property
    def account_links(self) -> list[tuple[str, str]]:
        return [(_("我的账号"), reverse("people:my_account")), (_("修改密码"), reverse("account_change_password"))]

    @property
    def sign_out_url(self) -> str:
        return reverse("account_logout")

    @property
    def sign_in_url(self) -> str:
        address = resolve_url(settings.LOGIN_URL)
        here = self.request.path
        return address if here in (address, "/") else f"{address}?{urlencode({'next': self.request.get_full_path()})}"

    # Notices.

    @cached_property
    def _unread(self) -> Any:
        return Notice.objects.filter(recipient_id=self.account.pk, read_at__isnull=True)

    @cached_property
    def unread_count(self) -> int:
        return int(self._unread[:100].count())

    @cached_property
    def notices(self) -> list[dict[str, Any]]:
        """The newest unread notices."""
        return [
            {"title": notice.title, "at": notice.made_at, "url": notice.url or self.all_notices_url,
             "colour": SEVERITY_COLOURS.get(notice.severity, "blue")}
            for notice in self._unread.order_by("-made_at")[:NOTICES_SHOWN]
        ]

    @property
    def all_notices_url(self) -> str:
        return reverse("ui:notices")

    # What scripts need.

    @property
    def import_map(self) -> str:
        """Names of our script modules → their addresses, which carry a digest once collected."""
        return json_text({"imports": {f"district/{name}": static(f"ui/{name}.js") for name in MODULES}})

    def config(self, csrf_token: Any) -> str:
        """Addresses and texts for the scripts of the page."""
        return json_text({
            "language": "en" if (get_language() or "").startswith("en") else "zh",
            "csrf": str(csrf_token or ""),
            "live": door_url(self.request),
            "divisions": reverse("places:divisions"),
            "echarts": static("npm/echarts/echarts.min.js"),
            "maplibre": static("npm/maplibre/maplibre-gl-csp.js"),
            "maplibreCss": static("npm/maplibre/maplibre-gl.css"),
            "maplibreWorker": static("npm/maplibre/maplibre-gl-csp-worker.js"),
            "texts": script_texts(),
            "mapTexts": map_texts(),
        })


def theme_of(request: HttpRequest) -> str:
    """`light` or `dark`, as the reader's cookie says."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def _place(request: HttpRequest) -> tuple[System | None, Page | None]:
    return getattr(request, "district_page", None) or (None, None)
