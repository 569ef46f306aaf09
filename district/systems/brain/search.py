"""Entries of the catalogue in the search over the district: by title, code, machine name or item."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.datasets.posts import visible_resources
from district.kernel.people.access import live_duties
from district.kernel.ui.search import Hit

MOST = 6


def find(query: str, account: Any) -> list[Hit]:
    """The entries the account may see; a visitor is led to the open data."""
    wanted = (
        Q(title__icontains=query)
        | Q(code=query)
        | Q(name__icontains=query)
        | Q(items__title__icontains=query)
    )
    found = (
        visible_resources(account)
        .filter(wanted)
        .select_related("provider")
        .distinct()
        .order_by("title")[:MOST]
    )
    page = "datasets:resource" if account is not None and live_duties(account) else "datasets:open_resource"
    return [
        Hit(each.label, reverse(page, args=[each.name]), _("数据目录"), each.provider.label, icon="database")
        for each in found
    ]
