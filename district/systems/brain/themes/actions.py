"""A steward says by hand which entry answers which expectation, where names and fields do not tell."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.datasets.models import Resource
from district.kernel.datasets.posts import is_steward
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ..models import ThemeLink
from .expectations import DATA, expectation


@transaction.atomic
def link_resource(key: str, resource: Resource, account: Any) -> ThemeLink:
    """Ties an entry to an expectation; once. Raises Refused."""
    _check(account, key)
    link, _made = ThemeLink.objects.get_or_create(
        expectation=key, resource=resource, defaults={"by": account}
    )
    return link


@transaction.atomic
def unlink_resource(link: ThemeLink, account: Any) -> None:
    """Takes the tie away again; that is audited. Raises Refused."""
    _check(account, link.expectation)
    record_act(
        account, "unlink", subject_kind="brain.theme", subject=f"{link.expectation} {link.resource.name}"
    )
    link.delete()


def put_departments() -> int:
    """Adds the departments the themes need that the plan does not name; returns how many."""
    from csv import DictReader

    district = Organisation.objects.get(code="zhoucun")
    made = 0
    with (DATA / "departments.csv").open(encoding="utf-8", newline="") as file:
        for order, row in enumerate(DictReader(file), 60):
            if not Organisation.objects.filter(code=row["code"]).exists():
                Organisation.objects.create(parent=district, kind="department", order=order, **row)
                made += 1
    return made


def _check(account: Any, key: str) -> None:
    try:
        expectation(key)
    except KeyError:
        raise Refused("no_expectation", _("没有这条责任"), field="expectation", value=key) from None
    if not is_steward(account):
        raise Refused("not_steward", _("只有数据管理员可以认定"), field="account", value=account.username)
