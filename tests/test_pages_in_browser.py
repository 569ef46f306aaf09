"""Every page of the manifests and of the kernel, and details of them, in a real browser: wide, narrow, light and dark.

A system has its details looked at too when it has a `tests/shown.py` with `prepare() -> dict[address, role]`. Skips, with
the reason, where there is no Chromium.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby

import pytest
from django.urls import NoReverseMatch, reverse

from district.kernel import registry
from district.kernel.alerts.models import Rule
from district.kernel.vocabulary import PUBLIC, STAFF
from district.testing.browser import assert_fits, axe_violations, go_on_to, look_as, screenshot
from district.testing.people import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPERATOR, ADMIN, AUDITOR = "kernel.operator", "people.admin", "people.auditor"
KERNEL = {
    "ui:start": OPERATOR, "ui:notices": OPERATOR, "ui:search": OPERATOR, "ui:gallery": OPERATOR,
    "alerts:alarms": OPERATOR, "alerts:rules": OPERATOR, "alerts:suppressions": OPERATOR, "kpis:board": OPERATOR,
    "datasets:catalogue": OPERATOR, "jobs:jobs": OPERATOR, "people:my_account": OPERATOR, "people:accounts": ADMIN,
    "people:new_account": ADMIN, "people:organisations": ADMIN, "people:audit_log": AUDITOR,
}  # fmt: skip
"""Name of a page of the kernel → the role that looks at it."""

LOOKS = [(1440, "light"), (390, "dark")]
"""Each width and each theme once: what fits depends on the width, what contrasts on the theme."""
EVERY_LOOK = [*LOOKS, (390, "light"), (1440, "dark")]
"""With DISTRICT_LOOKS=all; it takes minutes more."""


def pages_of_manifests() -> dict[str, str]:
    """Address → a role that may see it, "" for the public; pages that need an argument are left to `shown.py`."""
    found = {}
    for system in registry.systems():
        for page in system.pages:
            try:
                address = reverse(f"{system.name}:{page.key}")
            except NoReverseMatch:
                continue
            role = page.roles[0]
            found[address] = "" if role == PUBLIC else OPERATOR if role == STAFF else system.full_role(role)
    return found


def details() -> dict[str, str]:
    """What the systems show of themselves; the demonstration they make stays for the length of the test."""
    found: dict[str, str] = {}
    for system in registry.systems():
        module = f"{registry.SYSTEMS_PACKAGE}.{system.name}.tests.shown"
        if find_spec(module) is not None:
            found |= import_module(module).prepare()
    return found


@pytest.fixture
def addresses() -> dict[str, str]:
    found = details() | {reverse(name): role for name, role in KERNEL.items()} | pages_of_manifests()
    found[reverse("people:account", args=[account("kernel.operator").username])] = ADMIN
    rule = Rule.objects.first()
    if rule is not None:
        found[reverse("alerts:rule", args=[rule.pk])] = OPERATOR
    return found


def test_every_page_is_accessible_fits_and_raises_no_error(open_page, addresses: dict[str, str]):
    """A page is opened once and then made narrow and dark, as a window that is drawn smaller; that halves the time."""
    looks = EVERY_LOOK if os.environ.get("DISTRICT_LOOKS") == "all" else LOOKS
    readers = {role: account(role) for role in sorted(set(addresses.values())) if role}
    wrong = []
    for role, own in groupby(sorted(addresses, key=addresses.__getitem__), key=addresses.__getitem__):
        page = open_page("/", account=readers.get(role), width=looks[0][0], theme=looks[0][1])
        for address in own:
            go_on_to(page, address, width=looks[0][0])
            wrong += _wrong_on(page, address, role, looks)
        page.context.close()  # its connections hold those of the database, one a reader
    assert wrong == []


def _wrong_on(page, address: str, role: str, looks: list[tuple[int, str]]) -> list[str]:
    wrong = []
    if page.locator(".d-code").count():
        wrong.append(f"{address} as {role or 'the public'}: {page.locator('.d-code').inner_text()}")
    for width, theme in looks:
        look_as(page, width, theme)
        wrong += [
            f"{address} at {width} {theme}: {each['id']} ({each['impact']}): {each['nodes']}"
            for each in axe_violations(page) if each["impact"] in ("serious", "critical")
        ]
        try:
            assert_fits(page)
        except AssertionError as error:
            wrong.append(f"{address} at {width}: {error}")
        screenshot(page, f"{address.strip('/') or 'start'}-{width}-{theme}")
    return wrong


def test_the_roles_that_look_are_those_of_manifests_and_kernel():
    known = {system.full_role(role.key) for system in registry.systems() for role in system.roles}
    assert set(pages_of_manifests().values()) <= known | {"", OPERATOR}
